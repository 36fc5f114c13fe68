public import Commands
public import Ethereum
public import EthereumRPC
internal import Hashing
public import Records

/// Signs other transactions with the nonce of one that waits: the same for more, or one that does nothing.
///
/// Each is in the account's journal before a node is offered it. One of all that share the nonce is mined at most.
public struct TransactionReplacer: Sendable {
  /// What the other transaction is to do.
  public enum Purpose: Sendable {
    /// The same as what was signed last.
    case bump
    /// Nothing.
    case cancel
  }

  /// Who signs.
  public struct Key: Sendable {
    /// Sees that an account can sign; throws 77 where it is another's.
    public var check: @Sendable (Address) throws(Failure) -> Void
    /// Does beforehand what signing takes; what fails is thrown by `sign`.
    public var prepare: @Sendable () -> Void
    /// Signs the transaction of a record for an account.
    public var sign: @Sendable (Transaction, Address, Record) throws(Failure) -> SignedTransaction

    /// Makes a key of its parts.
    public init(
      check: @escaping @Sendable (Address) throws(Failure) -> Void,
      prepare: @escaping @Sendable () -> Void,
      sign: @escaping @Sendable (Transaction, Address, Record) throws(Failure) -> SignedTransaction
    ) {
      self.check = check
      self.prepare = prepare
      self.sign = sign
    }
  }

  /// How far it goes.
  public struct Terms: Sendable {
    /// What the others are to do.
    public var purpose: Purpose
    /// How often more is offered until one of them is mined; nil offers once and does not wait.
    public var every: Duration?
    /// How many blocks must hold it or lie on it, where it is waited for.
    public var confirmations: UInt64
    /// The longest wait for that; nil waits for ever.
    public var timeout: Duration?

    /// Makes terms.
    public init(
      _ purpose: Purpose, every: Duration?, confirmations: UInt64, timeout: Duration?
    ) {
      self.purpose = purpose
      self.every = every
      self.confirmations = confirmations
      self.timeout = timeout
    }
  }

  /// What is waited for and paid, whose nonce it is, and what was signed for it.
  struct Slot: Sendable {
    var account: SendingAccount
    var sender: Address
    var nonce: UInt64
    /// What was signed, the latest last; all bytes are known.
    var known: [TransactionAlternative]
    /// The first of them where the journal has nothing of the nonce.
    var isForeign: Bool
  }

  /// What came of one more transaction.
  enum Attempt: Sendable {
    /// A node has it.
    case offered(Record)
    /// The nonce is used.
    case used
  }

  let client: EthereumClient
  let planner: FeePlanner
  let broadcaster: Broadcaster
  let watcher: ReceiptWatcher
  let reader: ReceiptReader
  let journals: SendingJournals
  let key: Key
  let terms: Terms
  let world: World

  /// Puts the parts together; the watcher polls while a record is replaced.
  public init(
    _ client: EthereumClient, _ planner: FeePlanner, _ broadcaster: Broadcaster,
    _ watcher: ReceiptWatcher, _ reader: ReceiptReader, _ journals: SendingJournals, key: Key,
    terms: Terms, in world: World
  ) {
    self.client = client
    self.planner = planner
    self.broadcaster = broadcaster
    self.watcher = watcher
    self.reader = reader
    self.journals = journals
    self.key = key
    self.terms = terms
    self.world = world
  }

  /// Replaces the transaction of a record.
  ///
  /// The record gets the new one in `tx`, and where one of them is mined by then, that one and its receipt. Throws 1
  /// (`already-mined`, `cancelled`) where another one was mined than was wanted, 65 where no more can be offered
  /// (`fee-above-cap`), 76 where the nonce is used by none of ours (`replaced`), 77 for another's transaction.
  public func replace(
    _ record: Record, _ emitter: Emitter
  ) async throws(Failure) -> (record: Record, status: Failure.Status) {
    let asked = try record.sentTransaction()
    try await watcher.checkChain(of: asked.expectation)
    async let unlocking: Void = key.prepare()
    let slot = try await slot(of: asked)
    await unlocking
    try key.check(slot.sender)
    let id = await watcher.add(asked, confirmations: terms.every == nil ? 1 : terms.confirmations)
    defer { watcher.forget(id) }
    watcher.learn(slot.known, of: id)
    let settled: ReceiptWatcher.Settled
    if let every = terms.every {
      settled = try await untilMined(slot, record, emitter, id, every)
    } else {
      switch try await attempt(slot, record, emitter, id) {
      case .offered(let record): return (record, .done)
      case .used:
        // Somebody has used the nonce: by a receipt it is ours, and the node's index may lag behind.
        settled = try await watcher.settled(
          id, within: terms.timeout ?? ReceiptWatcher.patience * 2)
      }
    }
    let told = try await reader.told(settled, record, isToBeCancelled: terms.purpose == .cancel)
    if let failure = told.failure {
      emitter.keep(told.record)
      throw failure
    }
    return (told.record, told.status)
  }

  /// Offers more and more until one is mined, and waits until that is deep enough.
  private func untilMined(
    _ slot: Slot, _ record: Record, _ emitter: Emitter, _ id: Int, _ every: Duration
  ) async throws(Failure) -> ReceiptWatcher.Settled {
    let result = await withTaskGroup(of: Result<ReceiptWatcher.Settled, Failure>?.self) { group in
      group.addTask {
        do throws(Failure) {
          return .success(try await watcher.settled(id, within: terms.timeout))
        } catch { return .failure(error) }
      }
      group.addTask {
        do throws(Failure) { try await raise(slot, record, emitter, id, every) } catch {
          return .failure(error)
        }
        return nil
      }
      var result: Result<ReceiptWatcher.Settled, Failure>?
      while result == nil, let next = await group.next() { result = next }
      group.cancelAll()
      return result
    }
    guard let result else { throw .interrupted }
    return try result.get()
  }

  /// Offers more at once, and again each time that none was mined in between; only the first failure counts.
  private func raise(
    _ slot: Slot, _ record: Record, _ emitter: Emitter, _ id: Int, _ every: Duration
  ) async throws(Failure) {
    var isFirst = true
    var offered: Record?
    while !Task.isCancelled {
      if watcher.isSeeking(id) {
        do throws(Failure) {
          let attempt = try await attempt(
            slot, record, emitter, id, isFirst: isFirst, offered: offered)
          if case .offered(let sent) = attempt { offered = sent }
        } catch {
          if error.code == Failure.aboveCapCode {
            return world.note("\(error.message): waiting without offering more")
          }
          guard !isFirst else { throw error }
          world.note(error.message)
        }
      }
      isFirst = false
      try? await Task.sleep(for: every)
    }
  }
}
