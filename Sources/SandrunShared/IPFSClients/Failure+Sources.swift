internal import Records

extension Failure {
  /// The gravest first: what the user has to mend himself, who lies, what failed, what may do better later, who is not there.
  private static let gravity: [Status] = [
    .configuration, .permission, .data, .protocolViolation, .io, .temporary, .unavailable,
  ]

  /// Why none of several sources gave something, by what each of them said.
  ///
  /// The status and the code are those of the gravest failure; it is worth another try where one of them is.
  init(_ beginning: String, _ reasons: [Failure], haveNone: Int, of count: Int) {
    let gravest = reasons.min { Self.rank($0.status) < Self.rank($1.status) }
    var words = reasons.map(\.message)
    if haveNone > 0 { words.append("\(haveNone) of \(count) have none") }
    self.init(
      gravest?.status ?? .unavailable,
      "\(beginning): \(words.joined(separator: "; "))", code: gravest?.code,
      hint: gravest?.hint, isRetryable: reasons.isEmpty || reasons.contains(where: \.isRetryable))
  }

  private static func rank(_ status: Status) -> Int {
    gravity.firstIndex(of: status) ?? gravity.count
  }
}
