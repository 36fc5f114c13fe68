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
    let deadline = deadline
    while true {
      let status = try await patientStatus(of: reference, until: deadline)
      if status.state.isFinal { return status }
      _ = try await follow(reference, until: deadline, patience: Self.patience)
    }
  }

  /// A job's status, from a node that may be down for a while.
  private func patientStatus(
    of reference: JobReference, until deadline: ContinuousClock.Instant?
  ) async throws(Failure) -> JobStatus {
    var backoff = Backoff(base: .milliseconds(100), limit: .seconds(2))
    let start = ContinuousClock.now
    while true {
      do throws(Failure) {
        let status = try await status(of: reference)
        if backoff.count > 0 { world.note("\(reference.endpoint) is back") }
        return status
      } catch {
        guard error.isRetryable, error.code != "interrupted",
          ContinuousClock.now - start < Self.patience
        else { throw error }
        if backoff.count == 0 { world.note("\(error.message); waiting for it") }
      }
      let wait = backoff.next()
      if let deadline, ContinuousClock.now + wait > deadline { throw Self.late(reference) }
      do { try await Task.sleep(for: wait) } catch {
        throw Failure(.temporary, "interrupted", code: "interrupted", isRetryable: true)
      }
    }
  }

  /// The time for one record is up.
  static func late(_ reference: JobReference) -> Failure {
    Failure(
      .temporary, "job \(reference.id) is not over yet", code: "timeout",
      hint: "feed the record to 'sr-job wait' again", isRetryable: true)
  }
}
