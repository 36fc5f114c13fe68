internal import Commands
internal import Ethereum
internal import EthereumRPC
internal import Hashing
internal import Records
internal import WideInteger

extension Failure {
  /// The code of what cannot offer more, since a bound is in the way.
  static let aboveCapCode = "fee-above-cap"
}

extension TransactionReplacer {
  /// So often more is offered at once where a node says that another offer with the nonce is higher.
  private static let raiseLimit = 12

  /// What a node says of a nonce, and of the price of gas.
  private struct Market {
    var fees: [Result<JSON, RPCFailure>]
    /// Whether one of those that are known is in a block, or the nonce is used.
    var isUsed: Bool
    /// The gas that a transfer of nothing to oneself takes.
    var gas: UInt64
  }

  /// What was signed, and how that becomes certain.
  private struct Signed {
    var alternative: TransactionAlternative
    var record: Record
    /// Which of the journal's signatures it is.
    var number: Int
    /// That of the first of its entry, where it was made here.
    var first: Int?
  }

  /// Signs one more transaction and offers it; where the node has a higher offer, more and more, within bounds.
  ///
  /// Where no node takes it, the record is the one of the last offer that a node took, if there is one.
  func attempt(
    _ slot: Slot, _ record: Record, _ emitter: Emitter, _ id: Int, isFirst: Bool = true,
    offered: Record? = nil
  ) async throws(Failure) -> Attempt {
    let market = try await market(of: slot)
    guard !market.isUsed else { return .used }
    if isFirst { try tellCancelled(slot, record) }
    var refused: [Transaction.Fees] = []
    var last: Failure?
    for _ in 0..<Self.raiseLimit {
      let signed = try await sign(slot, record, over: refused, market)
      watcher.learn([signed.alternative], of: id)
      guard let transaction = signed.alternative.transaction else { break }
      emitter.keep(signed.record)
      do throws(Broadcaster.Refusal) { try await broadcaster.broadcast(transaction) } catch {
        guard error.isDefinite else { throw error.failure }
        guard try await void(signed.number, error.failure, slot) else {
          throw Failure(
            .temporary, "\(error.failure.message); but it was offered again meanwhile",
            code: BroadcastRefusal.unclear.rawValue, hint: BroadcastRefusal.unclear.hint)
        }
        emitter.keep(offered)
        switch error.failure.code {
        case BroadcastRefusal.nonceTooLow.rawValue: return .used
        case BroadcastRefusal.underpricedReplacement.rawValue:
          world.detail("\(error.failure.message): offering more")
          refused.append(transaction.transaction.fees)
          last = error.failure
          continue
        default: throw error.failure
        }
      }
      world.detail(
        "\(transaction.hash) offers \(FeePlan.gwei(transaction.transaction.fees.cap)) for nonce \(slot.nonce)"
      )
      let sent = try signed.record.settingSent(world.now())
      emitter.keep(sent)
      if let first = signed.first {
        let account = slot.account
        emitter.whenWritten { account.tell(first) }
      }
      return .offered(sent)
    }
    throw last ?? .interrupted
  }

  // MARK: The node's part

  private func market(of slot: Slot) async throws(Failure) -> Market {
    let sender = JSON.string("\(slot.sender)")
    let count = RPCRequest("eth_getTransactionCount", [sender, "latest"])
    let receipts = slot.known.map {
      RPCRequest("eth_getTransactionReceipt", [.string("\($0.hash)")])
    }
    let estimate = RPCRequest(
      "eth_estimateGas", [["from": sender, "to": sender, "value": "0x0"], "latest"])
    let requests = FeePlanner.requests + [count, estimate] + receipts
    do throws(RPCError) {
      let answers = try await client.batch(requests)
      let fees = FeePlanner.requests.count
      var isUsed = try answers[fees].answer(to: count).number() > slot.nonce
      for (request, answer) in zip(requests, answers).dropFirst(fees + 2) {
        let value = try answer.answer(to: request)
        if !value.isNull, try value.optional("blockHash") != nil { isUsed = true }
      }
      return Market(
        fees: Array(answers.prefix(fees)), isUsed: isUsed,
        gas: try Self.gas(answers[fees + 1], to: estimate))
    } catch { throw Failure(error) }
  }

  /// What a transfer takes on every chain that counts as Ethereum does; a fifth more than the estimate on others.
  private static func gas(
    _ answer: Result<JSON, RPCFailure>, to request: RPCRequest
  ) throws(RPCError) -> UInt64 {
    let transfer: UInt64 = 21_000
    // The code of an account may refuse (EIP-7702); the nonce is used up all the same.
    guard case .success = answer else { return transfer }
    let estimate = try answer.answer(to: request).number()
    guard estimate > transfer else { return transfer }
    let (sum, isOver) = estimate.addingReportingOverflow(estimate / 5)
    return isOver ? estimate : sum
  }

  // MARK: Signing

