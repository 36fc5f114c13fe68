internal import Ethereum
internal import EthereumRPC
internal import HTTP
internal import Hashing
internal import Records
internal import Timing

/// What passes between us and one endpoint about a transaction.
struct BroadcastOffer: Sendable {
  /// A transaction is at an endpoint for certain only once that answers for it; it is asked for so long.
  static let lookLimit = Duration.seconds(6)

  /// A client of this endpoint alone.
  let client: EthereumClient
  /// The endpoint, where there are others.
  let endpoint: EthereumClient.Endpoint?
  let retries: Int
  let detail: @Sendable (String) -> Void

  /// The endpoint for messages.
  var name: String { endpoint?.name ?? "the node" }

  /// Offers a transaction until the node says that it has it, which may be since long ago.
  ///
  /// The same bytes have one hash, so that they may be offered twice. The node's chain is asked for before, once.
  func make(_ transaction: SignedTransaction) async throws(Refusal) {
    do throws(RPCError) { try await checkChain(of: transaction) } catch {
      throw Refusal(Failure(error), isDefinite: true, isJudged: error.isOfAnotherChain)
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
        else { throw lost(error, transaction, mayHaveArrived: mayHaveArrived) }
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

  /// Asks until the node answers for the transaction; no where it does not for a while, or where the task is cancelled.
  func comesToHold(_ transaction: SignedTransaction) async throws(RPCError) -> Bool {
    let end = ContinuousClock.now + Self.lookLimit
    var wait = Duration.milliseconds(20)
    while true {
      if try await isKnown(transaction) { return true }
      guard !Task.isCancelled, .now + wait < end else { return false }
      detail("\(name) does not know \(transaction.hash) yet")
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
    let words = "\(name) refuses \(transaction.hash): \(refusal.shownMessage)"
    do throws(RPCError) {
      // Where it says that it has it, some patience: its neighbour behind the same address may answer.
      let isHeld =
        meaning == .alreadyKnown
        ? try await comesToHold(transaction) : try await isKnown(transaction)
      if isHeld {
        detail(
          meaning == .alreadyKnown
            ? "\(name) knows \(transaction.hash) already"
            : "\(name) refuses \(transaction.hash) (\(refusal.shownMessage)), but has it")
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

  private func lost(
    _ error: RPCError, _ transaction: SignedTransaction, mayHaveArrived: Bool
  ) -> Refusal {
    guard mayHaveArrived else {
      return Refusal(Failure(error), isDefinite: true, isJudged: false)
    }
    var failure = Failure(error)
    failure = Failure(
      failure.status == .unavailable ? .temporary : failure.status,
      "the answer was lost, and \(transaction.hash) may be with \(name): \(error)",
      code: "lost-answer", hint: BroadcastRefusal.unclear.hint, isRetryable: true)
    return Refusal(failure, isDefinite: false)
  }

  typealias Refusal = Broadcaster.Refusal
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
