internal import HTTP
public import Records

extension Failure {
  /// What a tool says where a node gave no good answer: the one place that gives it a status.
  public init(_ error: RPCError) {
    switch error {
    case .http(let error): self.init(ofHTTP: error)
    case .malformed: self.init(.protocolViolation, "\(error)", code: "not-rpc")
    case .badAnswer: self.init(.protocolViolation, "\(error)", code: "bad-answer")
    case .refused(let failure): self.init(failure)
    case .wrongChain:
      self.init(
        .protocolViolation, "\(error)", code: "wrong-chain",
        hint: "see --chain, and the chainId of the transaction")
    case .otherGenesis:
      self.init(
        .protocolViolation, "\(error)", code: "wrong-chain",
        hint: "all endpoints must be nodes of one chain")
    case .unanswered(let errors):
      let failures = errors.map { Failure($0) }
      let status = failures.map(\.status)
      self.init(
        status.allSatisfy { $0 == .unavailable }
          ? .unavailable : status.contains(.temporary) ? .temporary : .protocolViolation,
        "\(error)", code: "no-endpoint", hint: "see --rpc-url",
        isRetryable: failures.contains(where: \.isRetryable))
    case .noQuorum:
      self.init(
        .unavailable, "\(error)", code: "no-quorum", hint: "see --rpc-url and --quorum",
        isRetryable: true)
    case .disagreement:
      self.init(
        .protocolViolation, "\(error)", code: "disagreement",
        hint: "one of them is behind, on another branch, or lies", isRetryable: true)
    }
  }

  /// What a tool says where a node refuses a call.
  ///
  /// A revert is an answer (1); too many calls, a node that is not ready and time that ran out may pass (75); state that
  /// the node has no more is missing (66); a method that it does not have is its fault (76); all else is the caller's (65).
  public init(_ refusal: RPCFailure) {
    if refusal.isRevert {
      self.init(.answerNo, "\(refusal.method): \(refusal.shownMessage)", code: "reverted")
    } else if refusal.isMissingMethod {
      self.init(.protocolViolation, "\(refusal)", code: "no-such-method")
    } else if refusal.isPassing {
      self.init(.temporary, "\(refusal)", code: "node-busy")
    } else if refusal.isMissingState {
      self.init(
        .missingInput, "\(refusal)", code: "no-such-state",
        hint: "only archive nodes have the state of old blocks")
    } else {
      self.init(.data, "\(refusal)", code: "refused")
    }
  }

  private init(ofHTTP error: HTTPError) {
    switch error.category {
    case .unreachable:
      self.init(
        .unavailable, "\(error)", hint: "is the node running? see --rpc-url", isRetryable: true)
    case .temporary: self.init(.temporary, "\(error)", isRetryable: true)
    case .protocolViolation: self.init(.protocolViolation, "\(error)")
    case .permission: self.init(.permission, "\(error)")
    case .refused: self.init(.protocolViolation, "\(error)", code: "not-rpc")
    case .local: self.init(.io, "\(error)")
    case .cancelled: self.init(.temporary, "interrupted", code: "interrupted", isRetryable: true)
    }
  }
}

extension RPCFailure {
  /// Whether it may be answered well later: geth has one code for all, so that only its words tell.
  var isPassing: Bool {
    let words = message.lowercased()
    // A call that fails for good, whatever its code.
    let isFinal = ["gas limit", "gas required", "out of gas", "revert"].contains {
      words.contains($0)
    }
    if isFinal { return false }
    switch code {
    case -32005, -32002, -32603, 429: return true
    default: break
    }
    return [
      "rate limit", "limit exceeded", "too many requests", "indexing is in progress", "timeout",
      "timed out", "syncing",
    ].contains { words.contains($0) }
  }

  /// Whether the node once had what is asked for, or will never have it.
  var isMissingState: Bool {
    [
      "header not found", "header for hash not found", "missing trie node", "unknown block",
      "block not found", "beyond head block",
    ].contains { message.lowercased().contains($0) }
  }
}

extension Failure {
  /// What a tool says where no fee can be offered.
  public init(_ error: FeeError) {
    switch error {
    case .answer(let answer): self.init(answer)
    case .capTooLow:
      self.init(
        .data, "\(error)", code: "fee-too-low",
        hint: "such a transaction would wait until the base fee falls; see --max-fee",
        isRetryable: true)
    case .absurd:
      self.init(
        .protocolViolation, "\(error)", code: "fee-too-high",
        hint: "if that is right, allow it with --max-fee")
    case .tipAboveCap: self.init(.usage, "\(error)", code: "fee-options")
    }
  }
}
