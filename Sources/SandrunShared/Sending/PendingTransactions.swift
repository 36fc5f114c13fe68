public import Commands
public import Ethereum
public import EthereumRPC
internal import Hashing
public import Records

/// What the user's journals have on a node's chain that is in no block yet, as records that can be waited for and replaced.
public struct PendingTransactions: Sendable {
  private let client: EthereumClient
  private let journals: SendingJournals
  private let world: World

  /// Looks into journals for what the chain of a client has not counted.
  public init(_ client: EthereumClient, _ journals: SendingJournals, in world: World) {
    self.client = client
    self.journals = journals
    self.world = world
  }

  /// The records of one account or of all: as they came in, with the transaction that was signed last for them.
  ///
  /// Those of an account are in the order of their nonces, which are not below its latest count; what was refused for
  /// good is not among them. A journal that cannot be read is reported, and hides nothing of the others: `failure` is
  /// the first.
  public func records(
    of sender: Address?
  ) async throws(Failure) -> (records: [Record], failure: Failure?) {
    let identity: ChainIdentity
    do throws(RPCError) { identity = try await client.identity() } catch { throw Failure(error) }
    let accounts = try journals.accounts(on: identity).filter { account in
      sender.map { account.journal.sender == $0 } ?? true
    }
    let counts = try await counts(of: accounts.map(\.journal.sender))
    var (records, failure): ([Record], Failure?) = ([], nil)
    for (account, count) in zip(accounts, counts) {
      do throws(Failure) {
        for entry in try account.journal.entries(from: count) {
          records.append(try entry.shown(of: account))
        }
      } catch {
        world.report(error)
        failure = failure ?? error
      }
    }
    return (records, failure)
  }

  private func counts(of senders: [Address]) async throws(Failure) -> [UInt64] {
    guard !senders.isEmpty else { return [] }
    let requests = senders.map { RPCRequest.count(of: $0, .latest) }
    do throws(RPCError) {
      var counts: [UInt64] = []
      for (request, answer) in zip(requests, try await client.batch(requests)) {
        counts.append(try answer.answer(to: request).number())
      }
      return counts
    } catch { throw Failure(error) }
  }
}

extension TransactionEntry {
  /// The record as it came in, with what was signed last to do what it asks for.
  fileprivate func shown(of account: SendingAccount) throws(Failure) -> Record {
    let last = try last(of: account)
    return transactions[0].record.setting("tx", toText: (order ?? last).tx)
  }
}
