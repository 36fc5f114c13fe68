import Files
import Hashing
import IPFS
import Proofs
import Records
import Sandbox
import Synchronization
import SystemPackage

/// Writes down what a run does while it does it: the trace, the ends of its streams, and, where asked, all of stdout.
final class RunLog: Sendable {
  private struct State {
    var tails: [TraceStream: [UInt8]] = [.stdout: [], .stderr: []]
    var enforcement = ""
    var failure: Failure?
  }

  private let trace: TraceWriter
  private let path: FilePath
  private let kept: FileDescriptor?
  private let state = Mutex(State())
  private let follow: Follower

  /// Hears each event after it was written down.
  typealias Follower = @Sendable (SandboxEvent) throws(Failure) -> Void

  /// How much of the end of a stream `result.logs` holds.
  static let tailLength = 8192

  init(
    writingTo path: FilePath, start: TraceStart, keeping stdout: FilePath?,
    following follow: @escaping Follower
  ) throws(Failure) {
    self.path = path
    self.follow = follow
    do throws(ProofError) { trace = try TraceWriter(creating: path, start: start) } catch {
      throw Failure(error, in: path)
    }
    do {
      kept = try stdout.map {
        try FileDescriptor.open(
          $0, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
          permissions: .ownerReadWrite)
      }
    } catch {
      throw Failure(.cannotCreate, "cannot keep the job's standard output: \(error)")
    }
  }

  deinit { try? kept?.close() }

  /// What holds the run to its limits.
  var enforcement: String { state.withLock { $0.enforcement } }

  /// Takes an event; a failure to write it is kept for the end, and the job is not disturbed.
  func hear(_ event: SandboxEvent) {
    do throws(Failure) {
      switch event {
      case .started(let enforcement): state.withLock { $0.enforcement = enforcement }
      case .output(let stream, _, let bytes): try take(bytes, stream)
      case .sample(let usage):
        let sample = TraceSample(
          cpuTime: .microseconds(Int(usage.cpuSeconds * 1e6)), memory: usage.memory,
          processes: usage.processes)
        try tracing { () throws(ProofError) in try trace.sample(sample) }
      case .exited: break
      }
      try follow(event)
    } catch {
      state.withLock { $0.failure = $0.failure ?? error }
    }
  }

  private func take(_ bytes: [UInt8], _ stream: OutputStream) throws(Failure) {
    let stream: TraceStream = stream == .stdout ? .stdout : .stderr
    state.withLock { state in
      var tail = state.tails[stream] ?? []
      tail += bytes.suffix(Self.tailLength)
      state.tails[stream] = tail.suffix(Self.tailLength)
    }
    try tracing { () throws(ProofError) in try trace.output(stream, bytes.span) }
    guard stream == .stdout, let kept else { return }
    do { _ = try kept.writeAll(bytes) } catch {
      throw Failure(.io, "cannot keep the job's standard output: \(error)")
    }
  }

  /// Writes the end of the run; gives `result.logs`.
  func finish(_ ending: Ending, limit: Int) throws(Failure) -> JSON {
    if let failure = state.withLock({ $0.failure }) { throw failure }
    let logs = try tracing { () throws(ProofError) in
      try trace.exit(
        status: ending.status, reason: ending.reason, exitCode: ending.exitCode,
        signal: ending.signal, usage: ending.usage, truncated: ending.cut)
    }
    return [
      "stdout": json(.stdout, logs.stdout, limit), "stderr": json(.stderr, logs.stderr, limit),
    ]
  }

  /// Completes the trace.
  func finish(outputs: JobOutputs, isSynced: Bool) throws(Failure) {
    try tracing { () throws(ProofError) in
      try trace.finish(
        outputs: outputs.files, folder: outputs.folder?.description, isSynced: isSynced)
    }
  }

  private func json(_ stream: TraceStream, _ log: TraceLog, _ limit: Int) -> JSON {
    let bytes = state.withLock { $0.tails[stream] ?? [] }
    // Not from the middle of a character on.
    let start = log.size > bytes.count ? bytes.firstIndex { $0 & 0xC0 != 0x80 } ?? 0 : 0
    var tail = String(decoding: bytes[start...], as: UTF8.self)
    if log.isTruncated { tail += "\n[cut here: the limit of \(limit) bytes is reached]\n" }
    return [
      "tail": .string(tail), "size": .integer(log.size),
      "sha256": .string(Hex.digits(log.sha256.bytes)), "truncated": .bool(log.isTruncated),
    ]
  }

  private func tracing<T>(_ body: () throws(ProofError) -> T) throws(Failure) -> T {
    do { return try body() } catch { throw Failure(error, in: path) }
  }
}
