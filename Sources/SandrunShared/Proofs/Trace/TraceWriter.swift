internal import Files
internal import Hashing
internal import Records
internal import Synchronization
public import SystemPackage

/// Writes what happens to a job while it happens: `trace.jsonl.zst`, JSON Lines in seekable zstd.
///
/// Any thread may call it. A call takes microseconds, or about a millisecond when it closes a frame (256 KiB of text, or
/// a second since the last); nothing is synced before `finish`, so the job never waits for the disk. What is in a closed
/// frame is with the system: `kill -9` of this process loses at most the last second and leaves a readable prefix.
/// Output is recorded by offset, length and SHA-256, never by content; writes of the job are joined until they are
/// 64 KiB or a second old, so a trace stays small whatever a job prints. Call `sample` at least once a second: it is
/// also what moves the clock of a silent job. The order is: the initializer, `output` and `sample` as they come, `exit`, `finish`.
/// After an error every later call throws the same one, and the file keeps what it had.
public final class TraceWriter: Sendable {
  private let descriptor: FileDescriptor
  private let state: Mutex<TraceState>
  private let now: @Sendable () -> Duration

  /// Creates the file, which must not exist, mode 0600, and writes the first line to it.
  public convenience init(creating path: FilePath, start: TraceStart) throws(ProofError) {
    let beginning = ContinuousClock.now
    try self.init(creating: path, start: start) { ContinuousClock.now - beginning }
  }

  /// The same with a clock of the caller's that tells the time since the beginning.
  init(creating path: FilePath, start: TraceStart, now: @escaping @Sendable () -> Duration)
    throws(ProofError)
  {
    let descriptor: FileDescriptor
    do {
      descriptor = try FileDescriptor.open(
        path, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
        permissions: .ownerReadWrite)
    } catch {
      throw .file(FileError("create", path, error as? Errno ?? .ioError))
    }
    do throws(ProofError) {
      var state = try TraceState(descriptor, named: path)
      try state.add(.start(start), at: now())
      try state.closeFrame(at: now())
      self.state = Mutex(state)
    } catch {
      try? descriptor.close()
      throw error
    }
    self.descriptor = descriptor
    self.now = now
  }

  deinit { try? descriptor.close() }

  /// Records bytes that the job wrote; they need not end at any boundary.
  public func output(_ stream: TraceStream, _ bytes: Span<UInt8>) throws(ProofError) {
    try locked { (state, time) throws(ProofError) in
      try state.output(stream, bytes, at: time)
    }
  }

  /// Records what the job uses now.
  public func sample(_ sample: TraceSample) throws(ProofError) {
    try locked { (state, time) throws(ProofError) in
      try state.add(.sample(sample), at: time)
      try state.tick(at: time)
    }
  }

  /// Records how the job ended and returns the size and SHA-256 of each of its streams.
  ///
  /// `truncated` names the streams of which the job wrote more than `output` was given.
  @discardableResult
  public func exit(
    status: String, reason: String? = nil, exitCode: Int?, signal: Int? = nil, usage: TraceUsage,
    truncated: Set<TraceStream> = []
  ) throws(ProofError) -> (stdout: TraceLog, stderr: TraceLog) {
    try locked { (state, time) throws(ProofError) in
      let (stdout, stderr) = try state.finishStreams(truncated: truncated, at: time)
      let exit = TraceExit(
        status: status, reason: reason, exitCode: exitCode, signal: signal, usage: usage,
        stdout: stdout, stderr: stderr)
      try state.add(.exit(exit), at: time)
      try state.closeFrame(at: time)
      return (stdout, stderr)
    }
  }

  /// Records the files that the job left and the CID of their folder, completes the file and waits, where it is asked to,
  /// until it is on disk.
  public func finish(
    outputs: [TraceOutput], folder: String?, isSynced: Bool = true
  ) throws(ProofError) {
    try locked { (state, time) throws(ProofError) in
      for output in outputs.sorted(by: { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }) {
        try state.add(.output(output), at: time)
      }
      try state.finish(folder: folder, isSynced: isSynced, at: time)
    }
  }

  private func locked<Result: Sendable>(
    _ body: @Sendable (inout TraceState, Duration) throws(ProofError) -> Result
  ) throws(ProofError) -> Result {
    try state.withLock { (state) throws(ProofError) in
      // The clock is read under the lock: time must not run back from one line to the next.
      let time = now()
      return try state.guarded { (state) throws(ProofError) in try body(&state, time) }
    }
  }
}
