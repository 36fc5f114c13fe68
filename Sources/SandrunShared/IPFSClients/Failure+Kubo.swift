internal import HTTP
internal import Records

extension Failure {
  /// What a tool says where a node gave no good answer: the one place that gives it a status.
  init(_ error: HTTPError, from node: KuboRPC, _ command: KuboRPC.Command) {
    switch error.cause {
    case .status(let answer): self.init(answer, error, from: node, command)
    case .truncated:
      self.init(
        .protocolViolation, "\(node.name) ended its answer to \(command.name) before it was whole",
        code: "truncated", isRetryable: true)
    case .timedOut(.idle), .timedOut(.slow):
      self.init(
        .temporary, "\(error)", code: "silent", hint: "--idle-timeout waits longer",
        isRetryable: true)
    default:
      switch error.category {
      case .unreachable:
        self.init(
          .unavailable, "\(error)", code: "unreachable",
          hint: "is the Kubo node running? see --api", isRetryable: true)
      case .temporary: self.init(.temporary, "\(error)", isRetryable: true)
      case .protocolViolation: self.init(.protocolViolation, "\(error)")
      case .permission: self.init(.permission, "\(error)")
      case .refused: self.init(.data, "\(error)", code: "refused")
      case .local: self.init(.io, "\(error)")
      case .cancelled: self = .interrupted
      }
    }
  }

  /// A status that is an error; Kubo's own are 500 with a message, 400 for what it cannot read, 403, 404 and 405 before any command.
  private init(
    _ answer: HTTPErrorAnswer, _ error: HTTPError, from node: KuboRPC, _ command: KuboRPC.Command
  ) {
    let told = (try? JSON(parsing: answer.body))?["Message"]?.string
    switch answer.status {
    case 401, 407:
      self.init(
        .permission, "\(node.name) answers \(answer.status): it wants to be told who we are",
        code: "unauthorized", hint: "see --api-auth")
    case 403:
      self.init(
        .permission, "\(node.name) answers 403: it refuses us \(command.name)", code: "forbidden",
        hint: "its API.Authorizations say what is allowed to whom; see --api-auth")
    case 404 where told == nil, 405 where told == nil:
      self.init(
        .protocolViolation, "\(node.name) answers \(answer.status) to \(command.name)",
        code: "no-rpc", hint: "is this the node's RPC port (5001), and not its gateway?")
    case 408, 425, 429, 502, 503, 504: self.init(.temporary, "\(error)", isRetryable: true)
    default:
      let words = told ?? Self.plain(answer.body)
      guard !words.isEmpty else {
        let status: Status = answer.status >= 500 ? .unavailable : .protocolViolation
        self.init(status, "\(error)", code: "node-error")
        return
      }
      self.init(kubo: words, from: node, command)
    }
  }

  /// What Kubo says went wrong, in a status of 500, on a line of its own, or behind the body.
  init(kubo words: String, from node: KuboRPC, _ command: KuboRPC.Command) {
    let message = "\(node.name): \(command.name): \(String(words.unicodeScalars.prefix(600)))"
    func says(_ parts: String...) -> Bool { parts.contains { words.contains($0) } }
    if says("block was not found locally", "ipld: could not find", "failed to fetch all nodes") {
      self.init(.unavailable, message, code: "not-found", isRetryable: true)
    } else if says("context deadline exceeded") {
      self.init(
        .unavailable, message, code: "not-found",
        hint: "nobody gave it in time; see --idle-timeout",
        isRetryable: true)
    } else if says("online mode") {
      self.init(
        .unavailable, message, code: "offline", hint: "the node runs with --offline",
        isRetryable: true)
    } else if says("is not pinned", "not pinned or pinned indirectly", "was not recursively pinned")
    {
      self.init(.missingInput, message, code: "not-pinned")
    } else if says("already pinned recursively") {
      self.init(.data, message, code: "pinned-recursively")
    } else if says(
      "invalid path", "invalid cid", "this dag node is a directory", "no link named",
      "content integrity", "unexpected EOF", "could not convert value", "is required",
      "must be one of")
    {
      self.init(.data, message, code: "refused")
    } else {
      self.init(.unavailable, message, code: "node-error", isRetryable: true)
    }
  }

  /// The first line of a body that is text.
  private static func plain(_ body: [UInt8]) -> String {
    guard let text = String(validating: body.prefix(600), as: UTF8.self),
      !text.contains(where: { $0 == "<" || $0 == "{" })
    else { return "" }
    return String(text.prefix { !$0.isNewline })
  }
}
