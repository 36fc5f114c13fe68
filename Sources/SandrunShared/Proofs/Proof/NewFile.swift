public import Files
public import SystemPackage

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file that is written under a temporary name and takes its own name only when it is complete.
///
/// Until `publish` whatever had the name keeps it; a file that is never published leaves nothing behind.
public final class NewFile: Sendable {
  /// The open file, mode 0600.
  public let descriptor: FileDescriptor
  private let path: FilePath
  private let temporary: FilePath

  /// Creates the file beside its place.
  public init(at path: FilePath) throws(FileError) {
    self.path = path
    let name = ".\(path.lastComponent?.string ?? "file").\(Files.randomName())"
    temporary = Files.parent(of: path).appending(name)
    do {
      descriptor = try FileDescriptor.open(
        temporary, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
        permissions: .ownerReadWrite)
    } catch {
      throw FileError("create", path, error as? Errno ?? .ioError)
    }
  }

  deinit {
    try? descriptor.close()
    // After `publish` the name is gone and this does nothing.
    unsafe unlink(temporary.string)
  }

  /// Syncs the file, gives it its name, and syncs the folder.
  public func publish() throws(FileError) {
    try Files.sync(descriptor, named: path)
    guard unsafe rename(temporary.string, path.string) == 0 else {
      throw FileError("create", path, Errno(rawValue: errno))
    }
    try Files.syncDirectory(Files.parent(of: path))
  }
}
