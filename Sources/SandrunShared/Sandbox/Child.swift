import CLinux
import Glibc
import SystemPackage

/// A program started with exactly the descriptors that are named.
///
/// Not by swift-subprocess: it hands on descriptors 0 to 2 only, and the gate, the filter and the made-up files of
/// a sandbox need more. The C function is `posix_spawn`.
struct Child: ~Copyable {
  let pid: Int32
  let descriptor: Descriptor
  private var isReaped = false

  /// Starts a program in a session of its own.
  ///
  /// `descriptors` are what it gets: the number there, the number here. All else is closed in it.
  init(
    _ arguments: [String], environment: [String], descriptors: [(there: Int32, here: Int32)]
  ) throws(SandboxError) {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    // First out of the way of the numbers to be given, then to their places.
    let clear = (descriptors.flatMap { [$0.here, $0.there] }.max() ?? 2) + 1
    for (index, pair) in descriptors.enumerated() {
      unsafe posix_spawn_file_actions_adddup2(&actions, pair.here, clear + Int32(index))
    }
    for (index, pair) in descriptors.enumerated() {
      unsafe posix_spawn_file_actions_adddup2(&actions, clear + Int32(index), pair.there)
    }
    let last = descriptors.map(\.there).max() ?? 2
    unsafe sr_spawn_close_from(&actions, last + 1)

    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe posix_spawnattr_setsigmask(&attributes, &signals)
    unsafe sigfillset(&signals)
    unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
    let flags = Int32(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF) | 0x80  // POSIX_SPAWN_SETSID
    unsafe posix_spawnattr_setflags(&attributes, Int16(flags))

    var started: Int32 = 0
    let failure: Int32 = unsafe Self.withCStrings(arguments) { argv in
      unsafe Self.withCStrings(environment) { envp in
        guard let path = unsafe argv[0] else { return EINVAL }
        return unsafe posix_spawn(&started, path, &actions, &attributes, argv, envp)
      }
    }
    guard failure != E2BIG else { throw .tooManyWords }
    guard failure == 0 else {
      throw .system("start \(arguments[0])", Errno(rawValue: failure))
    }
    let watched = sr_pidfd_open(started)
    guard watched >= 0 else {
      let reason = Errno(rawValue: errno)
      kill(started, SIGKILL)
      waitpid(started, nil, 0)
      throw .system("watch process \(started)", reason)
    }
    pid = started
    descriptor = Descriptor(owning: watched)
  }

  deinit {
    guard !isReaped else { return }
    kill(pid, SIGKILL)
    waitpid(pid, nil, 0)
  }

  /// Sends a signal while the process is not yet reaped, so that its number is still its own.
  borrowing func signal(_ number: Int32) { _ = sr_pidfd_send_signal(descriptor.number, number) }

  /// What is left of it; blocks until it has ended.
  mutating func reap() -> Remains {
    isReaped = true
    return Self.reap(pid) ?? Remains()
  }

  /// What is left of a process that has ended; nil where it is no child of ours.
  static func reap(_ pid: Int32) -> Remains? {
    var status: Int32 = 0
    var usage = rusage()
    while unsafe wait4(pid, &status, 0, &usage) < 0 {
      guard errno == EINTR else { return nil }
    }
    let seconds = Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
    let micros = Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec)
    return Remains(
      status: status, cpuSeconds: seconds + micros / 1e6, memoryPeak: usage.ru_maxrss << 10)
  }

  /// The wait status of a process, and what it and the children it waited for used.
  struct Remains {
    var status: Int32 = 0
    var cpuSeconds = 0.0
    /// Bytes of the largest of them.
    var memoryPeak = 0
  }

  private static func withCStrings<R>(
    _ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> R
  ) -> R {
    var pointers = unsafe strings.map { unsafe strdup($0) }
    unsafe pointers.append(nil)
    defer { for index in unsafe pointers.indices { unsafe free(pointers[index]) } }
    return unsafe pointers.withUnsafeMutableBufferPointer {
      guard let base = $0.baseAddress else { preconditionFailure("the list ends in nil") }
      return unsafe body(base)
    }
  }
}
