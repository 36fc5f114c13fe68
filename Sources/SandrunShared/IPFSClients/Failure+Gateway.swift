internal import HTTP
internal import Records

extension Failure {
  /// What a gateway's or router's answer, or the lack of one, means for whoever asked it.
  init(gateway error: HTTPError, _ name: String) {
    switch error.cause {
    case .status(let answer) where [404, 410].contains(answer.status):
      self.init(
        .unavailable, "\(name) answers \(answer.status): it has none", code: "not-found",
        isRetryable: true)
      return
    case .status(let answer)
    where answer.status == 429 || answer.status == 503 && answer.retryAfter != nil:
      self.init(.temporary, "\(error)", code: "busy", isRetryable: true)
      return
    case .outOfReach:
      self.init(
        .unavailable, "\(error)", code: "out-of-reach",
        hint: "--private-gateways lets strangers name such addresses", isRetryable: false)
      return
    case .timedOut(.slow):
      self.init(.temporary, "\(error)", code: "silent", isRetryable: true)
      return
    case .timedOut(.idle):
      self.init(
        .temporary, "\(error)", code: "silent", hint: "--idle-timeout waits longer",
        isRetryable: true)
      return
    case .truncated:
      self.init(.temporary, "\(error)", code: "truncated", isRetryable: true)
      return
    default: break
    }
    switch error.category {
    case .unreachable:
      self.init(.unavailable, "\(error)", code: "unreachable", isRetryable: true)
    case .temporary: self.init(.temporary, "\(error)", isRetryable: true)
    case .protocolViolation: self.init(.protocolViolation, "\(error)")
    case .permission: self.init(.permission, "\(error)")
    case .refused: self.init(.unavailable, "\(error)", code: "refused", isRetryable: false)
    case .local: self.init(.io, "\(error)")
    case .cancelled: self = .interrupted
    }
  }
}
