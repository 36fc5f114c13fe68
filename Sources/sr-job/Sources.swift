import Commands
import Files
import Marketplace
import Records
import SystemPackage

/// Where a job's sources lie on this machine, and what they say of how they are run.
struct Sources {
  /// Absolute, links resolved.
  var path: FilePath
  var isFolder: Bool
  var repository: Job.Repository?

  /// The longest script taken from stdin or the command line, in bytes.
  private static let scriptLimit = 16 << 20

  /// Finds the sources that the options or the operand name: writes a text down, clones a repository.
  static func find(
    _ options: JobOptions, path: String?, forJob id: String, in world: World
  ) async throws(Failure) -> Sources {
    let folder = try world.folders.state.appending("jobs").appending("\(id)-\(Files.randomName())")
    if let code = options.code {
      return try write(Array(code.utf8), in: folder, options)
    }
    if let url = options.repository {
      let commit = try await GitClone(url: url, ref: options.ref).check(out: folder, in: world)
      return Sources(
        path: folder, isFolder: true,
        repository: Job.Repository(url: url, ref: options.ref, commit: commit))
    }
    guard let path else {
      throw Failure(.data, "the record names no path", hint: "give a file or folder as operand")
    }
    if path == "-" { return try write(try readAll(world.input), in: folder, options) }
    return try Sources(FilePath(path))
  }

  private init(path: FilePath, isFolder: Bool, repository: Job.Repository? = nil) {
    self.path = path
    self.isFolder = isFolder
    self.repository = repository
  }

  private init(_ path: FilePath) throws(Failure) {
    do {
      let resolved = try Files.resolve(path)
      let kind = try Files.status(resolved)?.type
      guard kind == .regular || kind == .directory else {
        throw Failure(.data, "\(path) is no file and no folder")
      }
      self.init(path: resolved, isFolder: kind == .directory)
    } catch let error as FileError {
      throw Failure(error.errno == .noSuchFileOrDirectory ? .missingInput : .io, "\(error)")
    } catch let error as Failure {
      throw error
    } catch {
      throw Failure(.internalError, "\(error)")
    }
  }

  private static func write(
    _ script: [UInt8], in folder: FilePath, _ options: JobOptions
  ) throws(Failure) -> Sources {
    let file = folder.appending("main")
    do {
      try Files.makeDirectories(folder)
      try Files.writeAtomically(script, to: file)
    } catch {
      throw Failure(.cannotCreate, "\(error)")
    }
    return Sources(path: file, isFolder: false)
  }

  private static func readAll(_ source: any ByteSource) throws(Failure) -> [UInt8] {
    var script: [UInt8] = []
    while case let bytes = try source.read(limit: 1 << 16), !bytes.isEmpty {
      script += bytes
      guard script.count <= scriptLimit else {
        throw Failure(.data, "the script on stdin is longer than \(scriptLimit >> 20) MiB")
      }
    }
    guard !script.isEmpty else { throw Failure(.data, "the script on stdin is empty") }
    return script
  }

  // MARK: What the sources say

  /// The file that is run where the user named none.
  func entrypoint() throws(Failure) -> String {
    guard isFolder else { return path.lastComponent?.string ?? "" }
    let names: [String]
    do { names = try Files.list(path).map(\.string) } catch { throw Failure(.io, "\(error)") }
    let usual = names.filter(Interpreter.isUsualEntrypoint)
    if usual.count == 1 { return usual[0] }
    if usual.isEmpty, names.count == 1 { return names[0] }
    throw Failure(
      .data,
      usual.isEmpty
        ? "nothing tells which file of \(path) is run"
        : "\(usual.joined(separator: " and ")) of \(path) could both be run",
      hint: "name it with --entrypoint")
  }

  /// The program that runs a file, nil where it runs by itself.
  func interpreter(of entrypoint: String) throws(Failure) -> String? {
    let file = isFolder ? path.pushing(FilePath(entrypoint)) : path
    let head: [UInt8]
    do {
      head = try Files.head(file, count: 256)
    } catch {
      throw Failure(error.errno == .noSuchFileOrDirectory ? .missingInput : .io, "\(error)")
    }
    switch Interpreter.find(name: entrypoint, head: head) {
    case .program(let program): return program
    case .itself: return nil
    case .unknown:
      throw Failure(
        .data, "nothing tells which program runs \(entrypoint)",
        hint: "name it with --interpreter, or begin the file with #!")
    }
  }

  /// Throws 66 where the entrypoint is not among the sources.
  func requireFile(_ entrypoint: String) throws(Failure) {
    guard isFolder else {
      guard path.lastComponent?.string == entrypoint else {
        throw Failure(
          .usage, "--entrypoint \(entrypoint) is not \(path.lastComponent?.string ?? "the file")",
          hint: "a single file is its own entrypoint; give the folder")
      }
      return
    }
    guard UserFolders.contains(path, path.pushing(FilePath(entrypoint))) else {
      throw Failure(.missingInput, "\(path) holds no \(entrypoint)")
    }
  }

  /// Writes down that the user named these sources for this job.
  func remember(for job: Job, in world: World) throws(Failure) {
    do {
      try SourceLedger(try world.folders).remember(path, for: job)
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(.cannotCreate, "\(error)")
    }
  }
}
