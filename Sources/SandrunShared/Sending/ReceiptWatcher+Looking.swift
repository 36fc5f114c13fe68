internal import Ethereum
internal import EthereumRPC
internal import Hashing
internal import Records

extension ReceiptWatcher {
  /// What a node says in one round of a transaction that has no receipt.
  struct Look {
    let head: UInt64
    let time: ContinuousClock.Instant
    /// Whether it has one of those that share the nonce; nil where it does not say.
    var isKnown: Bool?
    /// Whether the chain's count is above the nonce; nil where that is not known.
    var isNonceUsed: Bool?
    /// Transactions as the node has them, proven by their hashes.
    var learned: [SignedTransaction] = []

    init(head: UInt64, at time: ContinuousClock.Instant) {
      self.head = head
      self.time = time
    }

    mutating func add(
      _ answer: Result<JSON, RPCFailure>, to request: RPCRequest, of one: TransactionAlternative
    ) {
      guard case .success(let json) = answer else { return }
      let value = RPCValue(json, method: request.method)
      guard !value.isNull else {
        isKnown = isKnown ?? false
        return
      }
      isKnown = true
      // What cannot be proven is not learned; the receipt is held against what is known anyway.
      if one.transaction == nil, let found = try? SignedTransaction(value), found.hash == one.hash {
        learned.append(found)
      }
    }
  }

  private enum Action {
    case none
    case offer(SignedTransaction)
    case search
    case give(Failure)
  }

  /// What follows from a look, and takes its time.
  enum Errand: Sendable {
    case offers([(id: Int, transaction: SignedTransaction)])
    case search(Int, head: UInt64)
  }

  /// Notes what was seen, and tells what is new; what follows from it is returned.
  func act(on looks: [Int: Look]) async -> [Errand] {
    var offers: [(id: Int, transaction: SignedTransaction)] = []
    var errands: [Errand] = []
    for (id, look) in looks.sorted(by: { $0.key < $1.key }) {
      switch await note(look, of: id) {
      case .none: continue
      case .offer(let transaction): offers.append((id, transaction))
      case .search: errands.append(.search(id, head: look.head))
      case .give(let failure):
        detail(failure.message)
        end(id, with: .failure(failure))
      }
    }
    return offers.isEmpty ? errands : errands + [.offers(offers)]
  }

  /// Does what a look gave rise to; until it is done, no other look at the same transaction gives rise to more.
  func run(_ errand: Errand) async {
    switch errand {
    case .offers(let lost):
      await offer(lost)
      for one in lost { _ = update(one.id) { $0.isBusy = false } }
    case .search(let id, let head):
      await search(id, at: head)
      _ = update(id) { $0.isBusy = false }
    }
  }

  private func note(_ look: Look, of id: Int) async -> Action {
    guard let asked = update(id, { $0.known[0] }) else { return .none }
    let others = await history.alternatives(asked)
    let (action, event) =
      update(id) { watch -> (Action, String?) in
        watch.looked = look.time
        watch.learn(others)
        for transaction in look.learned {
          guard let place = watch.known.firstIndex(where: { $0.hash == transaction.hash }) else {
            continue
          }
          watch.known[place].transaction = transaction
          watch.known[place].expectation = ReceiptExpectation(transaction)
        }
        guard !watch.isBusy else { return (.none, nil) }
        let noted = self.noted(look, in: &watch)
        switch noted.0 {
        case .offer, .search: watch.isBusy = true
        case .none, .give: break
        }
        return noted
      } ?? (.none, nil)
    if let event { detail(event) }
    return action
  }

  private func noted(_ look: Look, in watch: inout ReceiptWatch) -> (Action, String?) {
    var event: String?
    if let isKnown = look.isKnown, isKnown != watch.isPending {
      watch.isPending = isKnown
      event =
        isKnown
        ? "\(watch.hash) waits in the node's pool" : "the node does not know \(watch.hash)"
    }
    if look.isKnown == true {
      watch.unknownSince = nil
      watch.refusal = nil
    }
    guard look.isNonceUsed != true else {
      if watch.spending == nil {
        watch.spending = .init(since: look.time, head: look.head)
      } else {
        watch.spending?.looks += 1
      }
      return (watch.spending?.looks ?? 0 >= Self.spendingLooks.count ? .search : .none, event)
    }
    watch.spending = nil
    guard look.isKnown == false else { return (.none, event) }
    let since = watch.unknownSince ?? look.time
    watch.unknownSince = since
    let isOver = look.time - since >= patience
    guard let bytes = watch.bytes, let broadcaster, broadcaster.takes(bytes) else {
      return (isOver ? .give(dropped(watch)) : .none, event)
    }
    if isOver, watch.refusal != nil { return (.give(dropped(watch)), event) }
    return (.offer(bytes), event)
  }

