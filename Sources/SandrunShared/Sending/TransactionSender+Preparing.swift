internal import Ethereum
internal import EthereumRPC
internal import Records
internal import WideInteger

extension TransactionSender {
  /// What a record asks for.
  struct Order: Sendable {
    /// The record, with the ID that holds for it in its `tx`.
    var record: Record
    /// What its `tx` says; nil where it has none.
    var given: TransactionRecord?
    /// The ID that makes it happen once.
    var once: String?

    /// The record where an option gave it the ID: fed again, it must not lose that.
    var named: Record?

    /// An ID may have so many bytes.
    private static let onceLimit = 256

    /// Reads a record; the ID is that of its `tx`, else the one given.
    init(_ record: Record, _ once: String?) throws(Failure) {
      self.record = record
      given = try record.transaction()
      switch given?.members["once"] {
      case nil: self.once = once
      case .string(let id)?: self.once = id
      case .null?:
        // What jq makes of a misspelt name: without an ID it would be sent again and again.
        throw Failure(.data, "tx.once is null, which is no ID")
      case .some: throw Failure(.data, "tx.once is no string")
      }
      guard let id = self.once else { return }
      guard (1...Self.onceLimit).contains(id.utf8.count) else {
        throw Failure(.data, "tx.once takes 1 to \(Self.onceLimit) bytes")
      }
      guard given?.members["once"]?.string == nil, var text = try record.objectText("tx") else {
        return
      }
      text.set("once", to: JSON.string(id).bytes)
      self.record = record.setting("tx", toText: text.bytes)
      named = self.record
    }
  }

  /// What is known of a record before its turn comes.
  enum Prepared: Sendable {
    case signed(SignedTransaction, SendingAccount?)
    case draft(TransactionBuilder.Draft)
    /// Its ID is in the journal.
    case known(TransactionEntry, TransactionContent, SendingAccount)
  }

  func prepared(
    _ order: Order, asking node: EthereumClient
  ) async throws(Failure) -> Prepared {
    if let given = order.given, let signed = given.signed {
      try builder.check(signed)
      try calls.check(given)
      if steps.isDryRun, let once = order.once {
        let content = TransactionContent(signed.transaction)
        if let known = try await known(once, signed.from, content, asking: node) { return known }
      }
      guard let journals, !steps.isDryRun else { return .signed(signed, nil) }
      let identity: ChainIdentity
      do throws(RPCError) {
        identity = try await node.identity(wanted: signed.transaction.chainId)
      } catch {
        throw Failure(error)
      }
      return .signed(signed, journals.account(signed.from, on: identity))
    }
    async let unlocking: Void = prepareKey()
    let (fields, abi) = try await calls.resolved(
      order.given?.fields ?? TransactionFields(), asking: node)
    if let once = order.once, journals != nil {
      let sender = if let named = fields.from { named } else { try key.address() }
      let content = TransactionContent(builder.filled(fields))
      if let known = try await known(once, sender, content, asking: node) { return known }
    }
    let draft = try await builder.draft(fields, abi: abi, asking: node, sender: key.address)
    await unlocking
    return .draft(draft)
  }

  /// The entry that an ID has already: its transaction would not pass another estimate, nor needs one.
  ///
  /// A dry run takes no lock: it may miss what another run is about to write.
  private func known(
    _ once: String, _ sender: Address, _ content: TransactionContent, asking node: EthereumClient
  ) async throws(Failure) -> Prepared? {
    guard let journals else { return nil }
    let identity: ChainIdentity
    do throws(RPCError) { identity = try await node.identity() } catch { throw Failure(error) }
    let account = journals.account(sender, on: identity)
    var entry: TransactionEntry?
    if steps.isDryRun {
      entry = try account.journal.entry(once: once)
    } else {
      (entry, _) = try await account.journal.turn(within: node.timeLeft) { turn throws(Failure) in
        turn.entry(once: once)
      }
    }
    return entry.map { .known($0, content, account) }
  }

  private func prepareKey() async {
    if !steps.isDryRun { key.prepare() }
  }
}

extension EthereumClient {
  /// Which chain it is; where a transaction names one, it must be that.
  func identity(wanted: UInt256?) async throws(RPCError) -> ChainIdentity {
    let identity = try await identity()
    if let wanted, wanted != identity.chainId {
      throw .wrongChain(url: name, expected: wanted, found: identity.chainId)
    }
    return identity
  }
}
