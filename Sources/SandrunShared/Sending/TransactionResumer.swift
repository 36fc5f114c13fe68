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
          turn.untold
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
  /// Throws the failure of an entry that every endpoint refused at its first offer. Nil where another run has seen to it
  /// meanwhile: its record was written, or its transaction refused for good, which that run tells, or the next resumer.
  public func resume(
    _ left: Left, _ emitter: Emitter
  ) async throws(Failure) -> (record: Record, status: Failure.Status)? {
    let account = left.account
    let first = left.entry.transactions[0]
    emitter.keep(first.record)
    if left.entry.isRefused, let failure = first.refusal {
      emitter.whenWritten { account.tell(first.number) }
      throw failure
    }
    let broadcaster = broadcaster.asking(broadcaster.client.forRecord())
    let offering = JournalOffering(account, broadcaster, world)
    let entry: TransactionEntry
    do throws(Failure) { entry = try await offering.claimed(left.entry) } catch {
      guard error.code == Failure.refusedMeanwhileCode else { throw error }
      world.note("\(error.message): its record is that run's")
      return nil
    }
    guard !entry.isTold else { return nil }
    let order = try entry.order(of: account)
    var work = TransactionSender.Work(
      record: try first.record.setting("tx", toText: order.tx).settingOnce(entry.once),
      transaction: try order.signed(), account: account, entry: entry)
    emitter.keep(work.record)
    do throws(Failure) {
      work = try await offering.offer(work, of: entry, looksFirst: true)
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
