internal import Commands
internal import Files
internal import Hashing
package import IPFS
internal import Marketplace
internal import NodeAPI
public import Records
package import SystemPackage

extension Nodes {
  /// Follows a job to its end, brings its outputs and its proof into the local repository, and adds `result` and `proofs`.
  ///
  /// On several nodes, what so many of them agree on as the job demands. Throws 1 where they do not agree, 75 where the time
  /// is up, 69 where no node could run the job or is there, 76 where the one node breaks the protocol.
  public func wait(for input: Record) async throws(Failure) -> Record {
    let (record, references) = try await submitted(input)
    return try await inTime(late: Self.late(references[0])) { () throws(Failure) in
      guard references.count == 1 else { return try await self.wait(for: record, references) }
      return try await self.wait(for: record, references[0])
    }
  }

  private func wait(
    for record: Record, _ reference: JobReference
  ) async throws(Failure) -> Record {
    let status = try await final(of: reference)
    let job = try FinishedJob(status, of: reference, submittedAs: record)
    try await fetchOutputs(of: job, in: record, from: reference.endpoint)
    var done = try note([(reference, status)], in: record)
      .setting("result", to: .object(job.result))
    if let proof = try await proof(of: job, from: reference.endpoint) {
      done = done.setting("proofs", to: [.object(proof)])
    }
    if try submissions.find(reference.id) != nil { keep(done) }
    return done
  }

  /// Brings the outputs of a job into the local repository; throws 76 where they are not those of its result.
  func fetchOutputs(
    of job: FinishedJob, in record: Record, from endpoint: Endpoint
  ) async throws(Failure) {
    guard let outputs = job.outputs else { return }
    try Self.checkSize(of: job.files, in: record, from: endpoint)
    try await fetch(outputs, from: endpoint, limit: Self.room(for: job.files))
    try check(job.files, in: outputs, from: endpoint)
  }

  /// A job's files lie in its memory: a result of more is none that it can have made.
  private static func checkSize(
    of files: [ResultFile], in record: Record, from endpoint: Endpoint
  ) throws(Failure) {
    guard let memory = try record.object("job")?["memory"]?.integer else { return }
    let total = files.reduce(0) { $0.addingReportingOverflow($1.size).partialValue }
    guard files.allSatisfy({ $0.size <= memory }), (0...memory).contains(total) else {
      throw Failure(
        .protocolViolation, "bad answer from \(endpoint): outputs larger than the job's memory",
        code: "node-lies")
    }
  }

  /// The bytes that a folder of files may take as blocks: every file's own, and so much for names and links.
  static func room(for files: [ResultFile]) -> Int {
    files.reduce(1 << 20) { room, file in
      let (sum, overflow) = room.addingReportingOverflow(file.size + file.size / 64 + 16_384)
      return overflow ? .max : sum
    }
  }

  /// Sees that the folder holds the files that the result names, each of its CID, length and SHA-256, and no other.
  package func check(
    _ files: [ResultFile], in folder: CID, from endpoint: Endpoint
  ) throws(Failure) {
    let reader = ContentReader(try repository())
    var named: [String: ResultFile] = [:]
    for file in files { named[file.path] = file }
    // Each file, and each folder on the way to it; there is no empty folder among outputs.
    let limit = files.reduce(1) { $0 + $1.path.split(separator: "/").count }
    do throws(ReadError) {
      try reader.visitFiles(of: folder, limit: limit) { (path, cid, size) throws(ReadError) in
        guard let file = named.removeValue(forKey: path), file.cid == "\(cid)",
          size == UInt64(file.size), try Self.digest(of: cid, in: reader) == file.sha256
        else { throw .noEntry(folder, path) }
      }
    } catch {
      switch error {
      case .cancelled, .file, .repository(.file), .repository(.corrupt): throw Failure(error)
      default:
        throw Failure(
          .protocolViolation,
          "bad answer from \(endpoint): its outputs are not those of its result",
          code: "node-lies")
      }
    }
    guard let missing = named.keys.min() else { return }
    throw Failure(
      .protocolViolation,
      "bad answer from \(endpoint): no output \(JSON.string(missing).text) in \(folder)",
      code: "node-lies")
  }

  private static func digest(of file: CID, in reader: ContentReader) throws(ReadError) -> String {
    // A raw block's CID holds it already.
    if file.codec == .raw, let digest = file.sha256 { return Hex.digits(digest.bytes) }
    var hasher = SHA256()
    try reader.read(file) { (piece) throws(ReadError) in hasher.update(piece) }
    return Hex.digits(hasher.finish().bytes)
  }

  /// A proof is at most so long: 4 GiB of trace compress to less.
  package static let longestProof = 1 << 30

  /// The element for `proofs`, its file in our own state folder.
  func proof(
    of job: FinishedJob, from endpoint: Endpoint
  ) async throws(Failure) -> JSONObject? {
    guard let entry = job.proof, let cid = job.proofCID else { return nil }
    try await fetch(cid, from: endpoint, limit: Self.longestProof)
    var found: JSONObject = ["path": .string(try lay(proof: cid).string)]
    for member in entry.members { found[member.name] = member.value }
    return found
  }

  /// Puts a proof's file, which is in the local repository, into our own state folder; its path.
  package func lay(proof cid: CID) throws(Failure) -> FilePath {
    let path = try world.folders.state.appending("proofs").appending("\(cid).jsonl.zst")
    do {
      try Files.makeDirectories(Files.parent(of: path))
      if try Files.status(path) == nil {
        try ContentReader(try repository()).materialise(cid, to: path)
      }
    } catch let error as ReadError {
      // Another wait of the same job may have been faster.
      guard case .file(let file) = error, file.errno == .fileExists else { throw Failure(error) }
    } catch let error as FileError {
      throw Failure(.cannotCreate, "\(error)")
    } catch let error as Failure {
      throw error
    } catch {
      throw Failure(.internalError, "\(error)")
    }
    return path
  }

  /// The files below a folder in the local repository, as its blocks tell; throws 65 where no outputs can be such.
  package func files(in folder: CID) throws(Failure) -> [ResultFile] {
    let reader = ContentReader(try repository())
    var files: [ResultFile] = []
    do throws(ReadError) {
      try reader.visitFiles(of: folder, limit: 1 << 17) { (path, cid, size) throws(ReadError) in
        guard
          let file = ResultFile(
            path: path, size: Int(clamping: size), sha256: try Self.digest(of: cid, in: reader),
            cid: "\(cid)")
        else { throw .badName(cid, path) }
        files.append(file)
      }
    } catch { throw Failure(error) }
    return files.sorted { $0.path < $1.path }
  }
}
