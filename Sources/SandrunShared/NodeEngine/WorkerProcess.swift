internal import CLinux
internal import Dispatch
internal import Files
internal import Synchronization
internal import SystemPackage

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A worker that was started: a process that runs jobs and holds no key.
///
/// It gets standard input and output, the worker's lock and standard error, and no other descriptor of ours. It ends
/// when its input does, and so never outlives this process by more than it takes to kill what it runs.
public final class WorkerProcess: Sendable {
  let pid: Int32
  private let input: FileDescriptor
  private let output: FileDescriptor
  private let state = Mutex(State())
  private let writing = DispatchQueue(label: "sandrun.worker.orders")
  private let reading = DispatchQueue(label: "sandrun.worker.answers")

  private struct State {
    var isClosed = false
    var isReaped = false
  }

  /// What it says, in order; nil once at its end.
  typealias Listener = @Sendable (WorkerAnswer?) -> Void

  /// Starts a worker for a node, which an engine will listen to.
  public convenience init(_ program: WorkerProgram, of node: NodeFolder) throws(EngineError) {
    try self.init(program, lock: node.workerLock)
  }

  init(_ program: WorkerProgram, lock: FileDescriptor) throws(EngineError) {
    let orders = try Self.pipe()
    let answers: (read: FileDescriptor, write: FileDescriptor)
    do throws(EngineError) { answers = try Self.pipe() } catch {
      for end in [orders.read, orders.write] { try? end.close() }
      throw error
    }
    defer {
      try? orders.read.close()
      try? answers.write.close()
    }
    do throws(EngineError) {
      pid = try Self.spawn(
        program, [(0, orders.read.rawValue), (1, answers.write.rawValue), (3, lock.rawValue)])
    } catch {
      try? orders.write.close()
      try? answers.read.close()
      throw error
    }
    input = orders.write
    output = answers.read
  }

  deinit {
    kill()
    try? output.close()
    let (isClosed, isReaped) = state.withLock { ($0.isClosed, $0.isReaped) }
    if !isClosed { try? input.close() }
    if !isReaped { waitpid(pid, nil, 0) }
  }

  /// Begins to hear it; what is no answer ends it by force.
  func listen(_ listener: @escaping Listener) {
    reading.async { [self] in
      var cutter = LineCutter()
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      hearing: while true {
        let count = unsafe buffer.withUnsafeMutableBytes {
          unsafe (try? output.read(into: $0)) ?? 0
        }
        if count == 0 { break }
        cutter.append(buffer[..<count])
        while let line = cutter.next() {
          guard let answer = WorkerAnswer(line) else { break hearing }
          listener(answer)
        }
        if cutter.isOverlong { break }
      }
      kill()
      state.withLock { state in
        waitpid(pid, nil, 0)
        state.isReaped = true
      }
      listener(nil)
    }
  }

  /// Hands it an order, without waiting; one that is gone hears nothing.
  func send(_ order: WorkerOrder) {
    writing.async { [self] in
      guard !state.withLock({ $0.isClosed }) else { return }
      _ = try? input.writeAll(order.line + [UInt8(ascii: "\n")])
    }
  }

  /// Lets it end all jobs and itself.
  func close() {
    writing.async { [self] in
      let isFirst = state.withLock { state in
        defer { state.isClosed = true }
        return !state.isClosed
      }
      if isFirst { try? input.close() }
    }
  }

  /// Ends it at once; its jobs die with it.
  func kill() {
    state.withLock { state in
      if !state.isReaped { _ = Glibc.kill(pid, SIGKILL) }
    }
  }

  private static func pipe() throws(EngineError) -> (read: FileDescriptor, write: FileDescriptor) {
    var ends: [Int32] = [0, 0]
    guard unsafe sr_pipe(&ends) == 0 else {
      throw .store("cannot make a pipe: \(Errno(rawValue: errno))")
    }
    return (FileDescriptor(rawValue: ends[0]), FileDescriptor(rawValue: ends[1]))
  }

  /// Starts a program in a session of its own with these descriptors and standard error; the C function is `posix_spawn`.
  private static func spawn(
    _ program: WorkerProgram, _ descriptors: [(there: Int32, here: Int32)]
  ) throws(EngineError) -> Int32 {
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
    unsafe sr_spawn_close_from(&actions, 4)
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe posix_spawnattr_setsigmask(&attributes, &signals)
    unsafe sigfillset(&signals)
    unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
    // A terminal's Ctrl-C is for the node, which tells its worker when to stop.
    let flags = Int32(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF) | 0x80  // POSIX_SPAWN_SETSID
    unsafe posix_spawnattr_setflags(&attributes, Int16(flags))
    var pid: Int32 = 0
    let variables = program.environment.map { "\($0.key)=\($0.value)" }
    let failure = unsafe withCStrings([program.name] + program.arguments) { argv in
      unsafe withCStrings(variables) { envp in
        unsafe posix_spawn(&pid, program.path.string, &actions, &attributes, argv, envp)
      }
    }
    guard failure == 0 else {
      throw .store("cannot start \(program.path): \(Errno(rawValue: failure))")
    }
    return pid
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
