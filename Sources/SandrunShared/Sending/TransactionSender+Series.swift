internal import Commands
internal import Ethereum
internal import EthereumRPC
internal import Hashing
public import Records
public import WideInteger

extension TransactionSender {
  /// What is told of a series before anything is signed for it: throws to refuse it.
  public typealias SeriesCheck = @Sendable (TransactionSeries.Place) async throws(Failure) -> Void

  /// Signs what a plan asks for, in one turn of the account's journal; what an earlier run has begun of it is taken up.
  ///
  /// Throws 1 where the account cannot pay for all of it, 75 where nonces do not follow each other.
  public func signed(
    _ plan: TransactionSeries.Plan, check: SeriesCheck
  ) async throws(Failure) -> TransactionSeries {
    let (node, account) = try await seriesAccount()
    // Others may take nonces while the node is asked about what is to have them.
    for _ in 0..<16 {
      let counts = try await counts(of: account, asking: node)
      let (entries, commit) = try await account.journal.turn(within: node.timeLeft) {
        turn throws(Failure) in
        turn.series(plan)
      }
      try await commit?.value()
      let place = try place(of: plan, entries, account, counts)
      try await check(place)
      let orders = try orders(of: plan, place)
      let drafts = try await drafts(of: orders, place, entries, asking: node)
      try await checkFunds(try cost(of: drafts), of: place.sender, asking: node)
      if drafts.contains(where: { $0 != nil }) { key.prepare() }
      let (works, done) = try await account.journal.turn(within: node.timeLeft) {
        turn throws(Failure) in
        try self.works(orders, drafts, place, account, counts, in: &turn) as [Work]?
      }
      try await done?.value()
      if let works { return TransactionSeries(place: place, account: account, works: works) }
      world.detail("nonce \(place.firstNonce), or one behind it, was taken meanwhile")
    }
    throw Failure(
      .temporary, "other runs take the nonces of \(account.journal.sender) too fast",
      code: "nonces-taken")
  }

  /// What `signed` would sign, unsigned, and what that may cost: nothing is written, and nobody is waited for.
  public func drafted(
    _ plan: TransactionSeries.Plan, check: SeriesCheck
  ) async throws(Failure) -> (records: [Record], cost: UInt256) {
    let (node, account) = try await seriesAccount()
    let counts = try await counts(of: account, asking: node)
    let entries = try account.journal.series(plan)
    let place = try place(of: plan, entries, account, counts)
    try await check(place)
    let orders = try orders(of: plan, place)
    let drafts = try await drafts(of: orders, place, entries, asking: node)
    var records: [Record] = []
    for (index, order) in orders.enumerated() {
      if let draft = drafts[index] {
        records.append(try dryRun(.draft(draft), order))
      } else if let entry = entries.first(where: { $0.once == order.once }) {
        records.append(try dryRun(.known(entry, content(of: order), account), order))
      }
    }
    return (records, try cost(of: drafts))
  }

  private func seriesAccount() async throws(Failure) -> (EthereumClient, SendingAccount) {
    guard let journals else {
      throw Failure(.usage, "a series of transactions needs a journal", code: "no-journal")
    }
    let node = builder.client.forRecord()
    let identity: ChainIdentity
    do throws(RPCError) { identity = try await node.identity() } catch { throw Failure(error) }
    return (node, journals.account(try key.address(), on: identity))
  }

  // MARK: Nonces

  private func counts(
    of account: SendingAccount, asking node: EthereumClient
  ) async throws(Failure) -> TransactionSeries.Counts {
    let sender = account.journal.sender
    let requests = [RPCRequest.count(of: sender, .pending), .count(of: sender, .latest)]
    do throws(RPCError) {
      let results = try await node.batch(requests)
      let counts = TransactionSeries.Counts(
        pending: try results[0].answer(to: requests[0]).number(),
        mined: try results[1].answer(to: requests[1]).number())
      account.note(mined: counts.mined, pending: counts.pending)
      return counts
    } catch { throw Failure(error) }
  }

  /// Where a series is that was begun, or the lowest nonces that follow each other.
  private func place(
    of plan: TransactionSeries.Plan, _ entries: [TransactionEntry], _ account: SendingAccount,
    _ counts: TransactionSeries.Counts
  ) throws(Failure) -> TransactionSeries.Place {
    if let place = try begun(plan, entries, account, counts) { return place }
    let sender = account.journal.sender
    let taken = account.taken
    var first = counts.pending
    var open: UInt64?
    var nonce = first
    while nonce - first < UInt64(plan.names.count) {
      guard nonce < NonceSequence.highest else {
        throw Failure(.data, "\(sender) has used up all nonces (EIP-2681)")
      }
      let isHeld = try account.journal.holds(nonce)
      if isHeld || taken.contains(nonce) {
        if nonce > first { open = open ?? first }
        first = nonce + 1
      }
      nonce += 1
    }
    if let open {
      // They would wait for a nonce that nobody is about to use.
      throw Failure(
        .temporary,
        "nonce \(open) of \(sender) is open, and later ones are taken: what is sent behind them waits for it",
        code: "nonce-open", hint: "whatever 'sr-chain send' sends first takes it; then run it again"
      )
    }
    return .init(
      sender: sender, chain: account.journal.chain, firstNonce: first,
      once: plan.once ?? plan.newID(), isBegun: false)
  }