  private func sign(
    _ slot: Slot, _ record: Record, over refused: [Transaction.Fees], _ market: Market
  ) async throws(Failure) -> Signed {
    let (signed, commit) = try await slot.account.journal.turn(within: client.timeLeft) {
      turn throws(Failure) in
      // What others have signed for the nonce since it was looked at counts, too.
      var known = slot.known
      var first: Int?
      if let entry = turn.entry(nonce: slot.nonce) {
        known = try entry.alternatives()
        guard known.contains(where: { $0.hash == slot.known[0].hash }) else {
          throw Failure(
            .data,
            "the journal has another transaction than \(slot.known[0].hash) with nonce \(slot.nonce): \(known.map { "\($0.hash)" }.joined(separator: ", "))",
            code: "nonce-conflict")
        }
        // Who signed them cannot take them back from here on: the order would be given again.
        for one in entry.transactions where !slot.account.owns(one.hash) {
          _ = turn.offer(one.number)
        }
        if slot.isForeign { first = entry.transactions.first?.number }
      } else {
        // What was refused for good meanwhile has given its nonce and its ID back.
        guard slot.isForeign, turn.entry(hash: slot.known[0].hash) == nil else {
          throw .refusedForGood(slot.known[0].hash)
        }
        for one in slot.known {
          guard let entry = try journalled(one, record) else { continue }
          let number = turn.append(entry)
          first = first ?? number
        }
      }
      let unsigned = try transaction(slot, known, refused, market)
      let alternative = TransactionAlternative(
        try key.sign(
          unsigned, slot.sender, try record.setting(built: unsigned, from: slot.sender)),
        kind(behind: known))
      guard let entry = try journalled(alternative, record) else { throw .interrupted }
      let number = turn.append(entry)
      // A receipt that it brought was of another.
      let told = try record.removing("receipt").setting(alternative)
      return Signed(alternative: alternative, record: told, number: number, first: first)
    }
    try await commit?.value()
    if let transaction = signed.alternative.transaction { slot.account.own(transaction.hash) }
    return signed
  }

  /// Says that what is bumped is the cancel of what was asked for: the order stays as dead as it was.
  private func tellCancelled(_ slot: Slot, _ record: Record) throws(Failure) {
    let asked = try record.sentTransaction().hash
    guard terms.purpose == .bump, let last = slot.known.last, last.kind == .cancel,
      slot.known.contains(where: { $0.hash == asked && $0.kind != .cancel })
    else { return }
    world.note("\(asked) was cancelled by \(last.hash): what is bumped is the cancel")
  }

  /// A bump of a cancel is a cancel, too.
  private func kind(behind known: [TransactionAlternative]) -> TransactionAlternative.Kind {
    terms.purpose == .cancel || known.last?.kind == .cancel ? .cancel : .bump
  }

  private func transaction(
    _ slot: Slot, _ known: [TransactionAlternative], _ refused: [Transaction.Fees],
    _ market: Market
  ) throws(Failure) -> Transaction {
    guard let base = known.last?.transaction?.transaction else {
      throw Failure(.data, "the bytes of nonce \(slot.nonce) are not known")
    }
    let isDynamic = base.type.hasDynamicFees
    if isDynamic, planner.gasPrice != nil {
      throw Failure(
        .data, "a transaction of type \(base.type.rawValue) has no gas price",
        hint: "see --tip and --max-fee")
    }
    var planner = planner
    planner.isLegacy = !isDynamic
    let plan: FeePlan
    do throws(FeeError) { plan = try planner.plan(from: market.fees) } catch {
      throw Failure(error)
    }
    let isCancel = kind(behind: known) == .cancel
    let gas = isCancel ? market.gas : base.gas
    let raise = FeeRaise(over: known.compactMap { $0.transaction?.transaction.fees } + refused)
    let fees: Transaction.Fees
    do throws(FeeRaise.Obstacle) {
      fees = try raise.fees(offer: plan.price, gas: gas, within: planner.cap)
    } catch { throw Failure(error) }
    do throws(TransactionError) {
      return isCancel
        ? try Transaction(
          type: isDynamic ? .dynamicFee : .legacy, chainId: base.chainId, nonce: slot.nonce,
          to: slot.sender, gas: gas, fees: fees)
        : try Transaction(
          type: base.type, chainId: base.chainId, nonce: slot.nonce, to: base.to,
          value: base.value, data: base.data, gas: gas, fees: fees,
          accessList: base.accessList, authorizationList: base.authorizationList)
    } catch { throw Failure(.data, "\(error)", code: "invalid-transaction") }
  }

  // MARK: The journal's part

  private func journalled(
    _ one: TransactionAlternative, _ record: Record
  ) throws(Failure) -> JournalledTransaction? {
    guard let signed = one.transaction else { return nil }
    let told = try record.setting(one)
    guard let tx = try told.objectText("tx") else { return nil }
    return JournalledTransaction(
      time: world.now(), nonce: signed.transaction.nonce,
      kind: JournalledTransaction.Kind(rawValue: one.kind.rawValue) ?? .send, hash: one.hash,
      once: nil, content: TransactionContent(signed.transaction).digest,
      uses: UInt64(signed.transaction.ownAuthorizations(of: signed.from).count), record: record,
      tx: tx.bytes)
  }

  /// Notes that no endpoint took it; no where another run offers it meanwhile.
  private func void(
    _ number: Int, _ failure: Failure, _ slot: Slot
  ) async throws(Failure) -> Bool {
    let (isVoid, commit) = try await slot.account.journal.turn(within: client.timeLeft) {
      turn throws(Failure) in
      turn.void(number, failure)
    }
    try await commit?.value()
    return isVoid
  }
}
