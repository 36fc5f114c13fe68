import CLinux
import Files
import Glibc
import SystemPackage

/// The working directory of one run, reached by descriptor: in bubblewrap it lies in memory, in no one else's sight.
///
/// The descriptor keeps it alive when all processes of the run are gone and its mount with them, so that nothing can
/// change while its files are taken out.
public final class Workspace: Sendable {
  let folder: Descriptor
  /// As whom names are made in it, under root: the run's own user, since root has no number there.
  let user: UInt32?
  /// Whether it is a file system of the run's own.
  let isMount: Bool

  /// 1980-01-01, the first moment that a ZIP archive can name.
  static let fixedTime = 315_532_800

  init(_ folder: consuming Descriptor, user: UInt32?, isMount: Bool) {
    self.folder = folder
    self.user = user
    self.isMount = isMount
  }

  /// Opens a folder of another process's view of the file system.
  convenience init(
    openedAt path: String, user: UInt32?, isMount: Bool
  ) throws(SandboxError) {
    let folder = try Descriptor(
      "open \(path)", unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC))
    self.init(folder, user: user, isMount: isMount)
  }

  /// What its file system holds.
  var space: Space {
    var found = statvfs()
    guard unsafe fstatvfs(folder.number, &found) == 0 else { return Space() }
    return Space(
      used: Int(found.f_blocks - found.f_bfree) * Int(found.f_frsize),
      names: Int(found.f_files - found.f_ffree),
      isFull: found.f_bfree == 0 || found.f_ffree == 0)
  }

  /// Bytes and names in a file system, and whether there is room for more.
  struct Space {
    var used = 0
    var names = 0
    var isFull = false
  }

  /// Copies a folder's content in, all with the same time and modes of 0644 or 0755.
  func fill(from source: FilePath) throws(SandboxError) {
    try fill(folder, from: source, depth: 0)
  }

  /// Copies an input in, as one more file or folder beside the others.
  func add(_ input: Input) throws(SandboxError) {
    try descend(folder, to: input.name[...]) { (above, name) throws(SandboxError) in
      try copy(input.path, into: above, as: name, depth: 0)
    }
  }

  /// Gives the folders above an input the time that all others have: bubblewrap made them just now.
  func settle(_ input: Input) throws(SandboxError) {
    try descend(folder, to: input.name[...]) { (_, _) throws(SandboxError) in }
  }

  /// Opens the folders of a relative path one by one, making those that are missing, and sets their times.
  private func descend(
    _ folder: borrowing Descriptor, to path: Substring,
    _ body: (borrowing Descriptor, String) throws(SandboxError) -> Void
  ) throws(SandboxError) {
    guard let slash = path.firstIndex(of: "/") else {
      try body(folder, String(path))
      asUser { setTime(folder) }
      return
    }
    let inner = try makeFolder(String(path[..<slash]), in: folder, for: FilePath(String(path)))
    try descend(inner, to: path[path.index(after: slash)...], body)
    asUser { setTime(folder) }
  }

  private func fill(
    _ folder: borrowing Descriptor, from source: FilePath, depth: Int
  ) throws(SandboxError) {
    guard depth < WorkspaceFile.depthLimit else { throw .badFile("nested too deep", source) }
    for name in try listed(source) {
      try copy(source.appending(name), into: folder, as: name.string, depth: depth)
    }
    asUser { setTime(folder) }
  }

  private func copy(
    _ path: FilePath, into folder: borrowing Descriptor, as name: String, depth: Int
  ) throws(SandboxError) {
    guard let found = try? Files.status(path) else { throw .badFile("vanished", path) }
    switch found.type {
    case .directory:
      let inner = try makeFolder(name, in: folder, for: path)
      try fill(inner, from: path, depth: depth + 1)
    case .regular:
      let mode: mode_t = found.permissions.contains(.ownerExecute) ? 0o755 : 0o644
      let original = try Descriptor(
        "open \(path)", unsafe open(path.string, O_RDONLY | O_NOFOLLOW | O_CLOEXEC))
      let made = asUser {
        unsafe sr_openat_beneath(folder.number, name, O_WRONLY | O_CREAT | O_EXCL, mode)
      }
      let target = try Descriptor("create \(path)", made)
      try transfer(from: original, to: target)
      asUser {
        _ = fchmod(target.number, mode)
        setTime(target)
      }
    case .symbolicLink:
      let aim = try linkTarget(path)
      let made = asUser { unsafe symlinkat(aim, folder.number, name) }
      try require(made == 0, path)
    default:
      throw .badFile("neither file, folder nor link", path)
    }
  }

  /// Makes a folder, or takes the one that bubblewrap made there to bind an input into.
  private func makeFolder(
    _ name: String, in folder: borrowing Descriptor, for path: FilePath
  ) throws(SandboxError) -> Descriptor {
    let made = asUser { unsafe mkdirat(folder.number, name, 0o755) }
    try require(made == 0 || errno == EEXIST, path)
    return try Descriptor(
      "create \(path)",
      unsafe sr_openat_beneath(folder.number, name, O_RDONLY | O_DIRECTORY, 0))
  }

  private func listed(_ path: FilePath) throws(SandboxError) -> [FilePath.Component] {
    do {
      return try Files.list(path)
    } catch {
      throw .system("read \(path)", error.errno)
    }
  }

  private func linkTarget(_ path: FilePath) throws(SandboxError) -> [CChar] {
    var target = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    let length = unsafe readlink(path.string, &target, target.count - 1)
    guard length >= 0 else { throw .system("read \(path)", Errno(rawValue: errno)) }
    return target
  }

  private func require(_ done: Bool, _ path: FilePath) throws(SandboxError) {
    guard done else { throw .system("create \(path)", Errno(rawValue: errno)) }
  }

  private func setTime(_ file: borrowing Descriptor) {
    let time = timespec(tv_sec: Self.fixedTime, tv_nsec: 0)
    unsafe futimens(file.number, [time, time])
  }

  /// Runs system calls as the run's user: this thread alone, for as long as they take; see `setfsuid(2)`.
  @discardableResult
  func asUser<R>(_ body: () -> R) -> R {
    guard let user else { return body() }
    sr_set_file_identity(user, user)
    defer { sr_set_file_identity(geteuid(), getegid()) }
    return body()
  }
}

/// Copies all bytes of one file to another.
func transfer(
  from source: borrowing Descriptor, to target: borrowing Descriptor
) throws(SandboxError) {
  while let bytes = try source.read(1 << 18), !bytes.isEmpty { try target.write(bytes) }
}
