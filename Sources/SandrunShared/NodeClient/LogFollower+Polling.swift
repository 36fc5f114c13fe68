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
      // The state before the output: where it is final, the output is whole.
      if let status = try await status(), try await ask(status) {
        backoff.reset()
        if status.state.isFinal { return status.state }
      }
      try await pause(for: backoff.next())
    }
  }

  /// Asks for the output that is new, and tells state and output; false where nothing was new, or the node gave no answer.
  private func ask(_ status: JobStatus) async throws(Failure) -> Bool {
    if !status.state.isFinal { try await tell(status.state) }
    let before = progress.offset
    let answer: JSON
    do throws(Failure) {
      answer = try await nodes.json(
        .get,
        reference.endpoint.url("logs", "\(reference.id)", query: ["offset": "\(before)"]),
        about: reference)
    } catch {
      try isGone(error)
      return false
    }
    try await take(answer, status)
    if status.state.isFinal { try await tell(status.state) }
    return status.state.isFinal || progress.offset > before
  }

  private func take(_ answer: JSON, _ status: JobStatus) async throws(Failure) {
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
    try await tell(pieces)
  }

  private func pause(for wait: Duration) async throws(Failure) {
    let end = ContinuousClock.now + wait
    do { try await ContinuousClock().sleep(until: deadline.map { min($0, end) } ?? end) } catch {
      throw .interrupted
    }
    if let deadline, deadline <= .now { throw late }
  }
}
