internal import Commands
internal import Files
internal import Hashing
internal import IPFS
internal import Marketplace
internal import NodeAPI
public import Records
public import SystemPackage

extension Nodes {
  /// What a record's `result` says of its outputs; of a record that has none, what the node says of the finished job.
  public func outputs(
    of input: Record
  ) async throws(Failure) -> (record: Record, files: [ResultFile]) {
    // What a record says of its outputs needs no node.
    if input.has("run"), let result = try input.object("result") {
      return (input, try Self.files(of: result))
    }
    let (record, references) = try await submitted(input)
    if let result = try record.object("result") { return (record, try Self.files(of: result)) }
    guard references.count == 1, let reference = references.first else {
      throw Failure(
        .data, "the record has no 'result', and names \(references.count) nodes",
        hint: "'sr-job wait' tells on what they agree")
    }
    let status = try await status(of: reference)
    guard status.state.isFinal else {
      throw Failure(
        .temporary, "job \(reference.id) is \(status.state.rawValue): it has no outputs yet",
        code: "not-over", hint: "follow it with 'sr-job wait'", isRetryable: true)
    }
    return (record, try FinishedJob(status, of: reference, submittedAs: record).files)
  }

  private static func files(of result: JSONObject) throws(Failure) -> [ResultFile] {
    do throws(APIError) { return try JobResult(result).files } catch {
      throw Failure(.data, "the record's \(error)")
    }
  }

  /// Writes the files of a finished job below a folder, each held against its SHA-256 before it takes its name.
  ///
  /// Nothing is overwritten: 73. A file that is there already with the right bytes is left as it is.
  public func get(_ input: Record, into folder: FilePath?) async throws(Failure) -> Record {
    let (record, files) = try await outputs(of: input)
    let references = try record.jobReferences()
    let escrowed = try record.escrowedID()
    guard let name = references.first?.id ?? escrowed else {
      throw Failure(.data, "the record names no node of which an endpoint is known")
    }
    let folder = folder ?? FilePath(name.description)
    do throws(FileError) { try Files.makeDirectories(folder) } catch {
      throw Failure(.cannotCreate, "\(error)")
    }
    for file in files { try await get(file, of: references, below: folder) }
    return record.setting("path", to: .string(folder.string))
  }

  private func get(
    _ file: ResultFile, of references: [JobReference], below folder: FilePath
  ) async throws(Failure) {
    let path = try place(of: file, below: folder)
    if let found = try? Files.status(path) {
      guard found.type == .regular, try Self.digest(of: path) == file.sha256 else {
        throw Failure(.cannotCreate, "cannot create \(path): a file is there already")
      }
      return
    }
    let download = try Download(of: file, beside: path)
    do throws(Failure) {
      if try copy(file, into: download) {
        try download.finish(as: path, from: "the local repository")
      } else {
        try await fetch(file, of: references, into: download, as: path)
      }
    } catch {
      download.discard()
      throw error
    }
  }

  /// Takes a file from the first of a job's nodes that has the right bytes.
  private func fetch(
    _ file: ResultFile, of references: [JobReference], into download: Download, as path: FilePath
  ) async throws(Failure) {
    let names = file.path.split(separator: "/").map(String.init)
    for (index, reference) in references.enumerated() {
      do throws(Failure) {
        try await fetch(
          reference.endpoint.url(["download", "\(reference.id)"] + names), into: download,
          from: reference)
        return try download.finish(as: path, from: "\(reference.endpoint)")
      } catch {
        guard index + 1 < references.count, error.code != "interrupted" else { throw error }
        world.note("\(error.message); asking another node")
        try download.restart()
      }
    }
    throw Failure(.missingInput, "nobody is known who has \(JSON.string(file.path).text)")
  }

  /// Takes a file from the local repository, where `wait` has put it; false where it is not held here.
  private func copy(_ file: ResultFile, into download: Download) throws(Failure) -> Bool {
    let repository = try repository()
    guard let cid = file.cid.flatMap({ try? CID(parsing: $0) }),
      (try? repository.contains(cid)) ?? false
    else { return false }
    do {
      try ContentReader(repository).read(cid, limit: UInt64(file.size)) {
        (piece) throws(ReadError) in
        do throws(Failure) { try download.write(piece) } catch {
          throw .cancelled
        }
      }
      return true
    } catch {
      // Not whole here: the node has it.
      try download.restart()
      return false
    }
  }

  /// The path of a file below the folder, its folders made; no link on the way is followed.
  private func place(of file: ResultFile, below folder: FilePath) throws(Failure) -> FilePath {
    var path = folder
    let names = file.path.split(separator: "/")
    for (index, name) in names.enumerated() {
      guard let component = FilePath.Component(String(name)) else {
        throw Failure(.data, "\(JSON.string(file.path).text) is no path")
      }
      path.append(component)
      guard index < names.count - 1 else { break }
      do throws(FileError) {
        if let found = try Files.status(path) {
          guard found.type == .directory else { throw FileError("create", path, .fileExists) }
        } else {
          try Files.makeDirectories(path)
        }
      } catch {
        throw Failure(.cannotCreate, "\(error)")
      }
    }
    return path
  }

  /// The SHA-256 of a file, 64 hex digits.
  private static func digest(of path: FilePath) throws(Failure) -> String {
    var hasher = SHA256()
    do {
      let file = try FileDescriptor.open(path, .readOnly, options: [.noFollow, .closeOnExec])
      defer { try? file.close() }
      var buffer = [UInt8](repeating: 0, count: 1 << 18)
      while true {
        let count = try unsafe buffer.withUnsafeMutableBytes { try unsafe file.read(into: $0) }
        if count == 0 { return Hex.digits(hasher.finish().bytes) }
        hasher.update(buffer.span.extracting(0..<count))
      }
    } catch {
      throw Failure(.io, "cannot read \(path): \(error)")
    }
  }
}
