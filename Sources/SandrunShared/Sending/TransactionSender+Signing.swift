internal import Commands
internal import Ethereum
internal import EthereumRPC
internal import Hashing
internal import Records

extension TransactionSender {
  /// Gives a record its nonce and its signature, which the journal has once the commit was awaited.
  ///
  /// Under the account's lock nobody else can take the same nonce, or send for the same ID.
  func turned(
    _ prepared: Prepared, _ order: Order, asking node: EthereumClient
  ) async throws(Failure) -> (Work, TransactionJournal.Commit?) {
    switch prepared {
    case .draft(let draft):
      guard let journals else { return (try counted(draft, order.record), nil) }
      let identity: ChainIdentity
      do throws(RPCError) {
        identity = try await node.identity(wanted: draft.account.chainId)
      } catch { throw Failure(error) }
      let account = journals.account(draft.account.sender, on: identity)
      account.note(mined: draft.minedNonce, pending: draft.chainNonce)
      return try await account.journal.turn(within: node.timeLeft) { turn throws(Failure) in
        try signed(draft, order, account, in: &turn)
      }
    case .signed(let transaction, let account):
      let record = try order.record.telling(transaction)
      guard let account else {
        builder.pass(transaction.transaction, of: transaction.from)
        return (Work(record: record, transaction: transaction), nil)
      }
      return try await account.journal.turn(within: node.timeLeft) { turn throws(Failure) in
        try entered(transaction, record, order, account, in: &turn)
      }
    case .known(let entry, let content, let account):
      return try await account.journal.turn { turn throws(Failure) in
        try joined(entry, content, order, account, in: &turn)
      }
    }
  }

  // MARK: Under the lock

  private func signed(
    _ draft: TransactionBuilder.Draft, _ order: Order, _ account: SendingAccount,
    in turn: inout TransactionJournal.Turn
  ) throws(Failure) -> Work {
    let content = TransactionContent(draft.fields)
    if let once = order.once, let entry = turn.entry(once: once) {
      return try joined(entry, content, order, account, in: &turn)
    }
    var brought = draft.broughtNonce
    if draft.isNonceAsked, account.givesAskedNonce() { brought = draft.pendingNonce }
    if let brought, let entry = turn.entry(nonce: brought) {
      return try joined(entry, content, order, account, in: &turn)
    }
    let nonce = if let brought { brought } else { try nonce(for: draft, account, in: turn) }
    let work = try signed(
      draft, nonce, isNonceOurs: brought == nil, content, order, account, in: &turn)
    if brought != nil { tellOpen(before: work.transaction, account, in: turn) }
    return work
  }

  /// Signs a draft for a nonce, and appends that.
  func signed(
    _ draft: TransactionBuilder.Draft, _ nonce: UInt64, isNonceOurs: Bool,
    _ content: TransactionContent, _ order: Order, _ account: SendingAccount,
    in turn: inout TransactionJournal.Turn
  ) throws(Failure) -> Work {
    let built = try builder.finish(draft, nonce: nonce)
    let unsigned = try order.record.setting(built)
    let transaction = try key.sign(built.transaction, draft.account.sender, unsigned)
    let record = try unsigned.setting(signed: transaction)
    let number = try append(transaction, .send, content, order, record, account, to: &turn)
    return Work(
      record: record, transaction: transaction, isNew: true, isNonceOurs: isNonceOurs,
      unsent: order.named, account: account, number: number)
  }

