internal import HTTP
internal import Records

/// A service's answer that is an error, in its own words.
struct PinningAnswer: Sendable {
  let url: String
  let status: Int
  /// The word for machines; empty where there is none.
  let reason: String
  /// The words for people.
  let words: String
  let retryAfter: Duration?

  init(_ answer: HTTPErrorAnswer, from url: HTTPURL) {
    self.url = "\(url)"
    status = answer.status
    retryAfter = answer.retryAfter
    let body = try? JSON(parsing: answer.body)
    let error = body?["error"]
    let reason = Self.bounded(error?["reason"]?.string ?? error?.string ?? "")
    let details = Self.bounded(error?["details"]?.string ?? body?["message"]?.string ?? "")
    self.reason = reason
    let told = [reason, details].filter { !$0.isEmpty }.joined(separator: ": ")
    words = told.isEmpty ? "\(answer)" : "\(status): \(told)"
  }

  private static func bounded(_ text: String) -> String {
    let scalars = text.unicodeScalars
    return scalars.count > 200 ? String(String.UnicodeScalarView(scalars.prefix(200))) + "…" : text
  }

  /// Whether the service says that it has the request already.
  ///
  /// The specification's 409 is for a lack of funds; services use it, and 400, for this.
  var isDuplicate: Bool {
    let word = reason.uppercased()
    if word.contains("DUPLICATE") || word.contains("ALREADY") { return true }
    return status == 409 && !isPoor
  }

  /// Whether it is a matter of money.
  var isPoor: Bool {
    status == 402 || status < 500 && reason.uppercased().contains("FUNDS")
  }
}

/// Why a call of a service had no good answer.
enum PinningError: Error {
  case answered(PinningAnswer)
  case http(HTTPError)
  /// What came is not what belongs there.
  case nonsense(String)
  /// It came to no call.
  case failed(Failure)

  /// Whether a request may have been taken, though no good answer says so.
  var mayHaveArrived: Bool {
    switch self {
    case .answered(let answer): answer.status >= 500 && answer.status != 503
    case .http(let error): error.sent == .maybe && error.category != .cancelled
    case .nonsense: true
    case .failed: false
    }
  }

  /// What a tool says.
  func failure(_ service: PinningService) -> Failure {
    switch self {
    case .answered(let answer): Self.failure(answer, service)
    case .http(let error): Self.failure(error, service)
    case .nonsense(let words):
      Failure(.protocolViolation, "\(service.name) answers with \(words)", code: "bad-answer")
    case .failed(let failure): failure
    }
  }

  private static func failure(_ answer: PinningAnswer, _ service: PinningService) -> Failure {
    let told = "\(service.name) answers \(answer.words)"
    switch answer.status {
    case _ where answer.isPoor:
      return Failure(.permission, told, code: "insufficient-funds")
    case 401, 403, 407:
      return Failure(
        .permission,
        "\(service.name) refuses the token from \(service.token.place): \(answer.words)",
        code: "token-refused", hint: "have \(service.url) make a new one, with the right to pin")
    case 404:
      return Failure(
        .configuration, "\(told) at \(answer.url)", code: "no-service",
        hint: "is \(service.url) the address of its API? see pinning.NAME.url")
    case 408, 425, 429:
      let wait = answer.retryAfter.map { ", and asks to wait for \($0.components.seconds) s" } ?? ""
      return Failure(.temporary, told + wait)
    case 500...599: return Failure(.unavailable, told)
    case 400..<500: return Failure(.data, told, code: "refused")
    default:
      return Failure(.protocolViolation, told, hint: "no redirect is followed with a token in hand")
    }
  }

  private static func failure(_ error: HTTPError, _ service: PinningService) -> Failure {
    let told = "\(service.name): \(error)"
    return switch error.category {
    case .unreachable:
      Failure(.unavailable, told, hint: "is \(service.url) the address of its API?")
    case .temporary, .refused: Failure(.temporary, told)
    case .protocolViolation: Failure(.protocolViolation, told)
    case .permission: Failure(.permission, told)
    case .local: Failure(.io, told)
    case .cancelled: Failure(.temporary, "interrupted", code: "interrupted", isRetryable: true)
    }
  }
}
