public import EthereumRPC
public import Ethereum
internal import Hashing
internal import HTTP
public import Records
internal import Timing

/// Hands signed transactions to a node, and says for certain what became of them, or that nobody can tell.
public struct Broadcaster: Sendable {
  /// How a transaction did not get to the node.
  public struct Refusal: Error, Sendable {
    /// What a tool says, and how it ends.
    public var failure: Failure
    /// Whether the node certainly does not have it, so that its nonce is free and another may be made.
    public var isDefinite: Bool

    init(_ failure: Failure, isDefinite: Bool) {
      self.failure = failure
      self.isDefinite = isDefinite
    }
  }

  /// The node has it for certain only once it answers for it; it is asked for so long.
  static let lookLimit = Duration.seconds(6)

  let client: EthereumClient
  /// How often the same bytes are offered again where the answer was lost.
  let retries: Int
  /// Told what helps to understand a run.
  let detail: @Sendable (String) -> Void

  /// A broadcaster to a node.
  public init(
    _ client: EthereumClient, retries: Int, detail: @escaping @Sendable (String) -> Void
  ) {
    self.client = client
    self.retries = retries
    self.detail = detail
  }

  /// The same broadcaster by the client of one record.
  func asking(_ node: EthereumClient) -> Broadcaster {
    Broadcaster(node, retries: retries, detail: detail)
  }

  /// Offers a transaction until the node says that it has it, which may be since long ago.
  ///
  /// The same bytes have one hash, so that they may be offered twice. The node's chain is asked for before, once.
  public func broadcast(_ transaction: SignedTransaction) async throws(Refusal) {
    do throws(RPCError) { try await checkChain(of: transaction) } catch {
      throw Refusal(Failure(error), isDefinite: true)
    }
    let request = RPCRequest(
      "eth_sendRawTransaction", [.string(Hex.encode(transaction.raw))], isRepeatable: false)
    let end = client.deadline ?? .now + client.options.timeout
    var backoff = Backoff()
    var mayHaveArrived = false
    var attempt = 0
    while true {
      let answer: Result<JSON, RPCFailure>
      do throws(RPCError) { answer = try await client.batch([request])[0] } catch {
        mayHaveArrived = mayHaveArrived || error.mayHaveArrived
        let asked = error.retryAfter ?? .zero
        let wait = max(backoff.next(), asked)
        guard error.isPassing, attempt < retries,
          asked <= client.options.http.retryAfterLimit,
          .now + wait < end, !Task.isCancelled
        else { throw Self.lost(error, transaction, mayHaveArrived: mayHaveArrived) }
        attempt += 1
        detail("\(error); offering the same transaction again")
        try? await Task.sleep(for: wait)
        continue
      }
      switch answer {
      case .success(let value): return try Self.check(value, transaction)
      case .failure(let refusal):
        return try await judge(refusal, of: transaction, mayHaveArrived: mayHaveArrived)
      }
    }
  }

  /// Sees that the node answers for the transaction: a hash in answer to the broadcast is not a promise.
  public func look(for transaction: SignedTransaction) async throws(Failure) {
    let isHeld: Bool
    do throws(RPCError) { isHeld = try await comesToHold(transaction) } catch {
      throw Failure(error)
    }
    guard !isHeld else { return }
    guard !Task.isCancelled else { throw .interrupted }
    throw Failure(
      .temporary,
      "the node took \(transaction.hash), but does not know it: it may have dropped it",
      code: "not-held", hint: "fed again, the record offers the same transaction again")
  }

  /// Asks until the node answers for the transaction; no where it does not for a while, or where the task is cancelled.
  private func comesToHold(_ transaction: SignedTransaction) async throws(RPCError) -> Bool {
    let end = ContinuousClock.now + Self.lookLimit
    var wait = Duration.milliseconds(20)
    while true {
      if try await isKnown(transaction) { return true }
      guard !Task.isCancelled, .now + wait < end else { return false }
      detail("the node does not know \(transaction.hash) yet")
      try? await Task.sleep(for: wait)
      wait = min(wait * 2, .seconds(1))
    }
  }

  private func checkChain(of transaction: SignedTransaction) async throws(RPCError) {
    guard let wanted = transaction.transaction.chainId else {
      detail("\(transaction.hash) names no chain: any chain may take it")
      return
    }
    let found = try await client.chainId()
    guard found == wanted else {
      throw .wrongChain(url: client.name, expected: wanted, found: found)
    }
  }

