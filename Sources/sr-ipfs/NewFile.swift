import Files
import Records
import Synchronization
import SystemPackage

/// A file that has its name only once it is whole: written piece by piece under another one, synced, renamed; nothing is overwritten.
///
/// Where it is let go before, nothing stays of it. Until then it lies beside the name, locked, as `.NAME.sr-new`; where another process is
/// at that, as `.NAME.sr-new.1`, and so on. A process that was killed leaves that behind, with no lock; the next one that writes to the
/// same name takes it away.
final class NewFile: Sendable {
  /// So many can write to one name at a time.
  private static let places = 256

  private let path: FilePath
  private let temporary: FilePath
  private let file: OpenFile
  private let state = Mutex((size: 0, isFinished: false))

  /// Throws where the name is taken already, or nothing can be made beside it.
  init(_ path: FilePath) throws(FileError) {
    guard try Files.status(path) == nil else { throw FileError("create", path, .fileExists) }
    self.path = path
    (file, temporary) = try Self.make(beside: path)
  }

  /// Makes an empty file under the first temporary name that nobody holds.
  private static func make(beside path: FilePath) throws(FileError) -> (OpenFile, FilePath) {
    let stem = Files.hiddenStem(of: path.lastComponent?.bytes ?? []) + Array(".sr-new".utf8)
    for number in 0..<places {
      let ending = number == 0 ? "" : ".\(number)"
      guard let name = FilePath.Component(bytes: stem + Array(ending.utf8)) else { break }
      let temporary = Files.parent(of: path).appending(name)
      // Twice where there was something to take away.
      for _ in 0..<2 {
        do throws(FileError) {
          let file = try OpenFile(
            temporary, .writeOnly, options: [.create, .exclusiveCreate],
            permissions: [.ownerReadWrite, .groupRead, .otherRead])
          // Somebody may have taken it for something left behind, between the making and the locking.
          if try file.lock(waiting: false), try file.isAt(temporary) { return (file, temporary) }
          break
        } catch {
          guard error.errno == .fileExists else { throw error }
          guard clear(temporary) else { break }
        }
      }
    }
    throw FileError("create", path, .fileExists)
  }

  /// Takes away what a killed process left; false where a process is at it, or where it is not ours to take away.
  private static func clear(_ temporary: FilePath) -> Bool {
    guard (try? Files.status(temporary))??.type == .regular,
      let file = try? OpenFile(temporary, .readOnly),
      (try? file.lock(waiting: false)) == true, (try? file.isAt(temporary)) == true
    else { return false }
    return (try? Files.removeTree(temporary)) != nil
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