  /// A transaction that came signed: in the journal already, in the place of one that is, or new to it.
  private func entered(
    _ transaction: SignedTransaction, _ record: Record, _ order: Order, _ account: SendingAccount,
    in turn: inout TransactionJournal.Turn
  ) throws(Failure) -> Work {
    let content = TransactionContent(transaction.transaction)
    if let entry = turn.entry(hash: transaction.hash),
      entry.transactions.contains(where: { $0.hash == transaction.hash && $0.refusal == nil })
    {
      let once = try named(entry, order, in: &turn)
      return Work(
        record: try record.settingOnce(once), transaction: transaction, unsent: order.named,
        account: account, entry: entry)
    }
    if let once = order.once, let entry = turn.entry(once: once) {
      return try joined(entry, content, order, account, in: &turn)
    }
    let nonce = transaction.transaction.nonce
    var kind = JournalledTransaction.Kind.send
    if let entry = turn.entry(nonce: nonce) {
      try entry.check(content)
      _ = try named(entry, order, in: &turn)
      entry.offer(in: &turn)
      kind = .bump
    }
    let number = try append(transaction, kind, content, order, record, account, to: &turn)
    tellOpen(before: transaction, account, in: turn)
    return Work(record: record, transaction: transaction, account: account, number: number)
  }

  /// The record of an ID, or of a nonce, that has its transaction already.
  func joined(
    _ entry: TransactionEntry, _ content: TransactionContent, _ order: Order,
    _ account: SendingAccount, in turn: inout TransactionJournal.Turn
  ) throws(Failure) -> Work {
    try entry.check(content, once: order.once)
    let once = try named(entry, order, in: &turn)
    let last = try entry.order(of: account)
    world.detail("\(last.hash) is in the journal already: no other transaction is made")
    let record = try order.record.setting("tx", toText: last.tx).settingOnce(once)
    return Work(
      record: record, transaction: try last.signed(), unsent: order.named, account: account,
      entry: entry)
  }

  /// The ID of an entry that a record has joined: an entry without one gets the record's.
  private func named(
    _ entry: TransactionEntry, _ order: Order, in turn: inout TransactionJournal.Turn
  ) throws(Failure) -> String? {
    guard let once = order.once, once != entry.once, let first = entry.transactions.first else {
      return entry.once
    }
    // The ID may be another entry's, and the entry may have another ID.
    let other = turn.entry(once: once)?.transactions.first
    guard other == nil, entry.once == nil else {
      let words =
        if let other { "another transaction already: \(other.hash)" } else {
          "no transaction, but \(first.hash) has the ID \(JSON.string(entry.once ?? "").text) already"
        }
      throw Failure(
        .data, "the ID \(JSON.string(once).text) has \(words)", code: "once-conflict",
        hint: "an ID stands for one transaction alone; choose another")
    }
    turn.name(first.number, once)
    return once
  }

  private func append(
    _ transaction: SignedTransaction, _ kind: JournalledTransaction.Kind,
    _ content: TransactionContent, _ order: Order, _ record: Record, _ account: SendingAccount,
    to turn: inout TransactionJournal.Turn
  ) throws(Failure) -> Int {
    account.own(transaction.hash)
    let own = transaction.transaction.ownAuthorizations(of: transaction.from)
    return turn.append(
      JournalledTransaction(
        time: world.now(), nonce: transaction.transaction.nonce, kind: kind,
        hash: transaction.hash, once: order.once, content: content.digest,
        uses: UInt64(own.count), record: order.record,
        tx: try record.objectText("tx")?.bytes ?? []))
  }

  // MARK: Nonces

  private func nonce(
    for draft: TransactionBuilder.Draft, _ account: SendingAccount,
    in turn: TransactionJournal.Turn
  ) throws(Failure) -> UInt64 {
    guard let first = draft.pendingNonce else {
      throw Failure(TransactionMemberError("nonce", nil))
    }
    guard
      let nonce = turn.lowestNonce(
        from: first, besides: account.taken, mined: draft.minedNonce)
    else {
      throw Failure(.data, "\(draft.account.sender) has used up all nonces (EIP-2681)")
    }
    world.detail(
      nonce == first
        ? "nonce \(nonce): \(draft.isNonceAsked ? "as asked" : "the sender's pending count")"
        : "nonce \(nonce): the journal has those before it, from \(first) on")
    return nonce
  }