  private static func check(
    _ answer: JSON, _ transaction: SignedTransaction
  ) throws(Refusal) {
    let value = RPCValue(answer, method: "eth_sendRawTransaction")
    do throws(RPCError) {
      let hash = try value.digest()
      guard hash == transaction.hash else {
        throw value.flaw(
          "the hash is \(hash), where that of the transaction is \(transaction.hash)")
      }
    } catch {
      throw Refusal(Failure(error), isDefinite: false)
    }
  }

  /// Reads a refusal: the node may have the transaction all the same, whatever it says, so that it is asked.
  private func judge(
    _ refusal: RPCFailure, of transaction: SignedTransaction, mayHaveArrived: Bool
  ) async throws(Refusal) {
    let meaning = BroadcastRefusal(code: refusal.code, message: refusal.message)
    let words = "the node refuses \(transaction.hash): \(refusal.shownMessage)"
    do throws(RPCError) {
      // Where it says that it has it, some patience: its neighbour behind the same address may answer.
      let isHeld =
        meaning == .alreadyKnown
        ? try await comesToHold(transaction) : try await isKnown(transaction)
      if isHeld {
        detail(
          meaning == .alreadyKnown
            ? "the node knows \(transaction.hash) already"
            : "the node refuses \(transaction.hash) (\(refusal.shownMessage)), but has it")
        return
      }
    } catch {
      guard case .refused(let silence) = error else {
        throw Refusal(Failure(error), isDefinite: false)
      }
      throw Self.uncertain("\(words); and whether it has it, it does not say: \(silence)")
    }
    guard !Task.isCancelled else { throw Refusal(.interrupted, isDefinite: false) }
    guard meaning != .alreadyKnown else {
      throw Self.uncertain("\(words); but it does not know it")
    }
    guard !mayHaveArrived || meaning == .unclear else {
      // An earlier offer was not answered, and another node may speak now.
      throw Self.uncertain("\(words), after an offer that was not answered", "lost-answer")
    }
    throw Refusal(
      Failure(meaning.status, words, code: meaning.rawValue, hint: meaning.hint),
      isDefinite: meaning.isDefinite)
  }

  private static func uncertain(
    _ words: String, _ code: String = BroadcastRefusal.unclear.rawValue
  ) -> Refusal {
    Refusal(
      Failure(.temporary, words, code: code, hint: BroadcastRefusal.unclear.hint),
      isDefinite: false)
  }

  /// Whether the node has the transaction, in its pool or in a block.
  private func isKnown(_ transaction: SignedTransaction) async throws(RPCError) -> Bool {
    let request = RPCRequest("eth_getTransactionByHash", [.string("\(transaction.hash)")])
    let value = RPCValue(try await client.call(request), method: request.method)
    if value.isNull { return false }
    let hash = try value.member("hash").digest()
    let from = try value.member("from").address()
    guard hash == transaction.hash, from == transaction.from else {
      throw value.flaw("it is \(hash) of \(from), where \(transaction.hash) was asked for")
    }
    return true
  }

  private static func lost(
    _ error: RPCError, _ transaction: SignedTransaction, mayHaveArrived: Bool
  ) -> Refusal {
    guard mayHaveArrived else { return Refusal(Failure(error), isDefinite: true) }
    var failure = Failure(error)
    failure = Failure(
      failure.status == .unavailable ? .temporary : failure.status,
      "the answer was lost, and \(transaction.hash) may be with the node: \(error)",
      code: "lost-answer", hint: BroadcastRefusal.unclear.hint, isRetryable: true)
    return Refusal(failure, isDefinite: false)
  }
}

extension RPCError {
  /// Whether the node may have seen the call, and acted on it.
  fileprivate var mayHaveArrived: Bool {
    switch self {
    case .http(let error): error.sent == .maybe && !error.isTurnedAway
    case .malformed, .badAnswer: true
    case .refused, .wrongChain, .otherGenesis: false
    case .unanswered(let errors), .noQuorum(_, _, _, let errors):
      errors.contains(where: \.mayHaveArrived)
    case .disagreement: true
    }
  }
}

extension HTTPError {
  /// Whether a server said that it did not take the request up.
  ///
  /// Not so where it said that there are too many: what stands between may have asked several nodes.
  fileprivate var isTurnedAway: Bool {
    guard case .status(let answer) = cause else { return false }
    return [401, 403, 404, 405, 407, 413, 415].contains(answer.status)
  }
}
