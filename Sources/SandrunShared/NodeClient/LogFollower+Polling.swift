internal import Commands
internal import HTTPTypes
internal import NodeAPI
internal import Records
internal import Timing

extension LogFollower {
  /// Goes on without WebSockets: asks for the state, then for the output, until the job is over.
  func poll() async throws(Failure) -> JobState {
    nodes.world.detail("no WebSocket gets through to \(reference.endpoint); asking again and again")
    var backoff = Self.backoff
    while true {
      let before = progress.offset
      // The state before the output: where it is final, the output is whole.
      if let status = try await status() {
        let isWhole = try await tell(status)
        if isWhole, status.state.isFinal { return status.state }
      }
      if progress.offset > before { backoff.reset() }
      try await pause(for: backoff.next())
    }
  }

  /// Tells state and output as they are; false where the node gave no answer.
  private func tell(_ status: JobStatus) async throws(Failure) -> Bool {
    if !status.state.isFinal { try await tell(status.state) }
    var start = -1
    while onOutput != nil, progress.offset > start {
      start = progress.offset
      guard let answer = try await output() else { return false }
      // Our own nodes answer with so many messages, others with all of the text.
      guard let messages = answer["messages"]?.elements else {
        try await takeText(answer, status)
        break
      }
      try await take(messages)
    }
    if status.state.isFinal { try await tell(status.state) }
    return true
  }

  /// What the node answers to a question for output; nil where it gives no answer for now.
  private func output() async throws(Failure) -> JSON? {
    do throws(Failure) {
      return try await nodes.json(
        .get,
        reference.endpoint.url(
          "logs", "\(reference.id)", query: ["offset": "\(progress.offset)"]),
        about: reference)
    } catch {
      try isGone(error)
      return nil
    }
  }

  private func take(_ messages: [JSON]) async throws(Failure) {
    for message in messages {
      let told: LogMessage
      do throws(APIError) { told = try LogMessage(message) } catch { throw lie("\(error)") }
      guard told.kind.stream != nil else { throw lie("it tells news where output is due") }
      _ = try await take(told)
    }
  }

  private func takeText(_ answer: JSON, _ status: JobStatus) async throws(Failure) {
    guard let stdout = answer["stdout"]?.string, let stderr = answer["stderr"]?.string else {
      throw lie("its answer has no \"stdout\" and \"stderr\"")
    }
    guard progress.isFromStart else {
      throw Failure(
        .unavailable,
        "no WebSocket gets through to \(reference.endpoint), and without one output cannot go on at byte \(progress.offset)",
        code: "no-websocket", isRetryable: false)
    }
    let pieces: [LogProgress.Piece]
    do throws(LogBreach) {
      pieces = try progress.take(
        stdout: stdout, stderr: stderr, isFinal: status.state.isFinal, isAnew: status.starts > 1)
    } catch {
      throw lie(error.reason)
    }
    for piece in pieces { try await onOutput?(piece.stream, piece.bytes) }
  }

  private func pause(for wait: Duration) async throws(Failure) {
    let end = ContinuousClock.now + wait
    do { try await ContinuousClock().sleep(until: deadline.map { min($0, end) } ?? end) } catch {
      throw .interrupted
    }
    if let deadline, deadline <= .now { throw Nodes.late(reference) }
  }
}
