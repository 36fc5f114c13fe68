internal import CLinux
internal import Files
internal import SystemPackage

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// An open directory, in which names are made and nothing is followed.
struct OutputFolder {
  let file: OpenFile

  init(_ path: FilePath) throws(ReadError) {
    do throws(FileError) {
      file = try OpenFile(path, .readOnly, options: [.directory])
    } catch { throw .file(error) }
  }

  private init(_ file: OpenFile) { self.file = file }

  var path: FilePath { file.path }

  /// A new file; the corresponding C function is `openat`.
  func create(_ name: [UInt8]) throws(ReadError) -> OpenFile {
    try open(name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode: 0o644, "create")
  }

  /// A new directory; the corresponding C functions are `mkdirat` and `openat`.
  func makeFolder(_ name: [UInt8]) throws(ReadError) -> OutputFolder {
    let text = Self.text(name)
    guard unsafe mkdirat(file.descriptor.rawValue, text, 0o755) == 0 else {
      throw failure("create", name)
    }
    return OutputFolder(
      try open(name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, mode: 0, "open"))
  }

  /// A new symbolic link; the corresponding C function is `symlinkat`.
  func link(_ name: [UInt8], to target: [UInt8]) throws(ReadError) {
    guard unsafe symlinkat(Self.text(target), file.descriptor.rawValue, Self.text(name)) == 0
    else { throw failure("create", name) }
  }

  /// Gives a finished tree its name, unless that is taken; the corresponding C function is `renameat2`.
  func rename(_ temporary: [UInt8], to path: FilePath) throws(ReadError) {
    let name = path.lastComponent?.bytes ?? []
    let folder = file.descriptor.rawValue
    var status = unsafe sr_rename_noreplace(
      folder, Self.text(temporary), folder, Self.text(name))
    if status != 0, errno == EINVAL || errno == ENOSYS {
      // A file system that cannot refuse by itself: look first, and accept the moment between.
      if unsafe faccessat(folder, Self.text(name), F_OK, AT_SYMLINK_NOFOLLOW) == 0 {
        throw .file(FileError("create", path, .fileExists))
      }
      status = unsafe renameat(folder, Self.text(temporary), folder, Self.text(name))
    }
    guard status == 0 else { throw .file(FileError("create", path, Errno(rawValue: errno))) }
  }

  /// Takes away what is no directory, and says whether it is gone; the corresponding C function is `unlinkat`.
  func remove(_ name: [UInt8]) -> Bool {
    unsafe unlinkat(file.descriptor.rawValue, Self.text(name), 0) == 0 || errno == ENOENT
  }

  /// What lies under a name, opened to be looked at and locked, and nothing that it may lead to; nil where it is a link or gone.
  func look(_ name: [UInt8]) throws(ReadError) -> OpenFile? {
    do throws(ReadError) {
      return try open(name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, mode: 0, "open")
    } catch .file(let error)
      where [.tooManySymbolicLinkLevels, .noSuchFileOrDirectory].contains(error.errno)
    {
      return nil
    }
  }

  /// Waits until all that was written to this file system is on disk: one wait for any number of files.
  func syncAll() throws(ReadError) {
    guard sr_syncfs(file.descriptor.rawValue) == 0 else { throw failure("sync", []) }
  }

  /// Waits until the names in this directory are on disk.
  func sync() throws(ReadError) {
    do throws(FileError) { try Files.sync(file.descriptor, named: file.path) } catch {
      throw .file(error)
    }
  }

  private func open(
    _ name: [UInt8], _ flags: Int32, mode: mode_t, _ action: String
  ) throws(ReadError) -> OpenFile {
    let descriptor = unsafe openat(file.descriptor.rawValue, Self.text(name), flags, mode)
    guard descriptor >= 0 else { throw failure(action, name) }
    return OpenFile(FileDescriptor(rawValue: descriptor), path: path(of: name))
  }

  func path(of name: [UInt8]) -> FilePath {
    FilePath.Component(bytes: name).map(file.path.appending(_:)) ?? file.path
  }

  func failure(_ action: String, _ name: [UInt8]) -> ReadError {
    .file(FileError(action, path(of: name), Errno(rawValue: errno)))
  }

  static func text(_ name: [UInt8]) -> [CChar] {
    name.map { CChar(bitPattern: $0) } + [0]
  }
}
