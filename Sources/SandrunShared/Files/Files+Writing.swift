internal import CLinux
public import SystemPackage

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Files {
  /// Puts bytes under a name so that a reader sees either the old file or the new one, whole.
  ///
  /// Written under a temporary name in the same folder, synced, renamed, the folder synced. With `replacing` false
  /// an existing file is left alone and `fileExists` thrown.
  public static func writeAtomically(
    _ bytes: [UInt8], to path: FilePath,
    mode: FilePermissions = [.ownerReadWrite, .groupRead, .otherRead],
    replacing: Bool = true
  ) throws(FileError) {
    let folder = parent(of: path)
    let temporary = hiddenPath(beside: path)
    let descriptor = try attempt("create", temporary) {
      try FileDescriptor.open(
        temporary, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
        permissions: mode)
    }
    do throws(FileError) {
      defer { try? descriptor.close() }
      _ = try attempt("write", path) { try descriptor.writeAll(bytes) }
      guard fchmod(descriptor.rawValue, mode_t(mode.rawValue)) == 0 else {
        throw FileError("set the mode of", path, Errno(rawValue: errno))
      }
      try sync(descriptor, named: path)
    } catch {
      _ = unsafe temporary.withPlatformString { unsafe unlink($0) }
      throw error
    }
    try finish(temporary, as: path, replacing: replacing)
    try syncDirectory(folder)
  }

  /// Throws what would keep a file from being put there by `writeAtomically`, and leaves nothing behind.
  public static func tryWriting(to path: FilePath) throws(FileError) {
    if try status(path)?.type == .directory { throw FileError("create", path, .isDirectory) }
    let temporary = hiddenPath(beside: path)
    let descriptor = try attempt("create", temporary) {
      try FileDescriptor.open(
        temporary, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
        permissions: .ownerReadWrite)
    }
    try? descriptor.close()
    _ = unsafe temporary.withPlatformString { unsafe unlink($0) }
  }

  /// Gives a finished file or folder its name in the same file system, unless that is taken: `fileExists`.
  ///
  /// The C function is `renameat2`; a file system that cannot refuse by itself is looked at first.
  public static func moveWithoutReplacing(
    _ temporary: FilePath, to path: FilePath
  ) throws(FileError) {
    var status = unsafe call(temporary, path) { old, new in
      unsafe sr_rename_noreplace(AT_FDCWD, old, AT_FDCWD, new)
    }
    if status != 0, errno == EINVAL || errno == ENOSYS {
      guard try self.status(path) == nil else { throw FileError("create", path, .fileExists) }
      status = unsafe call(temporary, path) { old, new in unsafe rename(old, new) }
    }
    guard status == 0 else { throw FileError("create", path, Errno(rawValue: errno)) }
  }

  private static func finish(
    _ temporary: FilePath, as path: FilePath, replacing: Bool
  ) throws(FileError) {
    // link(2) fails where the name is taken, which rename(2) would replace.
    let status = unsafe call(temporary, path) { old, new in
      unsafe replacing ? rename(old, new) : link(old, new)
    }
    let failure = Errno(rawValue: errno)
    if status != 0 || !replacing {
      _ = unsafe temporary.withPlatformString { unsafe unlink($0) }
    }
    guard status == 0 else { throw FileError("create", path, failure) }
  }

  /// Hands two paths to a C function, their bytes as they are.
  static func call(
    _ one: FilePath, _ other: FilePath,
    _ body: (UnsafePointer<CInterop.PlatformChar>, UnsafePointer<CInterop.PlatformChar>) -> Int32
  ) -> Int32 {
    unsafe one.withPlatformString { one in
      unsafe other.withPlatformString { other in unsafe body(one, other) }
    }
  }

  /// Waits until a file's bytes are on disk; the C function is `fsync`.
  public static func sync(_ descriptor: FileDescriptor, named path: FilePath) throws(FileError) {
    while fsync(descriptor.rawValue) != 0 {
      guard errno == EINTR else { throw FileError("sync", path, Errno(rawValue: errno)) }
    }
  }

  /// Waits until the names in a folder are on disk.
  public static func syncDirectory(_ path: FilePath) throws(FileError) {
    let descriptor = try attempt("open", path) {
      try FileDescriptor.open(path, .readOnly, options: [.directory, .closeOnExec])
    }
    defer { try? descriptor.close() }
    try sync(descriptor, named: path)
  }

  /// Makes a folder and those above it that are missing; an existing one is left as it is.
  public static func makeDirectories(
    _ path: FilePath, mode: FilePermissions = .ownerReadWriteExecute
  ) throws(FileError) {
    func make() -> Bool {
      unsafe path.withPlatformString { unsafe mkdir($0, mode_t(mode.rawValue)) } == 0
    }
    if make() { return }
    var failure = Errno(rawValue: errno)
    if failure == .noSuchFileOrDirectory,
      let above = path.lastComponent.map({ _ in parent(of: path) }),
      above != path
    {
      try makeDirectories(above, mode: mode)
      if make() { return }
      failure = Errno(rawValue: errno)
    }
    guard failure == .fileExists else { throw FileError("create", path, failure) }
    guard let found = try? path.stat(), found.type == .directory else {
      throw FileError("create", path, .notDirectory)
    }
  }

  /// The folder that a path lies in: `.` for a bare name.
  public static func parent(of path: FilePath) -> FilePath {
    let above = path.removingLastComponent()
    return above.isEmpty ? "." : above
  }

  /// Sixteen random hex digits, for a name that nobody else has.
  public static func randomName() -> String {
    let digits = String(UInt64.random(in: .min ... .max), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

extension Files {
  /// Waits until the names in the folders above a path are on disk; one that may not be opened is left out.
  public static func syncFolders(above path: FilePath) throws(FileError) {
    var folder = parent(of: path)
    while true {
      do throws(FileError) {
        try syncDirectory(folder)
      } catch {
        guard error.errno == .permissionDenied else { throw error }
      }
      let above = parent(of: folder)
      guard above != folder, folder != "." else { return }
      folder = above
    }
  }
}
