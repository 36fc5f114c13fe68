internal import Files
internal import IPFS
internal import SystemPackage

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// One repository among several, by its number.
struct Generation: Sendable {
  var number: Int
  var repository: Repository

  /// The suffix of a generation that is being removed.
  private static let gone = "gone"

  private static func name(_ number: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 8 - digits.count)) + digits
  }

  private static func number(of name: FilePath.Component) -> Int? {
    guard let number = Int(name.string), number > 0, Self.name(number) == name.string else {
      return nil
    }
    return number
  }

  /// The numbers of the generations in a folder, oldest first.
  static func numbers(in folder: FilePath) throws(RepositoryError) -> [Int] {
    let names: [FilePath.Component]
    do { names = try Files.list(folder) } catch { throw .file(error) }
    return names.compactMap { number(of: $0) }.sorted()
  }

  /// The generations in a folder, oldest first.
  static func list(in folder: FilePath) throws(RepositoryError) -> [Generation] {
    var generations: [Generation] = []
    for number in try numbers(in: folder) {
      generations.append(try Generation(number, in: folder))
    }
    return generations
  }

  private init(_ number: Int, in folder: FilePath) throws(RepositoryError) {
    self.number = number
    repository = try Repository(at: folder.appending(Self.name(number)))
  }

  /// Opens a generation; nil where it is gone.
  static func open(_ number: Int, in folder: FilePath) throws(RepositoryError) -> Generation? {
    do throws(RepositoryError) {
      return try Generation(number, in: folder)
    } catch .file(let error) where error.errno == .noSuchFileOrDirectory {
      return nil
    }
  }

  /// Begins a generation, on disk when this returns.
  static func make(_ number: Int, in folder: FilePath) throws(RepositoryError) -> Generation {
    do throws(FileError) {
      try Files.makeDirectories(folder.appending(name(number)))
      try Files.syncDirectory(folder)
    } catch { throw .file(error) }
    return try Generation(number, in: folder)
  }

  /// Whether its folder is still there.
  var isThere: Bool {
    get throws(RepositoryError) {
      do { return try Files.status(repository.path) != nil } catch { throw .file(error) }
    }
  }

  /// Takes it away: first its name, so that nobody opens half of it.
  func remove() throws(RepositoryError) {
    let path = repository.path
    let away = FilePath("\(path).\(Self.gone)")
    guard unsafe rename(path.string, away.string) == 0 else {
      throw .file(FileError("rename", path, Errno(rawValue: errno)))
    }
    do throws(FileError) {
      try Files.syncDirectory(Files.parent(of: path))
      try Files.removeTree(away)
    } catch { throw .file(error) }
  }

  /// Removes what a crash left of generations on their way out.
  static func removeAbandoned(in folder: FilePath) throws(RepositoryError) {
    do throws(FileError) {
      for name in try Files.list(folder) where name.extension == gone {
        try Files.removeTree(folder.appending(name))
      }
    } catch { throw .file(error) }
  }

  /// The bytes of its files.
  func byteCount() throws(RepositoryError) -> Int {
    var total = 0
    do throws(FileError) {
      for part in ["packs", "index"] {
        let inner = repository.path.appending(part)
        guard try Files.status(inner) != nil else { continue }
        for name in try Files.list(inner) {
          // A segment that was merged away since the listing counts as nothing.
          total += Int(try Files.status(inner.appending(name))?.size ?? 0)
        }
      }
    } catch {
      // Swept away meanwhile.
      guard error.errno == .noSuchFileOrDirectory else { throw .file(error) }
    }
    return total
  }
}

/// A file whose lock says that one process has a folder.
enum FolderLock {
  /// Takes the lock, which ends with the descriptor and so with the process; the corresponding C function is `flock`.
  static func take(_ path: FilePath) throws(FileError) -> FileDescriptor {
    let descriptor: FileDescriptor
    do {
      descriptor = try FileDescriptor.open(
        path, .readWrite, options: [.create, .closeOnExec], permissions: .ownerReadWrite)
    } catch { throw FileError("create", path, error as? Errno ?? .ioError) }
    while flock(descriptor.rawValue, LOCK_EX | LOCK_NB) != 0 {
      let failure = Errno(rawValue: errno)
      guard failure == .interrupted else {
        try? descriptor.close()
        throw FileError("lock", path, failure)
      }
    }
    return descriptor
  }
}
