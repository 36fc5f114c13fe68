public import Commands
public import Ethereum
internal import EthereumRPC
internal import Hashing
public import Records

/// Brings to an end what earlier runs have left: entries of the journal whose record was never written.
public struct TransactionResumer: Sendable {
  /// An entry that is left.
  public struct Left: Sendable {
    let entry: TransactionEntry
    let account: SendingAccount
  }

  private let broadcaster: Broadcaster
  private let reader: ReceiptReader
  private let journals: SendingJournals
  private let waits: Bool
  private let world: World

  /// A resumer that lets records out once a node holds their transactions, or, where it waits, has receipts.
  public init(
    _ broadcaster: Broadcaster, _ reader: ReceiptReader, _ journals: SendingJournals, waits: Bool,
    in world: World
  ) {
    self.broadcaster = broadcaster
    self.reader = reader
    self.journals = journals
    self.waits = waits
    self.world = world
  }

  /// What is left on the node's chain, of one account or of all, in the order in which it was signed.
  ///
  /// A journal that cannot be read is reported, and keeps nobody from what the others hold: `failure` is the first.
  public func left(
    of sender: Address?
  ) async throws(Failure) -> (entries: [Left], failure: Failure?) {
    let identity: ChainIdentity
    do throws(RPCError) { identity = try await broadcaster.client.identity() } catch {
      throw Failure(error)
    }
    var found: [Left] = []
    var failure: Failure?
    for account in try journals.accounts(on: identity)
    where sender == nil || account.journal.sender == sender {
      do throws(Failure) {
        let (entries, _) = try await account.journal.turn(within: broadcaster.client.timeLeft) {
          turn throws(Failure) in
          turn.untold.compactMap { turn.entry(hash: $0) }
        }
        found += entries.filter { !$0.transactions.isEmpty }.map {
          Left(entry: $0, account: account)
        }
      } catch {
        world.report(error)
        failure = failure ?? error
      }
    }
    let sorted = found.sorted { one, other in
      let (left, right) = (one.entry.transactions[0], other.entry.transactions[0])
      return left.time == right.time ? left.nonce < right.nonce : left.time < right.time
    }
    return (sorted, failure)
  }

  /// Brings one entry to its end: its record with the transaction that is in a block, or that the node has now.
  ///
  /// Throws the failure of an entry that every endpoint refused at its first offer.
  public func resume(
    _ left: Left, _ emitter: Emitter
  ) async throws(Failure) -> (record: Record, status: Failure.Status) {
    let (entry, account) = (left.entry, left.account)
    let first = entry.transactions[0]
    emitter.keep(first.record)
    if let failure = entry.refused[first.hash], entry.refused.count == entry.transactions.count {
      emitter.whenWritten { account.tell(first.hash) }
      throw failure
    }
    let last = try entry.last(of: account)
    var work = TransactionSender.Work(
      record: first.record.setting("tx", toText: (entry.order ?? last).tx),
      transaction: try last.signed(),
      account: account, entry: entry)
    emitter.keep(work.record)
    let broadcaster = broadcaster.asking(broadcaster.client.forRecord())
    do throws(Failure) {
      work = try await JournalOffering(account, broadcaster, world).offer(work, looksFirst: true)
    } catch {
      guard error.code == Failure.replacedCode else { throw error }
      let done = try await work.decided(by: reader, emitter)
      return (done.record, done.status)
    }
    emitter.keep(work.record)
    try await broadcaster.look(for: work.transaction)
    guard waits else {
      work.tellWhenWritten(emitter)
      return (work.record, .done)
    }
    let done = try await work.awaited(by: reader, emitter)
    return (done.record, done.status)
  }
}