  // MARK: Offering again

  /// So many are offered at the same time.
  private static let offerBreadth = 16

  /// Offers bytes that the node has lost, a sender's in the order of their nonces.
  private func offer(_ lost: [(id: Int, transaction: SignedTransaction)]) async {
    guard let broadcaster, !lost.isEmpty else { return }
    let lost = lost.sorted { $0.transaction.transaction.nonce < $1.transaction.transaction.nonce }
    await withTaskGroup(of: Void.self) { group in
      for (index, one) in lost.enumerated() {
        if index >= Self.offerBreadth { await group.next() }
        group.addTask { await self.offer(one.transaction, of: one.id, by: broadcaster) }
      }
    }
  }

  private func offer(
    _ transaction: SignedTransaction, of id: Int, by broadcaster: Broadcaster
  ) async {
    do throws(Failure) {
      guard try await history.offer(transaction) else {
        let refusal = Failure.refusedMeanwhile(transaction.hash)
        _ = update(id) { $0.refusal = refusal }
        return detail("\(refusal.message): it is not offered again")
      }
    } catch {
      return detail("\(transaction.hash) is not offered again: \(error.message)")
    }
    do throws(Broadcaster.Refusal) {
      try await broadcaster.broadcast(transaction)
      detail("\(transaction.hash) was offered again, and taken")
      _ = update(id) { $0.refusal = nil }
    } catch {
      detail("\(transaction.hash) was offered again: \(error.failure.message)")
      // A nonce that is too low is used: that is looked into by itself.
      guard error.isDefinite, error.failure.code != BroadcastRefusal.nonceTooLow.rawValue else {
        return
      }
      _ = update(id) { $0.refusal = error.failure }
    }
  }

  // MARK: What used the nonce

  private func search(_ id: Int, at head: UInt64) async {
    guard let watch = update(id, { $0 }), let slot = watch.slot else { return }
    let use: NonceUse?
    do throws(RPCError) {
      use = try await NonceSearch(client: client, sender: slot.sender, nonce: slot.nonce).use()
    } catch {
      guard case .badAnswer = error else { return detail("\(error)") }
      return end(id, with: .failure(Failure(error)))
    }
    // A receipt may have come meanwhile.
    guard isSeeking(id) else { return }
    guard let use else {
      _ = update(id) { $0.spending?.looks -= Self.spendingLooks.pause }
      guard let spending = watch.spending, .now - spending.since >= patience,
        head >= spending.head, head - spending.head >= watch.confirmations - 1
      else { return }
      return replace(id, watch, by: nil)
    }
    // A search reads a whole block: the next one has time.
    _ = update(id) { $0.spending?.looks -= Self.spendingLooks.pause }
    if let other = use.transaction, watch.alternative(other) != nil {
      return detail(
        "block \(use.blockNumber) holds \(other), and the node has no receipt of it yet")
    }
    detail(
      "\(watch.hash) is replaced: block \(use.blockNumber) holds \(use.transaction.map { "\($0)" } ?? "a permission") with its nonce"
    )
    _ = update(id) { if $0.isSeeking { $0.enter(.replaced(use)) } }
  }

  /// Ends what something else has replaced for good.
  func replace(_ id: Int, _ watch: ReceiptWatch, by use: NonceUse?) {
    note(
      .init(
        known: watch.known, mined: nil, replacement: use?.transaction,
        block: use.map { ($0.blockNumber, $0.blockHash) }))
    end(id, with: .failure(replaced(watch, by: use)))
  }
}

extension Broadcaster {
  /// Whether bytes can be offered: those of type 3 lack their blobs.
  fileprivate func takes(_ transaction: SignedTransaction) -> Bool {
    transaction.transaction.type != .blob
  }
}
