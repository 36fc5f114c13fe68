public import SystemPackage
import Files
import Glibc

/// A program on this machine that a sandboxed command may be started by.
public struct HostProgram: Equatable, Sendable {
  /// The path it is started by, the same inside the sandbox.
  public var path: FilePath
  /// The folder to bind read-only for it; nil where it lies under `/usr`, which is always there.
  public var prefix: FilePath?

  /// Finds a program by its name on a PATH.
  ///
  /// One under `/usr` is taken as it is; one elsewhere with the folder above its `bin`, unless that is a home, a
  /// system folder or a folder that others write to: then the system's program of that name is taken, and where there
  /// is none either `interpreterUnreachable` names the first.
  public static func find(_ name: String, path: String) throws(SandboxError) -> HostProgram {
    guard !name.isEmpty, !name.contains("/") || name.hasPrefix("/") else {
      throw .interpreterMissing(name)
    }
    if name.hasPrefix("/") {
      guard isProgram(name) else { throw .interpreterMissing(name) }
      // A stranger's record may name any path: outside the system only a folder that the node's owner has on PATH.
      let above = FilePath(name).removingLastComponent()
      let isChosen =
        isOfTheSystem(FilePath(name))
        || path.split(separator: ":").contains { FilePath(String($0)) == above }
      guard isChosen, let found = reachable(FilePath(name)) else {
        throw .interpreterUnreachable(name, FilePath(name))
      }
      return found
    }
    var refused: FilePath?
    for folder in path.split(separator: ":")
      + [standardPath[...]].flatMap({ $0.split(separator: ":") })
    {
      guard folder.hasPrefix("/") else { continue }
      let candidate = FilePath(String(folder)).appending(name)
      guard isProgram(candidate.string) else { continue }
      if let found = reachable(candidate) { return found }
      refused = refused ?? candidate
    }
    guard let refused else { throw .interpreterMissing(name) }
    throw .interpreterUnreachable(name, refused)
  }

  /// The PATH inside the sandbox, before what an interpreter elsewhere adds.
  static let standardPath = "/usr/local/bin:/usr/bin:/bin"

  /// The path of a program on a PATH, to be used outside the sandbox; nil where there is none.
  public static func onPath(_ name: String, _ path: String) -> String? {
    for folder in path.split(separator: ":")
    where folder.hasPrefix("/") && isProgram("\(folder)/\(name)") {
      return "\(folder)/\(name)"
    }
    return nil
  }

  private static func isProgram(_ path: String) -> Bool {
    guard unsafe access(path, X_OK) == 0, let found = try? FilePath(path).stat() else {
      return false
    }
    return found.type == .regular
  }

  private static func reachable(_ candidate: FilePath) -> HostProgram? {
    guard let resolved = try? Files.resolve(candidate) else { return nil }
    if isOfTheSystem(resolved) {
      // By its own name where that is there too: `python3` may look at how it was called.
      return HostProgram(path: isOfTheSystem(candidate) ? candidate : resolved, prefix: nil)
    }
    // PREFIX/bin/program: its library lies beside bin.
    let prefix = resolved.removingLastComponent().removingLastComponent()
    guard prefix.components.count >= 2, !isPrivate(prefix) else { return nil }
    return HostProgram(path: resolved, prefix: prefix)
  }

  private static func isOfTheSystem(_ path: FilePath) -> Bool {
    let system: [FilePath] = ["/usr", "/bin", "/sbin", "/lib", "/lib64"]
    return path.lexicallyNormalized() == path && system.contains { path.starts(with: $0) }
  }

  /// Whether a folder lies where people or the system keep what is theirs.
  private static func isPrivate(_ folder: FilePath) -> Bool {
    let kept: [FilePath] = [
      "/root", "/home", "/etc", "/var", "/run", "/proc", "/sys", "/dev", "/boot", "/tmp", "/mnt",
      "/media", "/srv",
    ]
    return (kept + homes() + ownFolders()).contains {
      folder.starts(with: $0) || $0.starts(with: folder)
    }
  }

  /// Where our own keys, state and configuration lie, wherever the user put them.
  private static func ownFolders() -> [FilePath] {
    ["XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "SANDRUN_PASSPHRASE_FILE"].compactMap {
      guard let value = unsafe getenv($0) else { return nil }
      let named = FilePath(unsafe String(cString: value))
      guard named.isAbsolute else { return nil }
      return (try? Files.resolve(named)) ?? named
    }
  }

  private static func homes() -> [FilePath] {
    var homes: [FilePath] = []
    if let home = unsafe getenv("HOME") { homes.append(FilePath(unsafe String(cString: home))) }
    let accounts = (try? Files.read("/etc/passwd", limit: 1 << 20)) ?? []
    for line in accounts.split(separator: UInt8(ascii: "\n")) {
      let fields = line.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
      guard fields.count > 5 else { continue }
      homes.append(FilePath(String(decoding: fields[5], as: UTF8.self)))
    }
    // Accounts of the system live in `/` or in folders that hold no home.
    return homes.filter { $0.isAbsolute && $0.components.count > 1 && !$0.starts(with: "/usr") }
  }
}
