package import EthereumRPC
internal import HTTP

extension RPCError {
  /// The errors of the single endpoints, where several were asked; else the error itself.
  private var causes: [RPCError] {
    switch self {
    case .unanswered(let errors), .noQuorum(_, _, _, let errors):
      errors.isEmpty ? [self] : errors.flatMap(\.causes)
    default: [self]
    }
  }

  /// Whether a node refuses what was asked, though not for good: it may not have the block yet, or no more.
  var isRefusal: Bool {
    let refusals = causes.compactMap { if case .refused(let refusal) = $0 { refusal } else { nil } }
    return !refusals.isEmpty && !refusals.contains(where: \.isMissingMethod)
  }

  /// Whether fewer blocks may be answered where these were not: in doubt it is tried, since nodes say it in all ways.
  package var mayBeTooMuch: Bool {
    causes.contains { cause in
      switch cause {
      case .refused(let refusal): return !refusal.isMissingMethod
      case .malformed: return true
      case .http(let error):
        switch error.cause {
        case .timedOut(let bound): return bound != .connect
        case .broken, .truncated, .tooLarge: return true
        case .status(let answer): return ![401, 403, 407].contains(answer.status)
        default: return false
        }
      default: return false
      }
    }
  }

  /// Whether it is an answer that cannot be: worth asking again, but not for ever.
  var isLie: Bool {
    causes.contains { if case .badAnswer = $0 { true } else { false } }
  }

  /// Whether it stays as it is, however long one waits.
  var isPermanent: Bool {
    causes.contains { cause in
      switch cause {
      case .wrongChain, .otherGenesis: true
      case .http(let error): error.category == .local
      default: false
      }
    }
      || causes.allSatisfy { cause in
        if case .refused(let refusal) = cause { refusal.isMissingMethod } else { false }
      }
  }
}
