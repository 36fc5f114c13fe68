internal import Commands
internal import NodeAPI
package import Records
internal import Timing

extension Nodes {
  /// A node that gives no answer for so long is given up.
  static let patience = Duration.seconds(300)

  /// The status of a job once it is over; a node that restarts meanwhile is waited for.
  ///
  /// Throws 75 where the time is up.
  func final(of reference: JobReference) async throws(Failure) -> JobStatus {
    let deadline = deadline
    let status = try await patientStatus(of: reference, until: deadline)
    if status.state.isFinal { return status }
    _ = try await follow(reference, until: deadline, patience: Self.patience)
    let ended = try await patientStatus(of: reference, until: deadline)
    guard ended.state.isFinal else {
      let state = ended.state.rawValue
      throw Failure(
        .protocolViolation,
        "\(reference.endpoint) says that job \(reference.id) is over, and that it is \(state)",
        code: "node-lies")
    }
    return ended
  }

  private enum Course<Value: Sendable>: Sendable {
    case ended(Result<Value, Failure>)
    case late
  }

  /// Does work that must be over within the time for one record.
  package func inTime<Value: Sendable>(
    late: Failure, _ body: @escaping @Sendable () async throws(Failure) -> Value
  ) async throws(Failure) -> Value {
    guard let timeout else { return try await body() }
    let result = await withTaskGroup(of: Course<Value>.self) { group -> Result<Value, Failure> in
      group.addTask {
        do throws(Failure) { return .ended(.success(try await body())) } catch {
          return .ended(.failure(error))
        }
      }
      group.addTask {
        try? await Task.sleep(for: timeout)
        return .late
      }
      let first = await group.next()
      group.cancelAll()
      await group.waitForAll()
      if case .ended(let result)? = first { return result }
      return .failure(late)
    }
    return try result.get()
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