  // MARK: What is signed

  private func orders(
    of plan: TransactionSeries.Plan, _ place: TransactionSeries.Place
  ) throws(Failure) -> [Order] {
    let records = try plan.records(place.sender, place.firstNonce)
    return try zip(records, plan.ids(of: place.once)).map { (record, id) throws(Failure) in
      try Order(try record.settingOnce(id), nil)
    }
  }

  func content(of order: Order) -> TransactionContent {
    TransactionContent(builder.filled(order.given?.fields ?? TransactionFields()))
  }

  /// A draft of each order that is in no journal yet.
  private func drafts(
    of orders: [Order], _ place: TransactionSeries.Place, _ entries: [TransactionEntry],
    asking node: EthereumClient
  ) async throws(Failure) -> [TransactionBuilder.Draft?] {
    var drafts: [TransactionBuilder.Draft?] = []
    for (index, order) in orders.enumerated() {
      guard !entries.contains(where: { $0.once == order.once && !$0.isRefused }) else {
        drafts.append(nil)
        continue
      }
      var fields = order.given?.fields ?? TransactionFields()
      fields.from = place.sender
      fields.nonce = place.firstNonce + UInt64(index)
      do throws(Failure) {
        drafts.append(
          try await builder.draft(fields, asking: node) { () throws(Failure) in place.sender })
      } catch {
        var failure = error
        // The series' own ID may be one that nobody has given.
        let id = order.once ?? ""
        let name = id.hasPrefix("\(place.once)/") ? id.dropFirst(place.once.count + 1) : id[...]
        failure.message = "\(name): \(error.message)"
        throw failure
      }
    }
    return drafts
  }

  /// What the drafts may cost at most, in wei.
  private func cost(of drafts: [TransactionBuilder.Draft?]) throws(Failure) -> UInt256 {
    var needed: UInt256 = 0
    for draft in drafts {
      guard let draft, let nonce = draft.fields.nonce else { continue }
      let built = try builder.finish(draft, nonce: nonce).transaction
      let (fee, isOver) = built.fees.cap.multipliedReportingOverflow(by: UInt256(built.gas))
      let (cost, isMore) = fee.addingReportingOverflow(built.value)
      let (sum, isFull) = needed.addingReportingOverflow(cost)
      needed = isOver || isMore || isFull ? .max : sum
    }
    return needed
  }

  /// Refuses what the account cannot pay for as a whole: a part of a series is worth nothing.
  private func checkFunds(
    _ needed: UInt256, of sender: Address, asking node: EthereumClient
  ) async throws(Failure) {
    guard needed > 0 else { return }
    let request = RPCRequest("eth_getBalance", [.string("\(sender)"), "latest"])
    let balance: UInt256
    do throws(RPCError) {
      balance = try RPCValue(try await node.call(request), method: request.method).quantity()
    } catch { throw Failure(error) }
    guard balance >= needed else {
      throw Failure(
        .answerNo,
        "\(sender) has \(Amount.shown(balance)), and all of it may cost \(Amount.shown(needed)): nothing is sent",
        code: BroadcastRefusal.insufficientFunds.rawValue,
        hint: BroadcastRefusal.insufficientFunds.hint)
    }
  }

  /// Signs under the lock; nil, and nothing is signed, where a nonce is another's by now, or another run has begun the series.
  private func works(
    _ orders: [Order], _ drafts: [TransactionBuilder.Draft?], _ place: TransactionSeries.Place,
    _ account: SendingAccount, _ counts: TransactionSeries.Counts,
    in turn: inout TransactionJournal.Turn
  ) throws(Failure) -> [Work]? {
    for (index, order) in orders.enumerated() {
      let nonce = place.firstNonce + UInt64(index)
      if let once = order.once, let entry = turn.entry(once: once) {
        guard drafts[index] == nil, entry.nonce == nonce else { return nil }
      } else {
        guard drafts[index] != nil, nonce >= counts.pending,
          turn.lowestNonce(from: nonce, besides: account.taken, mined: counts.mined) == nonce
        else { return nil }
      }
    }
    var works: [Work] = []
    for (index, order) in orders.enumerated() {
      if let draft = drafts[index] {
        let nonce = place.firstNonce + UInt64(index)
        works.append(
          try signed(
            draft, nonce, isNonceOurs: true, TransactionContent(draft.fields), order, account,
            in: &turn))
      } else if let once = order.once, let entry = turn.entry(once: once) {
        works.append(try joined(entry, content(of: order), order, account, in: &turn))
      }
    }
    return works
  }
}
