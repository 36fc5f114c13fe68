public import SystemPackage

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Whole-file operations that either happen completely or not at all.
public enum Files {
  /// The whole content of a regular file or pipe, at most `limit` bytes.
  ///
  /// Throws `fileTooLarge` when there is more.
  public static func read(_ path: FilePath, limit: Int = 64 << 20) throws(FileError) -> [UInt8] {
    let descriptor = try attempt("open", path) {
      try FileDescriptor.open(path, .readOnly, options: [.closeOnExec])
    }
    defer { try? descriptor.close() }
    return try read(descriptor, named: path, limit: limit)
  }

  /// The whole content of a regular file, at most `limit` bytes.
  ///
  /// Throws `invalidArgument` for anything else, at once: a pipe that nobody writes to is not waited for.
  public static func readRegular(_ path: FilePath, limit: Int) throws(FileError) -> [UInt8] {
    let descriptor = try openRegular(path)
    defer { try? descriptor.close() }
    return try read(descriptor, named: path, limit: limit)
  }

  private static func openRegular(_ path: FilePath) throws(FileError) -> FileDescriptor {
    let descriptor = try attempt("open", path) {
      try FileDescriptor.open(path, .readOnly, options: [.closeOnExec, .nonBlocking])
    }
    do throws(FileError) {
      guard try attempt("look at", path, { try descriptor.stat() }).type == .regular else {
        throw FileError("read", path, .invalidArgument)
      }
    } catch {
      try? descriptor.close()
      throw error
    }
    return descriptor
  }

  /// What a descriptor still holds, at most `limit` bytes.
  public static func read(
    _ descriptor: FileDescriptor, named path: FilePath, limit: Int
  ) throws(FileError) -> [UInt8] {
    var content: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = try attempt("read", path) {
        try unsafe chunk.withUnsafeMutableBytes { try unsafe descriptor.read(into: $0) }
      }
      if count == 0 { return content }
      guard content.count + count <= limit else { throw FileError("read", path, .fileTooLarge) }
      content += chunk[..<count]
    }
  }

  /// The first bytes of a regular file, fewer where it is shorter.
  ///
  /// Throws `invalidArgument` for anything else, at once: a pipe that nobody writes to is not waited for.
  public static func head(_ path: FilePath, count: Int) throws(FileError) -> [UInt8] {
    let descriptor = try openRegular(path)
    defer { try? descriptor.close() }
    var bytes = [UInt8](repeating: 0, count: count)
    let read = try attempt("read", path) {
      try unsafe bytes.withUnsafeMutableBytes { try unsafe descriptor.read(into: $0) }
    }
    return Array(bytes[..<read])
  }

  /// The names in a folder, without `.` and `..`, sorted by their bytes.
  public static func list(_ path: FilePath) throws(FileError) -> [FilePath.Component] {
    guard let folder = unsafe path.withPlatformString({ unsafe opendir($0) }) else {
      throw FileError("open", path, Errno(rawValue: errno))
    }
    let names = try unsafe names(in: folder, path).map { (name: $0, bytes: $0.bytes) }
    return names.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }.map(\.name)
  }

  /// The names in an open folder, without `.` and `..`, in no order; the C function is `fdopendir`.
  static func names(in file: OpenFile) throws(FileError) -> [FilePath.Component] {
    let descriptor = fcntl(file.descriptor.rawValue, F_DUPFD_CLOEXEC, 0)
    guard descriptor >= 0, let folder = unsafe fdopendir(descriptor) else {
      let failure = Errno(rawValue: errno)
      if descriptor >= 0 { close(descriptor) }
      throw FileError("read", file.path, failure)
    }
    return try unsafe names(in: folder, file.path)
  }

  private static func names(
    in folder: OpaquePointer, _ path: FilePath
  ) throws(FileError) -> [FilePath.Component] {
    defer { unsafe closedir(folder) }
    var names: [FilePath.Component] = []
    while true {
      errno = 0
      guard let entry = unsafe readdir(folder) else {
        guard errno == 0 else { throw FileError("read", path, Errno(rawValue: errno)) }
        return names
      }
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { field in
        unsafe field.withMemoryRebound(to: CChar.self, capacity: 256) {
          unsafe FilePath.Component(platformString: $0)
        }
      }
      if let name, name.kind == .regular { names.append(name) }
    }
  }

  /// What is at a path, the link itself where it is one; nil where nothing is.
  public static func status(_ path: FilePath) throws(FileError) -> Stat? {
    do {
      return try path.stat(followTargetSymlink: false)
    } catch Errno.noSuchFileOrDirectory {
      return nil
    } catch Errno.notDirectory {
      return nil
    } catch {
      throw FileError("look at", path, error)
    }
  }

  /// The bytes that an ordinary user may still write where a path lies; the C function is `statvfs`.
  ///
  /// 2^64-1 where the file system does not say.
  public static func freeSpace(at path: FilePath) throws(FileError) -> UInt64 {
    var found = statvfs()
    guard unsafe path.withPlatformString({ unsafe statvfs($0, &found) }) == 0 else {
      throw FileError("look at", path, Errno(rawValue: errno))
    }
    guard found.f_blocks > 0 else { return .max }
    let (bytes, overflow) = UInt64(found.f_bavail).multipliedReportingOverflow(
      by: UInt64(found.f_frsize))
    return overflow ? .max : bytes
  }

  /// The absolute path with every symbolic link and `..` resolved; the C function is `realpath`.
  public static func resolve(_ path: FilePath) throws(FileError) -> FilePath {
    guard let resolved = unsafe path.withPlatformString({ unsafe realpath($0, nil) }) else {
      throw FileError("find", path, Errno(rawValue: errno))
    }
    defer { unsafe free(resolved) }
    return unsafe FilePath(platformString: resolved)
  }
}
