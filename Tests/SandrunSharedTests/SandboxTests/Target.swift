import Subprocess
import SystemPackage
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// As whom a test runs a job.
enum RunnerUser: String, CaseIterable, CustomTestStringConvertible {
  case root
  case ordinary

  /// Both under root; otherwise only whoever runs the tests.
  static let all: [RunnerUser] = geteuid() == 0 ? [.root, .ordinary] : [.ordinary]

  var testDescription: String { rawValue }
  var isRoot: Bool { self == .root }

  /// Words that come before a command to run it as this user.
  var prefix: [String] {
    guard !isRoot, geteuid() == 0 else { return [] }
    return ["setpriv", "--reuid", "\(Self.number)", "--regid", "\(Self.number)", "--clear-groups"]
  }

  static let number: UInt32 = 4242
  var number: UInt32 { self == .ordinary && geteuid() == 0 ? Self.number : geteuid() }
}

/// What a run printed.
struct Printed: Sendable {
  var text: String
  var pid: Int32
  var lines: [Substring] { text.split(separator: "\n") }

  /// The first word after a name at the start of a line.
  func field(_ name: String) -> String? {
    lines.last { $0.hasPrefix("\(name) ") }?.split(separator: " ").dropFirst().first.map(
      String.init)
  }
}

/// What a hostile job aims at: a secret, a victim, a server, a disk; all of them the test's own.
final class Target {
  let user: RunnerUser
  let scratch: Scratch
  let place: FilePath
  let files: FilePath
  private let secret: FilePath
  private let runner: FilePath
  private let victim: pid_t
  private let server: Int32
  private let abstract: Int32
  private var port: UInt16 = 0
  private var pids: [Int32] = []
  private static let secretText = Array("secret of the test\n".utf8)

  init(for user: RunnerUser) async throws {
    self.user = user
    scratch = try Scratch()
    place = scratch.path.appending("place")
    files = scratch.path.appending("files")
    secret = scratch.path.appending("key.json")
    runner = scratch.path.appending("sandbox-runner")
    // A user of the test's own may not be let into the checkout.
    let hostile = Vectors.checkout.appending("Tests/Hostile")
    let built = Programs.path("sandbox-runner")
    let copying = """
      mkdir '\(place)' && cp -r '\(hostile)' '\(files)' && chmod -R a+rX '\(files)' &&
      { ln '\(built)' '\(runner)' 2>/dev/null || cp '\(built)' '\(runner)'; }
      """
    try #require(unsafe system(copying) == 0)
    let descriptor = try FileDescriptor.open(
      secret, .writeOnly, options: [.create], permissions: [.ownerReadWrite])
    try descriptor.closeAfter { _ = try descriptor.writeAll(Self.secretText) }
    for path in [secret, place, files] {
      try #require(unsafe chown(path.string, user.number, user.number) == 0)
    }
    victim = try Self.start(user.prefix + ["sleep", "600"])
    server = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    abstract = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    try listen()
  }

  deinit {
    kill(victim, SIGKILL)
    waitpid(victim, nil, 0)
    close(server)
    close(abstract)
  }

  /// A job's arguments with what they aim at put in.
  func filled(_ arguments: [String]) -> [String] {
    arguments.map {
      switch $0 {
      case "$SECRET": secret.string
      case "$VICTIM": "\(victim)"
      case "$PORT": "\(port)"
      case "$SOCKET": socketName
      default: $0
      }
    }
  }

  /// Runs one hostile job and waits for its end.
  func run(
    _ kind: String, _ enforcement: String, _ limits: [String], _ job: String,
    _ arguments: [String]
  ) async throws -> Printed {
    try await run(
      [kind, enforcement, files.string, place.string] + limits + [
        "--", "/usr/bin/python3", "\(job).py",
      ] + arguments)
  }

  /// Runs the runner with these words.
  func run(_ words: [String]) async throws -> Printed {
    let command = user.prefix + [runner.string] + words
    let result = try await Subprocess.run(
      .path("/usr/bin/env"), arguments: Arguments(["SANDRUN_TEST_SECRET=1"] + command),
      input: .none, output: .bytes(limit: 1 << 20), error: .combinedWithOutput)
    let pid = Int32(result.processIdentifier.value)
    pids.append(pid)
    return Printed(text: String(decoding: result.standardOutput, as: UTF8.self), pid: pid)
  }

  /// What the words are that start the runner, for a test that is to kill it.
  func words(_ words: [String]) -> [String] { user.prefix + [runner.string] + words }

  /// Counts a runner that the test started itself among those that must leave nothing.
  func remember(_ pid: Int32) { pids.append(pid) }

  var isVictimAlive: Bool { waitpid(victim, nil, WNOHANG) == 0 }

  var secretIsIntact: Bool { (try? Vectors.bytes(of: secret)) == Self.secretText }

  func output(_ path: String) throws -> [UInt8] {
    try Vectors.bytes(of: place.appending("outputs").appending(path))
  }

  /// Folders and control groups that the runs so far should have removed.
  func leftovers() throws -> [String] {
    var groups = ["/var/tmp", place.string]
    for line in try Self.text("/proc/self/cgroup").split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      groups.append("/sys/fs/cgroup/\(parts[1])\(parts[2])")
      groups.append("/sys/fs/cgroup\(parts[2])")
    }
    return groups.flatMap { folder in
      Self.names(in: folder).filter { name in
        pids.contains { name.hasPrefix("sandrun-\($0).") }
      }
    }
  }

  // MARK: The test's own parts

  private var socketName: String { "sandrun-test-\(getpid())-\(victim)" }

  private func listen() throws {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = unsafe withUnsafeMutablePointer(to: &address) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe bind(server, $0, length) == 0 && getsockname(server, $0, &length) == 0
      }
    }
    try #require(isBound && Glibc.listen(server, 8) == 0)
    port = UInt16(bigEndian: address.sin_port)
    var local = sockaddr_un()
    local.sun_family = sa_family_t(AF_UNIX)
    let name = Array(socketName.utf8)
    unsafe withUnsafeMutableBytes(of: &local.sun_path) { unsafe $0[1...].copyBytes(from: name) }
    let size = socklen_t(MemoryLayout<sa_family_t>.size + 1 + name.count)
    let isThere = unsafe withUnsafePointer(to: &local) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe bind(abstract, $0, size) == 0
      }
    }
    try #require(isThere && Glibc.listen(abstract, 8) == 0)
  }

  /// Starts a program of the system and does not wait for it.
  static func start(_ words: [String]) throws -> pid_t {
    var arguments = unsafe words.map { unsafe strdup($0) } + [nil]
    defer { for index in unsafe arguments.indices { unsafe free(arguments[index]) } }
    var pid: pid_t = 0
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    let failure = unsafe posix_spawnp(&pid, words[0], &actions, nil, &arguments, environ)
    guard failure == 0 else { throw Errno(rawValue: failure) }
    return pid
  }

  static func text(_ path: String) throws -> String {
    String(decoding: try Vectors.bytes(of: FilePath(path)), as: UTF8.self)
  }

  static func names(in path: String) -> [String] {
    guard let folder = unsafe opendir(path) else { return [] }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
      names.append(
        unsafe withUnsafePointer(to: &entry.pointee.d_name) {
          unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
        })
    }
    return names
  }
}
