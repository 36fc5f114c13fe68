internal import Commands
internal import NodeAPI
internal import Records
internal import Timing

extension Nodes {
  /// A node that gives no answer for so long is given up.
  static let patience = Duration.seconds(300)

  /// The status of a job once it is over; a node that restarts meanwhile is waited for.
  ///
  /// Throws 75 where the time is up.
  func final(of reference: JobReference) async throws(Failure) -> JobStatus {
    let deadline = timeout.map { ContinuousClock.now + $0 }
    var backoff = Backoff(base: .milliseconds(100), limit: .seconds(2))
    var lastAnswer = ContinuousClock.now
    var isLost = false
    while true {
      do throws(Failure) {
        let status = try await status(of: reference)
        if status.state.isFinal { return status }
        if isLost { world.note("\(reference.endpoint) is back") }
        (lastAnswer, isLost) = (.now, false)
      } catch {
        guard error.isRetryable, error.code != "interrupted",
          ContinuousClock.now - lastAnswer < Self.patience
        else { throw error }
        if !isLost { world.note("\(error.message); waiting for it") }
        isLost = true
      }
      let wait = backoff.next()
      if let deadline, ContinuousClock.now + wait > deadline { throw late(reference) }
      do { try await Task.sleep(for: wait) } catch {
        throw Failure(.temporary, "interrupted", code: "interrupted", isRetryable: true)
      }
    }
  }

  private func late(_ reference: JobReference) -> Failure {
    Failure(
      .temporary, "job \(reference.id) is not over yet", code: "timeout",
      hint: "feed the record to 'sr-job wait' again", isRetryable: true)
  }
}
