internal import WebSocket

extension WebSocketHeads {
  /// How one connection came to its end.
  enum Ending: Equatable, Sendable {
    case socket(WebSocketError)
    case closed(WebSocketClose)
    case flaw(HeadSubscription.Flaw)
    /// An answer that never came, or heads that did not.
    case silent(String)
    case flood

    /// In words for people, without the address.
    var reason: String {
      switch self {
      case .socket(let error): Self.reason(error)
      case .closed(let close): "the node closed the connection: \(close)"
      case .flaw(.nonsense(let reason)): "nonsense: \(reason)"
      case .flaw(.wrongChain(let found)): "it is on chain \(found)"
      case .flaw(.unsupported(let reason)): "it has no subscriptions: \(reason)"
      case .flaw(.refused(let reason)): reason
      case .silent(let what): what
      case .flood: "more messages than there can be blocks"
      }
    }

    var isWrongChain: Bool {
      if case .flaw(.wrongChain) = self { true } else { false }
    }

    /// What the server asks for before the next try.
    var retryAfter: Duration? {
      guard case .socket(.refused(_, let refusal)) = self else { return nil }
      return refusal.retryAfter.map { .seconds($0) }
    }

    /// Whether another try would end the same way.
    ///
    /// A node that cannot be reached may be restarting. What has worked once, or was named by the user, may work again.
    func isFinal(named isNamed: Bool, hasWorked: Bool) -> Bool {
      switch self {
      case .flaw(.wrongChain): return true
      case .flaw(.unsupported): return !hasWorked
      case .socket(.badURL), .socket(.badRequest), .socket(.cannotTrust): return true
      case .socket(.refused(_, let refusal)):
        let isPassing = refusal.status >= 500 && refusal.status != 501 || refusal.status == 429
        return !isPassing && !isNamed && !hasWorked
      case .socket(.redirected), .socket(.badHandshake), .socket(.notSecure):
        return !isNamed && !hasWorked
      default: return false
      }
    }

    private static func reason(_ error: WebSocketError) -> String {
      switch error {
      case .badURL(_, let reason), .badRequest(let reason), .cannotConnect(_, let reason),
        .notSecure(_, let reason):
        reason
      case .cannotResolve(_, let reason): "its host has no address: \(reason)"
      case .timedOut(_, let after): "no answer after \(after.shownSeconds)"
      case .refused(_, let refusal): "it answered \(refusal)"
      case .redirected(_, let status, _): "it answered \(status), a redirection"
      case .badHandshake(_, let reason): "no WebSocket: \(reason)"
      case .idle(let after): "nothing was heard for \(after.shownSeconds)"
      default: "\(error)"
      }
    }
  }
}
