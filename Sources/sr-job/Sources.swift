import Commands
import Files
import Marketplace
import Records
import SystemPackage

/// Where a job's sources lie on this machine.
struct Sources {
  /// What the user names as sources.
  enum Origin {
    case path(String)
    case text(String)
    case standardInput
    case repository(GitClone)
  }

  /// Absolute, links resolved.
  let path: FilePath
  let isFolder: Bool
  let repository: Job.Repository?
  /// The folder of ours that was made for them, nil where they are the user's own files.
  private let made: FilePath?

  /// The longest script taken from stdin or the command line, in bytes.
  private static let scriptLimit = 16 << 20

  /// Takes up sources: writes a text down, clones a repository; leaves nothing behind where that fails.
  static func take(
    _ origin: Origin, forJob id: String, in world: World
  ) async throws(Failure) -> Sources {
    if case .path(let path) = origin { return try Sources(FilePath(path)) }
    let folder = try world.folders.state.appending("jobs").appending("\(id)-\(Files.randomName())")
    do throws(Failure) {
      switch origin {
      case .text(let code): return try write(Array(code.utf8), in: folder)
      case .repository(let clone):
        let commit = try await clone.check(out: folder, in: world)
        return Sources(
          path: folder, isFolder: true,
          repository: Job.Repository(url: clone.url, ref: clone.ref, commit: commit), made: folder)
      case .standardInput, .path: return try write(try readAll(world.input), in: folder)
      }
    } catch {
      remove(folder)
      throw error
    }
  }

  private init(
    path: FilePath, isFolder: Bool, repository: Job.Repository? = nil, made: FilePath? = nil
  ) {
    self.path = path
    self.isFolder = isFolder
    self.repository = repository
    self.made = made
  }

  private init(_ path: FilePath) throws(Failure) {
    do throws(FileError) {
      let resolved = try Files.resolve(path)
      let kind = try Files.status(resolved)?.type
      self.init(path: resolved, isFolder: kind == .directory)
      if kind == .regular || kind == .directory { return }
    } catch {
      throw Failure(error.errno == .noSuchFileOrDirectory ? .missingInput : .io, "\(error)")
    }
    throw Failure(.data, "\(path) is no file and no folder")
  }

  private static func write(
    _ script: [UInt8], in folder: FilePath
  ) throws(Failure) -> Sources {
    let file = folder.appending("main")
    do {
      try Files.makeDirectories(folder)
      try Files.writeAtomically(script, to: file)
    } catch {
      throw Failure(.cannotCreate, "\(error)")
    }
    return Sources(path: file, isFolder: false, made: folder)
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

  /// Writes down that the user named these sources for this job.
  func remember(for job: Job, in world: World) throws(Failure) {
    let ledger = SourceLedger(try world.folders)
    do throws(FileError) {
      try ledger.remember(path, for: job)
    } catch {
      throw Failure(.cannotCreate, "\(error)")
    }
  }

  /// Removes what was made for sources that no job came of.
  func discard() {
    if let made { Self.remove(made) }
  }

  private static func remove(_ folder: FilePath) {
    // A git that was killed may be writing its last file: the folder then is not empty at once.
    for _ in 0..<100 {
      guard (try? Files.removeTree(folder)) == nil else { return }
    }
  }
}
