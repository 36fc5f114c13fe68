public import EthereumRPC
public import Commands
public import Ethereum
internal import Hashing
public import Records
internal import WideInteger

/// Sends the transactions of records: completes, signs and broadcasts whatever of that is missing.
public struct TransactionSender: Sendable {
  /// How far a record is taken.
  public struct Steps: Sendable {
    /// Whether all but the signature and the broadcast is done, and the result told.
    public var isDryRun = false
    /// Whether the node's word at the broadcast is enough.
    public var isAsync = false
    /// Whether each record waits for its receipt.
    public var waits = false

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

  private let builder: TransactionBuilder
  private let calls: BuildingCalls
  private let broadcaster: Broadcaster
  private let reader: ReceiptReader
  private let key: Key
  private let steps: Steps
  private let world: World

  /// Puts the parts together.
  public init(
    _ builder: TransactionBuilder, _ calls: BuildingCalls, _ broadcaster: Broadcaster,
    _ reader: ReceiptReader, key: Key, steps: Steps, in world: World
  ) {
    self.builder = builder
    self.calls = calls
    self.broadcaster = broadcaster
    self.reader = reader
    self.key = key
    self.steps = steps
    self.world = world
  }

  /// What is known of a record before its turn comes.
  private enum Prepared {
    case signed(SignedTransaction)
    case draft(TransactionBuilder.Draft)
  }

  /// A record's transaction with its signature.
  private struct Signed {
    var record: Record
    var transaction: SignedTransaction
    var built: TransactionBuilder.Built?
  }

  /// Sends the transaction of one record; from the signature on, the record keeps it whatever happens.
  public func send(
    _ record: Record, _ emitter: Emitter
  ) async throws(Failure) -> (record: Record, receipt: TransactionReceipt?, status: Failure.Status)
  {
    let node = builder.client.forRecord()
    let prepared = try await prepared(record, asking: node)
    if steps.isDryRun {
      let dry = try await emitter.inTurn { () throws(Failure) in try dryRun(prepared, record) }
      return (dry, nil, .done)
    }
    let pause = ContinuousClock.now
    // Signing has its place in the order too: a signature that fails leaves no gap behind it.
    var signed = try await emitter.inTurn { () throws(Failure) in
      try self.signed(prepared, record)
    }
    emitter.keep(signed.record)
    // The others before it, and whoever confirms a signature, take none of its time.
    let broadcaster = broadcaster.asking(node.resumed(after: .now - pause))
    do throws(Broadcaster.Refusal) {
      try await broadcaster.broadcast(signed.transaction)
    } catch {
      throw refused(error, signed, emitter)
    }
    signed.record = try signed.record.settingSent(world.now())
    emitter.keep(signed.record)
    if !steps.isAsync { try await broadcaster.look(for: signed.transaction) }
    guard steps.waits else { return (signed.record, nil, .done) }
    let done = try await reader.awaited(
      signed.record, ReceiptExpectation(signed.transaction),
      TransactionFields(signed.transaction.transaction))
    return (done.record, done.receipt, done.status)
  }

  private func prepared(
    _ record: Record, asking node: EthereumClient
  ) async throws(Failure) -> Prepared {
    let given = try record.transaction()
    if let given, let signed = given.signed {
      try builder.check(signed)
      try calls.check(given)
      return .signed(signed)
    }
    async let unlocking: Void = prepareKey()
    let (fields, abi) = try await calls.resolved(given?.fields ?? TransactionFields(), asking: node)
    let draft = try await builder.draft(fields, abi: abi, asking: node, sender: key.address)

    await unlocking
    return .draft(draft)
  }

  private func prepareKey() async {
    if !steps.isDryRun { key.prepare() }
  }

  private func signed(_ prepared: Prepared, _ record: Record) throws(Failure) -> Signed {
    switch prepared {
    case .signed(let transaction):
      builder.pass(transaction.transaction, of: transaction.from)
      // Where there is nothing but the bytes, the record is to say what they say.
      let isBare = try record.objectText("tx")?.has("nonce") == false
      let told =
        try isBare
        ? record.setting(built: transaction.transaction, from: transaction.from) : record
      return Signed(
        record: try told.setting(signed: transaction), transaction: transaction, built: nil)
    case .draft(let draft):
      let built = try builder.finish(draft)
      do throws(Failure) {
        let unsigned = try record.setting(built)
        let transaction = try key.sign(built.transaction, built.account.sender, unsigned)
        return Signed(
          record: try unsigned.setting(signed: transaction), transaction: transaction, built: built)
      } catch {
        builder.discard(built.transaction, of: built.account.sender)
        throw error
      }
    }
  }

  /// The failure of a transaction that the node did not take; where that is certain, the record loses it again.
  private func refused(
    _ refusal: Broadcaster.Refusal, _ signed: Signed, _ emitter: Emitter
  ) -> Failure {
    guard refusal.isDefinite else { return refusal.failure }
    let failure = refusal.failure
    let isTaken = failure.code == BroadcastRefusal.nonceTooLow.rawValue
    // A nonce that is too low is somebody else's by now: it is neither free nor open.
    if !isTaken { builder.discard(signed.transaction.transaction, of: signed.transaction.from) }
    // What came signed stays so.
    guard let built = signed.built else { return failure }
    emitter.keep(nil)
    // Somebody else used the key meanwhile: built anew, the record gets another nonce.
    return isTaken && built.isNonceOurs
      ? Failure(.temporary, failure.message, code: failure.code) : failure
  }

  private func dryRun(_ prepared: Prepared, _ record: Record) throws(Failure) -> Record {
    switch prepared {
    case .signed(let signed):
      world.note(signed.transaction.intent)
      return record
    case .draft(let draft):
      let built = try builder.finish(draft)
      world.note(built.transaction.intent)
      return try record.setting(built)
    }
  }
}

extension Record {
  /// The record with the time at which its transaction was handed to a node, in `tx`.
  fileprivate func settingSent(_ time: Timestamp) throws(Failure) -> Record {
    guard var text = try objectText("tx") else { return self }
    let milliseconds = Timestamp(
      seconds: time.seconds, nanoseconds: time.nanoseconds / 1_000_000 * 1_000_000)
    text.set("sent", to: JSON.string("\(milliseconds)").bytes)
    return setting("tx", toText: text.bytes)
  }
}

extension Transaction {
  /// What it would do and what it may cost, for people.
  fileprivate var intent: String {
    let amount = Amount.shown(value)
    let target =
      to.map { "send \(amount) to \($0)" }
      ?? (value == 0 ? "create a contract" : "create a contract that gets \(amount),")
    let (cost, isOver) = fees.cap.multipliedReportingOverflow(by: UInt256(gas))
    let fee = isOver ? "more than there is" : Amount.shown(cost)
    return
      "would \(target) with nonce \(nonce), \(data.count) bytes of data, and a fee of at most \(fee): \(gas) gas at \(FeePlan.gwei(fees.cap))\(permissions)"
  }

  /// What the authorizations do to accounts (EIP-7702): it lasts, whatever becomes of the transaction itself.
  private var permissions: String {
    let shown = authorizationList.prefix(8).map { permission in
      let account = permission.authority.map { "\($0)" } ?? "nobody, since its signature is none"
      return permission.terms.address.bytes.allSatisfy { $0 == 0 }
        ? "; takes its code from \(account)"
        : "; sets the code of \(account) to that of \(permission.terms.address)"
    }
    let others = authorizationList.count - shown.count
    return shown.joined() + (others > 0 ? "; and \(others) authorizations more" : "")
  }
}
