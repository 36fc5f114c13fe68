internal import Commands
internal import NodeAPI
internal import Records
internal import WebSocket

extension LogFollower {
  /// Judges a connection that broke or did not come about: whether another one is worth its while.
  func goesOn(after ending: WebSocketEnding) async throws(Failure) -> Bool {
    if case .failed(let error) = ending {
      nodes.world.detail("\(error)")
      if let failure = permanent(error) { throw failure }
    }
    guard try await status() != nil else { return true }
    // The node answers, so that it is the WebSocket that does not get through.
    failures += 1
    if case .failed(.refused(_, let refusal)) = ending,
      ![429, 502, 503, 504].contains(refusal.status)
    {
      return false
    }
    return failures < 3
  }

  /// What no other attempt will mend.
  private func permanent(_ error: WebSocketError) -> Failure? {
    switch error {
    case .refused(_, let refusal):
      switch refusal.status {
      case 404:
        Failure(
          .missingInput, "\(reference.endpoint) knows no job \(reference.id)", code: "no-such-job")
      case 401, 403, 407: Failure(.permission, "\(error)")
      default: nil
      }
    case .protocolViolation, .tooLarge: lie("\(error)")
    case .cannotTrust: Failure(.configuration, "\(error)")
    case .badURL, .badRequest: Failure(.internalError, "\(error)")
    default: nil
    }
  }

  /// The job's status, which is told; nil, after a word to the user, where the node gives no answer for now.
  func status() async throws(Failure) -> JobStatus? {
    let status: JobStatus
    do throws(Failure) {
      status = try await nodes.status(of: reference)
      guard status.id == reference.id else {
        throw lie("it answers for job \(status.id)")
      }
    } catch {
      try isGone(error)
      return nil
    }
    isBack()
    return status
  }

  /// Takes note of a node that gives no answer; throws what no patience mends.
  func isGone(_ error: Failure) throws(Failure) {
    guard error.isRetryable, error.code != Failure.interrupted.code else { throw error }
    if let deadline, deadline <= .now { throw Nodes.late(reference) }
    if let patience, ContinuousClock.now - lastAnswer >= patience { throw error }
    if !isLost { nodes.world.note("\(error.message); waiting for it") }
    isLost = true
  }

  func isBack() {
    if isLost { nodes.world.note("\(reference.endpoint) is back") }
    (lastAnswer, isLost) = (.now, false)
  }

  /// A node that cannot be believed.
  func lie(_ reason: String) -> Failure {
    Failure(
      .protocolViolation, "bad log of job \(reference.id) from \(reference.endpoint): \(reason)",
      code: "node-lies")
  }
}
