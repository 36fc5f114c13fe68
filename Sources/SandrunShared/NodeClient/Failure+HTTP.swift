internal import HTTP
internal import Records

extension Failure {
  /// What a tool says where a call to a node had no good answer.
  ///
  /// `isRepeatable`: whether the record may be fed again; not so where an answer was lost that cannot be asked for twice.
  init(_ error: HTTPError, isRepeatable: Bool = true) {
    let mayRepeat = isRepeatable || error.sent == .nothing || Self.isRefusal(error)
    switch error.category {
    case .unreachable:
      self.init(
        .unavailable, "\(error)", hint: "is the node running? see --endpoint", isRetryable: true)
    case .temporary:
      guard mayRepeat else {
        self.init(
          .temporary, "\(error)", code: "lost-answer",
          hint: "the node may have taken the job; it knows no keys, so that nobody can tell",
          isRetryable: false)
        return
      }
      self.init(.temporary, Self.words(of: error), isRetryable: true)
    case .protocolViolation: self.init(.protocolViolation, "\(error)")
    case .permission: self.init(.permission, Self.words(of: error))
    case .refused:
      if case .status(let answer) = error.cause, answer.status == 404 {
        self.init(.missingInput, Self.words(of: error), code: "not-found")
      } else {
        self.init(.data, Self.words(of: error), code: "refused")
      }
    case .local: self.init(.io, "\(error)")
    case .cancelled: self.init(.temporary, "interrupted", code: "interrupted", isRetryable: true)
    }
  }

  /// Whether the node itself said that it did not take the request.
  private static func isRefusal(_ error: HTTPError) -> Bool {
    guard case .status(let answer) = error.cause else { return false }
    return answer.status == 429 || answer.status == 503
  }

  /// The node's own words where it gives some in the API's form, else the error's.
  private static func words(of error: HTTPError) -> String {
    guard case .status(let answer) = error.cause, let body = try? JSON(parsing: answer.body),
      let told = body["error"]?.string
    else { return "\(error)" }
    let details = body["details"]?.string.map { ": \($0)" } ?? ""
    let words = (told + details).unicodeScalars.prefix(400)
    return "\(error.url) answers \(answer.status): \(String(String.UnicodeScalarView(words)))"
  }
}
