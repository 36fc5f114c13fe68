public import SystemPackage

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

extension Files {
  /// Removes a file, or a folder with all it holds, following no link; nothing there is no error.
  ///
  /// Neither odd names nor long paths nor depth keep anything: folders are entered one by one, with two descriptors open at most.
  public static func removeTree(_ path: FilePath) throws(FileError) {
    var removal = TreeRemoval(root: path)
    try removal.run()
  }
}

private struct TreeRemoval {
  /// A folder that is being emptied.
  struct Level {
    /// Its name in the folder above; the root's path.
    let name: FilePath
    var rest: [FilePath.Component]
    let place: (device: UInt64, number: UInt64)
  }

  let root: FilePath
  /// The folder of the last level.
  private var here: OpenFile?
  private var levels: [Level] = []

  init(root: FilePath) { self.root = root }

  mutating func run() throws(FileError) {
    try remove(root)
    while !levels.isEmpty {
      if let name = levels[levels.count - 1].rest.popLast() {
        try remove(FilePath(root: nil, [name]))
      } else {
        try leave()
      }
    }
  }

  /// Removes what is no folder, and enters what is one.
  private mutating func remove(_ name: FilePath) throws(FileError) {
    guard let failure = unlink(name, 0) else { return }
    // Of a folder Linux says the one, POSIX the other.
    guard failure == .isDirectory || failure == .notPermitted, let inner = try enter(name) else {
      throw FileError("remove", path(of: name), failure)
    }
    levels.append(Level(name: name, rest: try Files.names(in: inner), place: try inner.place()))
    here = inner
  }

  /// Opens a folder; nil where it is none.
  private func enter(_ name: FilePath) throws(FileError) -> OpenFile? {
    let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
    func open() -> Int32 {
      unsafe name.withPlatformString { unsafe openat(descriptor, $0, flags) }
    }
    var inner = open()
    // A job may leave folders that nobody may enter.
    if inner < 0, errno == EACCES {
      _ = unsafe name.withPlatformString {
        unsafe fchmodat(descriptor, $0, 0o700, AT_SYMLINK_NOFOLLOW)
      }
      inner = open()
    }
    guard inner >= 0 else {
      if errno == ENOTDIR || errno == ELOOP { return nil }
      throw FileError("open", path(of: name), Errno(rawValue: errno))
    }
    _ = fchmod(inner, 0o700)
    return OpenFile(FileDescriptor(rawValue: inner), path: root)
  }

  /// Goes back to the folder above, and removes the one that is empty now.
  private mutating func leave() throws(FileError) {
    guard let level = levels.popLast() else { return }
    if let above = levels.last {
      let outer = unsafe openat(descriptor, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      guard outer >= 0 else {
        throw FileError("open", path(of: level.name), Errno(rawValue: errno))
      }
      here = OpenFile(FileDescriptor(rawValue: outer), path: root)
      // Somebody moved it: what lies above now is not ours to remove.
      guard try here?.place() ?? above.place == above.place else {
        throw FileError("remove", path(of: level.name), .resourceBusy)
      }
    } else {
      here = nil
    }
    if let failure = unlink(level.name, AT_REMOVEDIR) {
      throw FileError("remove", path(of: level.name), failure)
    }
  }

  /// Why a name could not be removed; nil where it is gone.
  private func unlink(_ name: FilePath, _ flags: Int32) -> Errno? {
    let status = unsafe name.withPlatformString { unsafe unlinkat(descriptor, $0, flags) }
    return status == 0 || errno == ENOENT || errno == ENOTDIR ? nil : Errno(rawValue: errno)
  }

  private var descriptor: Int32 { here?.descriptor.rawValue ?? AT_FDCWD }

  /// For an error: made once, since it may be longer than a path can be.
  private func path(of name: FilePath) -> FilePath {
    guard !levels.isEmpty else { return root }
    var path = root
    for level in levels.dropFirst() { path.append(level.name.components) }
    path.append(name.components)
    return path
  }
}
