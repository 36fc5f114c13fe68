internal import CLinux
internal import Glibc
internal import SystemPackage

/// A signer's command while it runs: it has one line on its standard input, and answers one on its output.
///
/// Its input is a file in memory, so that a command that does not read it is no harm; it gets standard error and
/// the terminal as they are, and no other descriptor of ours. What is given up is ended with all that it started:
/// see `SignerFamily`. The C function is `posix_spawn`.
struct SignerProcess: ~Copyable {
  /// How it came to its end.
  enum End {
    case answered([UInt8])
    case failed(status: Int32)
    case tooLong
    case timedOut
    case stopped
  }

  /// The longest answer, in bytes.
  static let answerLimit = 1 << 16

  private let pid: Int32
  private let family: SignerFamily
  private let watch: Int32
  private let output: Int32
  private var isReaped = false

  init(_ command: String, environment: [String: String], input: [UInt8]) throws(Errno) {
    let file = unsafe sr_memfd_create("signer")
    guard file >= 0 else { throw Errno(rawValue: errno) }
    defer { close(file) }
    try Self.fill(file, input)
    var ends: [Int32] = [-1, -1]
    guard unsafe sr_pipe(&ends) == 0 else { throw Errno(rawValue: errno) }
    let (readEnd, writeEnd) = (ends[0], ends[1])
    defer { close(writeEnd) }
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_adddup2(&actions, file, 0)
    unsafe posix_spawn_file_actions_adddup2(&actions, writeEnd, 1)
    unsafe sr_spawn_close_from(&actions, 3)
    let hasTerminal = SignerFamily.hasTerminal
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    if !hasTerminal {
      unsafe posix_spawnattr_setpgroup(&attributes, 0)
      unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    }
    let variables = environment.map { "\($0.key)=\($0.value)" }
    var started: Int32 = 0
    let failure = unsafe Self.withCStrings(["sh", "-c", command]) { arguments in
      unsafe Self.withCStrings(variables) { environment in
        unsafe posix_spawn(&started, "/bin/sh", &actions, &attributes, arguments, environment)
      }
    }
    guard failure == 0 else {
      close(readEnd)
      throw Errno(rawValue: failure)
    }
    let watch = sr_pidfd_open(started)
    guard watch >= 0 else {
      let reason = Errno(rawValue: errno)
      close(readEnd)
      kill(started, SIGKILL)
      waitpid(started, nil, 0)
      throw reason
    }
    self.pid = started
    self.family = SignerFamily(of: started, isGroup: !hasTerminal)
    self.watch = watch
    self.output = readEnd
  }

  deinit {
    if !isReaped {
      family.kill()
      waitpid(pid, nil, 0)
    }
    close(watch)
    close(output)
  }

  private static func fill(_ file: Int32, _ input: [UInt8]) throws(Errno) {
    do {
      let descriptor = FileDescriptor(rawValue: file)
      try descriptor.writeAll(input)
      try descriptor.seek(offset: 0, from: .start)
    } catch {
      throw error as? Errno ?? .ioError
    }
  }

  /// Waits for the answer and the end; by then the process is gone.
  mutating func finish(within timeout: Duration, stop: Int32) -> End {
    let deadline = ContinuousClock.now + timeout
    var answer: [UInt8] = []
    var isOpen = true
    while true {
      let left = ContinuousClock.now.duration(to: deadline)
      guard left > .zero else { return interrupt(.timedOut) }
      var watched = [
        pollfd(fd: isOpen ? output : -1, events: Int16(POLLIN), revents: 0),
        pollfd(fd: watch, events: Int16(POLLIN), revents: 0),
        pollfd(fd: stop, events: Int16(POLLIN), revents: 0),
      ]
      let pause = min(left.components.seconds * 1000 + 1000, 60_000)
      guard unsafe poll(&watched, 3, Int32(pause)) >= 0 || errno == EINTR else {
        return interrupt(.stopped)
      }
      if watched[2].revents != 0 { return interrupt(.stopped) }
      if watched[0].revents != 0 {
        isOpen = read(&answer)
        guard answer.count <= Self.answerLimit else { return interrupt(.tooLong) }
      } else if watched[1].revents != 0 {
        // It has ended, and nothing is left in the pipe; a child of its own may hold that open.
        let status = reap()
        return status == 0 ? .answered(answer) : .failed(status: status)
      }
    }
  }

  /// Takes what there is; false at the end.
  private func read(_ answer: inout [UInt8]) -> Bool {
    var count = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: 4096) { buffer, filled in
      unsafe count = Glibc.read(output, buffer.baseAddress, 4096)
      filled = max(0, count)
    }
    answer += bytes
    return count > 0 || count < 0 && errno == EINTR
  }

  private mutating func interrupt(_ end: End) -> End {
    family.end(within: .seconds(2))
    _ = reap()
    return end
  }

  /// The exit status, or 128 and the signal, as a shell has it.
  private mutating func reap() -> Int32 {
    var status: Int32 = 0
    while unsafe waitpid(pid, &status, 0) < 0, errno == EINTR {}
    isReaped = true
    return status & 0x7f == 0 ? status >> 8 & 0xff : 128 + status & 0x7f
  }

  private static func withCStrings<Value>(
    _ texts: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Value
  ) -> Value {
    var pointers: [UnsafeMutablePointer<CChar>?] = unsafe texts.map { unsafe strdup($0) }
    unsafe pointers.append(nil)
    defer { for index in unsafe pointers.indices { unsafe free(pointers[index]) } }
    return unsafe pointers.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { preconditionFailure("an array with an element") }
      return unsafe body(base)
    }
  }
}
