public import Commands
public import Ethereum
public import EthereumRPC
internal import Hashing
public import Records

/// Sends the transactions of records: completes, signs and broadcasts whatever of that is missing.
///
/// Signed bytes are in the account's journal before any node is offered them, unless there is to be none.
public struct TransactionSender: Sendable {
  /// How far a record is taken.
  public struct Steps: Sendable {
    /// Whether all but the signature and the broadcast is done, and the result told.
    public var isDryRun = false
    /// Whether the node's word at the broadcast is enough.
    public var isAsync = false
    /// Whether each record waits for its receipt.
    public var waits = false
    /// The ID of records that have none.
    public var once: String?

    /// All but waiting.
    public init() {}
  }

  /// Who signs: asked only where something must be signed.
  public struct Key: Sendable {
    /// The account, known without unlocking.
    public var address: @Sendable () throws(Failure) -> Address
    /// Does beforehand what signing takes, while a node is asked; what fails is thrown by `sign`.
    public var prepare: @Sendable () -> Void
    /// Signs the transaction of a record for the account.
    public var sign: @Sendable (Transaction, Address, Record) throws(Failure) -> SignedTransaction

    /// Makes a key of its parts.
    public init(
      address: @escaping @Sendable () throws(Failure) -> Address,
      prepare: @escaping @Sendable () -> Void,
      sign: @escaping @Sendable (Transaction, Address, Record) throws(Failure) -> SignedTransaction
    ) {
      self.address = address
      self.prepare = prepare
      self.sign = sign
    }
  }

  /// A record whose transaction is known: signed just now, brought, or found in the journal.
  struct Work: Sendable {
    var record: Record
    var transaction: SignedTransaction
    /// Whether it was signed here and now, so that the record loses it again where no node takes it.
    var isNew = false
    /// Whether its nonce was given here.
    var isNonceOurs = false
    /// The record that leaves where the transaction goes nowhere; nil for the one that came.
    var unsent: Record?
    /// The account, where it has a journal.
    var account: SendingAccount?
    /// Which of the journal's signatures it is, where the journal has it since this run.
    var number: Int?
    /// The entry that it was found in; nil where the journal has it since this run, or there is none.
    var entry: TransactionEntry?
  }

  let builder: TransactionBuilder
  let calls: BuildingCalls
  let broadcaster: Broadcaster
  let reader: ReceiptReader
  let journals: SendingJournals?
  let key: Key
  let steps: Steps
  let world: World

  /// Puts the parts together; without journals nothing is kept, and only this process counts its nonces.
  public init(
    _ builder: TransactionBuilder, _ calls: BuildingCalls, _ broadcaster: Broadcaster,
    _ reader: ReceiptReader, _ journals: SendingJournals?, key: Key, steps: Steps, in world: World
  ) {
    self.builder = builder
    self.calls = calls
    self.broadcaster = broadcaster
    self.reader = reader
    self.journals = journals
    self.key = key
    self.steps = steps
    self.world = world
  }

  /// Sends the transaction of one record; from the signature on, the record keeps it whatever happens.
  ///
  /// Where the record comes to an end that needs no later run, its entry is marked once the record is written; without an
  /// emitter nobody writes it, and it is marked at once.
  public func send(
    _ record: Record, _ emitter: Emitter? = nil
  ) async throws(Failure) -> (record: Record, receipt: TransactionReceipt?, status: Failure.Status)
  {
    let node = builder.client.forRecord()
    let order = try Order(record, steps.once)
    emitter?.keep(order.named)
    if steps.isDryRun {
      let prepared = try await prepared(order, asking: node)
      let dry = try await inTurn(emitter) { () throws(Failure) in try dryRun(prepared, order) }
      return (dry, nil, .done)
    }
    guard journals != nil || order.once == nil else {
      throw Failure(.data, "tx.once means nothing without a journal", code: "no-journal")
    }
    let prepared = try await prepared(order, asking: node)
    let pause = ContinuousClock.now
    // Signing has its place in the order too: a signature that fails leaves no gap behind it.
    let (turned, commit) = try await inTurn(emitter) { () throws(Failure) in
      try await self.turned(prepared, order, asking: node.resumed(after: .now - pause))
    }
    // Where the sync fails, nobody knows whether the journal has it: the record keeps it then.
    emitter?.keep(turned.record)
    try await commit?.value()
    // The others before it, and whoever confirms a signature, take none of its time.
    let broadcaster = broadcaster.asking(node.resumed(after: .now - pause))
    async let healing: Void = heal(turned.account, by: broadcaster)
    let result: Result<Work, Failure>
    do throws(Failure) {
      result = .success(try await offered(turned, by: broadcaster, emitter))
    } catch { result = .failure(error) }
    await healing
    let work: Work
    do throws(Failure) { work = try result.get() } catch {
      guard error.code == Failure.replacedCode else { throw error }
      let done = try await turned.decided(by: reader, emitter)
      return (done.record, done.receipt, done.status)
    }
    if !steps.isAsync { try await broadcaster.look(for: work.transaction) }
    guard steps.waits else {
      work.tellWhenWritten(emitter)
      return (work.record, nil, .done)
    }
    let done = try await work.awaited(by: reader, emitter)
    return (done.record, done.receipt, done.status)
  }
}

extension TransactionSender {
  /// Does a step in the place that the emitter's record has among others; at once without one.
  fileprivate func inTurn<Value>(
    _ emitter: Emitter?, _ step: () async throws(Failure) -> Value
  ) async throws(Failure) -> Value {
    guard let emitter else { return try await step() }
    return try await emitter.inTurn(step)
  }
}

extension SendingAccount {
  /// Marks an entry as told once the emitter's record is written; at once where nobody writes one.
  func tell(_ number: Int, by emitter: Emitter?) {
    guard let emitter else { return tell(number) }
    emitter.whenWritten { self.tell(number) }
  }
}

extension TransactionSender.Work {
  /// Marks the entry as told once the record is really written.
  func tellWhenWritten(_ emitter: Emitter?) {
    guard let account, entry?.isTold != true,
      let number = entry?.transactions.first?.number ?? number
    else { return }
    account.tell(number, by: emitter)
  }

  /// What became of a nonce that a node calls used: one node's word is not enough, so it is looked for as `wait` does.
  func decided(
    by reader: ReceiptReader, _ emitter: Emitter?
  ) async throws(Failure) -> ReceiptReader.Told {
    try await awaited(by: reader.within(ReceiptWatcher.patience * 2), emitter)
  }

  /// The record with its receipt; throws where our own cancel was mined in its place, which the record then tells.
  func awaited(
    by reader: ReceiptReader, _ emitter: Emitter?
  ) async throws(Failure) -> ReceiptReader.Told {
    let done: ReceiptReader.Told
    do throws(Failure) {
      done = try await reader.awaited(record, TransactionAlternative(transaction))
    } catch {
      // That is the end of it, too.
      if error.code == Failure.replacedCode { tellWhenWritten(emitter) }
      throw error
    }
    tellWhenWritten(emitter)
    guard let failure = done.failure else { return done }
    emitter?.keep(done.record)
    throw failure
  }
}
