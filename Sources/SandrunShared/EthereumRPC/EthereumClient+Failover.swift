internal import HTTP
internal import Records
internal import Timing

extension EthereumClient {
  /// So long an endpoint is waited for at first where another can be asked; each time all failed, twice as long.
  private static let patience = Duration.seconds(10)

  /// Asks one endpoint after the other until one answers; those that failed of late are asked behind the others.
  ///
  /// A single endpoint is asked as often as its HTTP client repeats; of several each is asked once before any is again.
  func inTurn(
    _ requests: [RPCRequest], withIdentity: Bool = false
  ) async throws(RPCError) -> [Result<JSON, RPCFailure>] {
    guard shared.endpoints.count > 1 else {
      return try await ask(
        requests, of: endpoints[0], until: deadline, withIdentity: withIdentity)
    }
    let end = deadline ?? .now + options.timeout
    var backoff = options.http.backoff
    var round = 0
    while true {
      let failed: [RPCError]
      switch try await oneRound(round, requests, until: end) {
      case .answered(let results): return results
      case .failed(let errors): failed = errors
      }
      // As soon as one of them may be better.
      let passing = failed.filter(\.isPassing)
      let asked = passing.map { $0.retryAfter ?? .zero }.min() ?? .zero
      let wait = max(backoff.next(), asked)
      guard round < options.http.retries, !passing.isEmpty,
        asked <= options.http.retryAfterLimit, .now + wait < end, !Task.isCancelled
      else { throw failed.count == 1 ? failed[0] : .unanswered(failed) }
      options.onRetry("\(failed.map { "\($0)" }.joined(separator: "; ")); trying again")
      try? await Task.sleep(for: wait)
      round += 1
    }
  }

  private enum Round {
    case answered([Result<JSON, RPCFailure>])
    case failed([RPCError])
  }

  /// Asks each endpoint once, until one answers.
  private func oneRound(
    _ round: Int, _ requests: [RPCRequest], until end: ContinuousClock.Instant
  ) async throws(RPCError) -> Round {
    let order = order()
    let isRepeatable = requests.allSatisfy(\.isRepeatable)
    var errors: [RPCError] = []
    var second: [Result<JSON, RPCFailure>]?
    for (endpoint, next) in zip(order, order.dropFirst().map { $0 as Endpoint? } + [nil]) {
      // What may have an effect is not given up for another endpoint, and neither is the last chance.
      let isPatient =
        !isRepeatable || next == nil && (order.count == 1 || round >= options.http.retries)
      let bound = isPatient ? end : min(end, .now + Self.patience * (1 << min(round, 10)))
      let reason: String
      do throws(Refusal) {
        let results = try await answers(to: requests, of: endpoint, until: bound)
        guard let flaw = Self.flaw(in: results, to: requests), next != nil || second != nil else {
          endpoint.recover()
          return .answered(results)
        }
        if flaw.isRateLimit { endpoint.rest() }
        // The first one's word, where the others have none that is better.
        second = second ?? results
        reason = "\(endpoint.name): \(flaw.shownMessage)"
      } catch {
        if error.error.isOfEndpoint { endpoint.rest(error.error.retryAfter) }
        guard error.passesOn else { throw error.error }
        errors.append(error.error)
        reason = "\(error.error)"
      }
      guard let next, .now < end, !Task.isCancelled else { break }
      options.onRetry("\(reason); asking \(next.name) in its place")
    }
    return second.map { .answered($0) } ?? .failed(errors)
  }

  /// Those that answered well last, in the order in which they were named, before those that rest.
  private func order() -> [Endpoint] {
    guard endpoints.count > 1 else { return endpoints }
    let now = ContinuousClock.now
    return endpoints.enumerated().map { (place: $0, until: $1.restsUntil(now), endpoint: $1) }
      .sorted { ($0.until, $0.place) < ($1.until, $1.place) }.map(\.endpoint)
  }

  /// Why an endpoint gave no answer, and whether another may be asked in its place.
  private struct Refusal: Error {
    var error: RPCError
    var passesOn: Bool
  }

  private func answers(
    to requests: [RPCRequest], of endpoint: Endpoint, until end: ContinuousClock.Instant
  ) async throws(Refusal) -> [Result<JSON, RPCFailure>] {
    var isRepeatable = true
    do throws(RPCError) {
      if !requests.allSatisfy({ RPCRequest.reads($0.method) }) {
        // What is asked before an effect may be asked of anybody.
        _ = try await ask([], of: endpoint, until: end)
        isRepeatable = requests.allSatisfy(\.isRepeatable)
      }
      return try await ask(requests, of: endpoint, until: end)
    } catch {
      throw Refusal(error: error, passesOn: error.passesOn(isRepeatable: isRepeatable))
    }
  }

  /// A refusal that another endpoint need not repeat: of too many calls, or of state that this one does not have.
  ///
  /// Not so where the call may have had an effect; and of logs, such words are about their number.
  private static func flaw(
    in results: [Result<JSON, RPCFailure>], to requests: [RPCRequest]
  ) -> RPCFailure? {
    guard requests.allSatisfy(\.isRepeatable) else { return nil }
    for case .failure(let refusal) in results {
      if refusal.isRateLimit || refusal.isMissingState
        || refusal.isPassing && refusal.method != "eth_getLogs"
      {
        return refusal
      }
    }
    return nil
  }
}

extension RPCError {
  /// Whether it says that the endpoint is not well.
  fileprivate var isOfEndpoint: Bool {
    switch self {
    case .http(let error): error.category != .cancelled && error.category != .local
    case .malformed, .badAnswer, .refused: true
    case .wrongChain, .otherGenesis, .unanswered, .noQuorum, .disagreement: false
    }
  }

  /// Whether another endpoint may be asked: not where an effect may have come about, nor where it is our own fault.
  fileprivate func passesOn(isRepeatable: Bool) -> Bool {
    switch self {
    case .http(let error): isOfEndpoint && (isRepeatable || error.sent == .nothing)
    default: isOfEndpoint && isRepeatable
    }
  }
}

extension RPCFailure {
  /// Whether it is said of the caller's rate, not of the call: some servers say it with HTTP's 200.
  var isRateLimit: Bool {
    if code == 429 { return true }
    let words = message.lowercased()
    return ["rate limit", "too many requests"].contains { words.contains($0) }
  }
}
