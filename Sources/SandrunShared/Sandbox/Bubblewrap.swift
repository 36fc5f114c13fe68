import Files
import Glibc
import SystemPackage

/// The words and descriptors that start bubblewrap around a command.
///
/// Nothing is there that is not named here: the system's programs and libraries, read-only, a few files of `/etc` of
/// our own making, and file systems in memory for `/work`, `/tmp` and `/dev/shm`, each limited in size.
struct Bubblewrap: ~Copyable {
  /// Where it says which process is the first inside.
  static let information: Int32 = 5
  private static let filter: Int32 = 6
  static let workingDirectory = "/work"
  /// It takes so many words, its own name and those of the command included.
  static let wordLimit = 9000

  private(set) var arguments: [String] = []
  private(set) var descriptors: [(there: Int32, here: Int32)] = []
  private var files: [File] = []

  /// A file made up for the sandbox, alive until bubblewrap has it.
  private final class File {
    let descriptor: Descriptor
    init(_ bytes: [UInt8]) throws(SandboxError) { descriptor = try Descriptor.holding(bytes) }
    init(_ descriptor: consuming Descriptor) { self.descriptor = descriptor }
  }

  init(
    program: String, command: SandboxedCommand, interpreter: HostProgram?, cores: Int,
    isWatched: Bool
  ) throws(SandboxError) {
    arguments = [program] + Self.isolation
    if command.network { arguments.append("--share-net") }
    addSystem()
    if let prefix = interpreter?.prefix { bind(prefix.string) }
    say("--proc", "/proc", "--tmpfs", "/proc/sys", "--remount-ro", "/proc/sys")
    for name in ["keys", "key-users", "sysrq-trigger", "kcore", "kmsg", "timer_list"]
    where unsafe access("/proc/\(name)", F_OK) == 0 {
      say("--ro-bind", "/dev/null", "/proc/\(name)")
    }
    say("--dev", "/dev")
    if command.gpus { addGPUs() }
    let size = "\(command.limits.disk)"
    say("--perms", "1777", "--size", size, "--tmpfs", "/dev/shm", "--remount-ro", "/dev")
    say("--perms", "1777", "--size", size, "--tmpfs", "/tmp")
    say("--perms", "0755", "--size", size, "--tmpfs", Self.workingDirectory)
    for input in command.inputs {
      say("--ro-bind", input.path.string, "\(Self.workingDirectory)/\(input.name)")
    }
    try addConfiguration(command, cores: cores)
    let filter = File(
      try SystemCallFilter(
        network: command.network, isWatched: isWatched
      ).program())
    say("--remount-ro", "/", "--chdir", Self.workingDirectory, "--clearenv")
    say("--info-fd", "\(Self.information)", "--seccomp", "\(Self.filter)", "--")
    descriptors.append((Self.filter, filter.descriptor.number))
    files.append(filter)
  }

  /// Its own user as number 1000, no namespace left out, none to be made inside; a session of its own, so that it
  /// cannot type into the caller's terminal; and its end with ours.
  private static let isolation = [
    "--unshare-all", "--unshare-user", "--disable-userns", "--uid", "1000", "--gid", "1000",
    "--hostname", "sandrun", "--die-with-parent", "--new-session", "--cap-drop", "ALL",
  ]

  private mutating func say(_ words: String...) { arguments += words }

  private mutating func bind(_ path: String) { say("--ro-bind", path, path) }

  private mutating func addSystem() {
    bind("/usr")
    for name in ["bin", "sbin", "lib", "lib32", "lib64", "libx32"] {
      guard let found = try? Files.status(FilePath("/\(name)")) else { continue }
      if found.type == .symbolicLink {
        say("--symlink", "usr/\(name)", "/\(name)")
      } else {
        bind("/\(name)")
      }
    }
    let names = (try? Files.list("/etc")) ?? []
    for name in names.map(\.string)
    where name == "alternatives" || name == "ld.so.cache" || name.hasPrefix("java") {
      bind("/etc/\(name)")
    }
  }

  private mutating func addConfiguration(
    _ command: SandboxedCommand, cores: Int
  ) throws(SandboxError) {
    try add(
      "/etc/passwd",
      "sandrun:x:1000:1000::/tmp:/bin/sh\nnobody:x:65534:65534::/nonexistent:/usr/sbin/nologin\n")
    try add("/etc/group", "sandrun:x:1000:\nnogroup:x:65534:\n")
    try add("/etc/hosts", "127.0.0.1 localhost sandrun\n::1 localhost\n")
    try add(
      "/etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\nservices: files\n")
    let range = cores == 1 ? "0\n" : "0-\(cores - 1)\n"
    try add("/sys/devices/system/cpu/online", range)
    try add("/sys/devices/system/cpu/possible", range)
    guard command.network else { return }
    // Often a link into /run, which is not there inside.
    if let resolver = try? Files.resolve("/etc/resolv.conf") {
      say("--ro-bind", resolver.string, "/etc/resolv.conf")
    }
    for name in [
      "ssl/certs", "ssl/openssl.cnf", "ca-certificates", "pki/tls/certs", "pki/ca-trust/extracted",
      "services", "protocols",
    ] where unsafe access("/etc/\(name)", R_OK) == 0 {
      bind("/etc/\(name)")
    }
  }

  private mutating func add(_ path: String, _ text: String) throws(SandboxError) {
    let file = try File(Array(text.utf8))
    let number = Self.filter + 1 + Int32(files.count)
    say("--perms", "0444", "--file", "\(number)", path)
    descriptors.append((number, file.descriptor.number))
    files.append(file)
  }

  private mutating func addGPUs() {
    for path in GPUDevices.paths { say("--dev-bind", path, path) }
    for path in ["/sys/bus/pci", "/sys/module/nvidia", "/sys/module/nvidia_uvm", "/sys/class/drm"]
      + GPUDevices.systemFolders
    where unsafe access(path, R_OK) == 0 {
      bind(path)
    }
  }
}
