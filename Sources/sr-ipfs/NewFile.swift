import Files
import Records
import Synchronization
import SystemPackage

/// A file that has its name only once it is whole: written piece by piece under another one, synced, renamed; nothing is overwritten.
///
/// Where it is let go before, nothing stays of it.
final class NewFile: Sendable {
  private let path: FilePath
  private let temporary: FilePath
  private let file: OpenFile
  private let state = Mutex((size: 0, isFinished: false))

  /// Throws where the name is taken already, or nothing can be made beside it.
  init(_ path: FilePath) throws(FileError) {
    guard try Files.status(path) == nil else { throw FileError("create", path, .fileExists) }
    self.path = path
    temporary = Files.hiddenPath(beside: path)
    file = try OpenFile(
      temporary, .writeOnly, options: [.create, .exclusiveCreate],
      permissions: [.ownerReadWrite, .groupRead, .otherRead])
  }

  deinit {
    if !state.withLock({ $0.isFinished }) { try? Files.removeTree(temporary) }
  }

  /// How many bytes were written.
  var size: Int { state.withLock { $0.size } }

  /// Appends bytes.
  func write(_ bytes: [UInt8]) throws(FileError) {
    let start = size
    do throws(FileError) {
      try unsafe file.write(bytes.span.bytes, at: start)
    } catch {
      throw FileError(error.action, path, error.errno)
    }
    state.withLock { $0.size = start + bytes.count }
  }

  /// Gives the file its name, its content on disk.
  func finish() throws(FileError) {
    do throws(FileError) {
      try file.sync()
    } catch {
      throw FileError(error.action, path, error.errno)
    }
    try Files.moveWithoutReplacing(temporary, to: path)
    state.withLock { $0.isFinished = true }
    try Files.syncDirectory(Files.parent(of: path))
  }
}

extension NewFile {
  /// Writes all the pieces of a file, and gives its length; throws how a tool ends where that cannot be.
  static func write(
    _ path: FilePath, _ next: () throws(Failure) -> [UInt8]?
  ) throws(Failure) -> Int {
    let file: NewFile
    do { file = try NewFile(path) } catch { throw Failure(.cannotCreate, "\(error)") }
    while let piece = try next() {
      do { try file.write(piece) } catch { throw Failure(.io, "\(error)") }
    }
    do {
      try file.finish()
    } catch {
      throw Failure(error.action == "create" ? .cannotCreate : .io, "\(error)")
    }
    return file.size
  }
}
