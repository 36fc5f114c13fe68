internal import Files
internal import SystemPackage

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// What the system tells of a file; two that differ are of a file that changed.
struct FileFacts: Equatable {
  enum Kind {
    case file, directory, symbolicLink, other
  }

  /// Which file it is, whatever its name.
  struct Identity: Hashable {
    var device: UInt64
    var number: UInt64
  }

  let kind: Kind
  let identity: Identity
  let size: Int
  let modificationTime: UnixFSData.ModificationTime
  private let permissions: UInt32

  /// What is at a path; of a symbolic link what it leads to, where links are followed.
  ///
  /// The C functions are `stat` and `lstat`.
  init(at path: FilePath, followingLinks: Bool) throws(FileError) {
    var status = stat()
    let result = unsafe path.withPlatformString { name in
      followingLinks ? unsafe stat(name, &status) : unsafe lstat(name, &status)
    }
    guard result == 0 else { throw FileError("open", path, Errno(rawValue: errno)) }
    self.init(status)
  }

  /// What an open file is; the C function is `fstat`.
  init(of descriptor: FileDescriptor, at path: FilePath) throws(FileError) {
    var status = stat()
    guard unsafe fstat(descriptor.rawValue, &status) == 0 else {
      throw FileError("look at", path, Errno(rawValue: errno))
    }
    self.init(status)
  }

  private init(_ status: stat) {
    kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .directory
      case S_IFLNK: .symbolicLink
      default: .other
      }
    identity = Identity(device: UInt64(status.st_dev), number: UInt64(status.st_ino))
    size = Int(status.st_size)
    modificationTime = UnixFSData.ModificationTime(
      seconds: Int64(status.st_mtim.tv_sec), nanoseconds: UInt32(status.st_mtim.tv_nsec))
    permissions = UInt32(status.st_mode) & 0o7777
  }

  /// What is kept of it beside its content; a link has no permissions of its own.
  func metadata(_ options: ImportOptions) -> Metadata {
    let kept = options.metadata(ofMode: permissions, modificationTime: modificationTime)
    return kind == .symbolicLink ? Metadata(modificationTime: kept.modificationTime) : kept
  }
}
