import CLinux
import Files
import Glibc
public import SystemPackage

/// A folder on disk, for the length of one run, where the files of a command wait for the sandbox.
///
/// Under root the command runs as a user of its own, who cannot pass through root's folders. So the folder then lies
/// in `/var/tmp` and is open to that user's group, to look and not to write.
public final class Staging: Sendable {
  /// The folder.
  public let path: FilePath
  /// The user and group that the command runs as; nil for the caller's own.
  let user: UInt32?
  /// Its own name, by which the processes of the run can be found.
  var name: String { path.lastComponent?.string ?? "" }

  /// Makes the folder, below `parent` unless this is root; sweeps what killed runs left there.
  public convenience init(below parent: FilePath) throws(SandboxError) {
    try self.init(below: parent, isRoot: geteuid() == 0)
  }

  private init(below parent: FilePath, isRoot: Bool) throws(SandboxError) {
    let parent: FilePath = isRoot ? "/var/tmp" : parent
    Self.sweep(parent)
    path = parent.appending(Self.prefix + RunName.ofThisProcess())
    // Far above the numbers given to people, services and containers; another for each run.
    user = isRoot ? 0x7000_0000 + UInt32.random(in: 0..<0x100_0000) : nil
    guard unsafe mkdir(path.string, 0o700) == 0 else {
      throw .system("create \(path)", Errno(rawValue: errno))
    }
    if let user {
      guard unsafe chown(path.string, 0, user) == 0, unsafe chmod(path.string, 0o750) == 0 else {
        throw .system("prepare \(path)", Errno(rawValue: errno))
      }
    }
  }

  deinit { try? Files.removeTree(path) }

  /// Gives a file, or a folder and all in it, the one time that all files of a run have.
  static func fixTimes(_ path: FilePath) {
    if let found = try? Files.status(path), found.type == .directory {
      for name in (try? Files.list(path)) ?? [] { fixTimes(path.appending(name)) }
    }
    let time = timespec(tv_sec: Workspace.fixedTime, tv_nsec: 0)
    unsafe utimensat(AT_FDCWD, path.string, [time, time], AT_SYMLINK_NOFOLLOW)
  }

  private static let prefix = "sandrun-"

  /// Removes the folders of killed executors, and ends what bubblewrap they left.
  ///
  /// There is a moment in which bubblewrap's first process waits for its second and does not yet end with it.
  private static func sweep(_ parent: FilePath) {
    guard let names = try? Files.list(parent) else { return }
    var abandoned: [FilePath.Component] = []
    for name in names where name.string.hasPrefix(prefix) {
      guard RunName.isAbandoned(name.string.dropFirst(prefix.count)),
        let found = try? Files.status(parent.appending(name)), found.type == .directory
      else { continue }
      // A stranger may put a folder of that name into /var/tmp: only ours are swept.
      guard found.userID.rawValue == geteuid() else { continue }
      abandoned.append(name)
    }
    guard !abandoned.isEmpty else { return }
    for pid in ProcessTree.all() {
      guard let words = ProcFile.text("/proc/\(pid)/cmdline"), words.contains(prefix),
        abandoned.contains(where: { words.contains($0.string) })
      else { continue }
      kill(pid, SIGKILL)
    }
    for name in abandoned { try? Files.removeTree(parent.appending(name)) }
  }
}