  private func tellOpen(
    before transaction: SignedTransaction, _ account: SendingAccount,
    in turn: TransactionJournal.Turn
  ) {
    let nonce = transaction.transaction.nonce
    guard let pending = account.pending,
      let open = turn.lowestNonce(from: pending, besides: account.taken), open < nonce,
      account.tells(open: open)
    else { return }
    world.note(
      "nonce \(nonce) of \(transaction.from) leaves \(open) open: it waits until a transaction has that"
    )
  }

  // MARK: Without a journal

  private func counted(
    _ draft: TransactionBuilder.Draft, _ record: Record
  ) throws(Failure) -> Work {
    let built = try builder.finish(draft)
    do throws(Failure) {
      let unsigned = try record.setting(built)
      let transaction = try key.sign(built.transaction, built.account.sender, unsigned)
      return Work(
        record: try unsigned.setting(signed: transaction), transaction: transaction, isNew: true,
        isNonceOurs: built.isNonceOurs)
    } catch {
      builder.discard(built.transaction, of: built.account.sender)
      throw error
    }
  }
}

extension Record {
  /// The record with an ID in its `tx`.
  func settingOnce(_ once: String?) throws(Failure) -> Record {
    guard let once, var text = try objectText("tx") else { return self }
    text.set("once", to: JSON.string(once).bytes)
    return setting("tx", toText: text.bytes)
  }

  /// The record with what a signed transaction says, where it has nothing but the bytes, and with its hash.
  fileprivate func telling(_ transaction: SignedTransaction) throws(Failure) -> Record {
    let isBare = try objectText("tx")?.has("nonce") == false
    let told =
      try isBare ? setting(built: transaction.transaction, from: transaction.from) : self
    return try told.setting(signed: transaction)
  }
}

extension TransactionEntry {
  /// Refuses another order than the one that the entry is of.
  func check(_ content: TransactionContent, once: String? = nil) throws(Failure) {
    guard let first = transactions.first, first.content != content.digest else { return }
    if let once, first.once == once {
      throw Failure(
        .data, "the ID \(JSON.string(once).text) has another transaction already: \(first.hash)",
        code: "once-conflict", hint: "an ID stands for one transaction alone; choose another")
    }
    throw Failure(
      .data, "nonce \(nonce) has another transaction already: \(first.hash)",
      code: "nonce-conflict",
      hint: "'sr-chain cancel' frees no nonce, but undoes what is not in a block yet")
  }

  /// What was signed last to do what the record asks for, refused or not; nil where all are cancels.
  var order: JournalledTransaction? {
    let orders = transactions.filter { $0.kind != .cancel }
    return orders.last { $0.refusal == nil } ?? orders.last
  }

  /// The same, or the last of the cancels.
  func order(of account: SendingAccount) throws(Failure) -> JournalledTransaction {
    if let order { return order }
    return try last(of: account)
  }

  /// What was signed last, among what was not refused.
  func last(of account: SendingAccount) throws(Failure) -> JournalledTransaction {
    guard let last = transactions.last(where: { $0.refusal == nil }) else {
      throw transactions.first.map { .refusedMeanwhile($0.hash) }
        ?? Failure(.io, "the journal of \(account.journal.sender) has no transaction for \(nonce)")
    }
    return last
  }

  /// Says in the journal that what was not refused is offered by another than who signed it, or again; no where all was.
  @discardableResult
  func offer(in turn: inout TransactionJournal.Turn) -> Bool {
    var isAny = false
    for one in transactions where turn.offer(one.number) { isAny = true }
    return isAny
  }
}

extension JournalledTransaction {
  /// The transaction itself; 65 where the journal holds none that can be read.
  func signed() throws(Failure) -> SignedTransaction {
    let record = Record(["tx": .null]).setting("tx", toText: tx)
    guard let signed = try record.transaction()?.signed else {
      throw Failure(.data, "the journal's transaction \(hash) has no bytes")
    }
    return signed
  }
}
