public import Commands
public import EthereumRPC
internal import Ethereum
internal import Hashing
internal import Records

extension TransactionHistory {
  /// What the user's journals tell of the transactions of a node's chain; where they cannot be read, it goes without.
  public init(_ journals: SendingJournals, of client: EthereumClient, in world: World) {
    let chains = Gathering<Bool, ChainIdentity>(breadth: 1) { waiting in
      let chain: Result<ChainIdentity, Failure>
      do throws(RPCError) { chain = .success(try await client.identity()) } catch {
        chain = .failure(Failure(error))
      }
      return waiting.map { _ in chain }
    }
    @Sendable func find(
      _ asked: TransactionAlternative
    ) async throws(Failure) -> (account: SendingAccount, entry: TransactionEntry)? {
      guard journals.areThere else { return nil }
      return try journals.find(asked, on: try await chains.value(for: true))
    }
    self.init(
      alternatives: { asked in
        do throws(Failure) { return try await find(asked)?.entry.alternatives() ?? [] } catch {
          world.detail(error.message)
          return []
        }
      },
      settle: { settlement in
        guard let asked = settlement.known.first, let found = try? await find(asked) else {
          return
        }
        await found.account.journal.settle(
          asked.hash,
          JournalledSettlement(
            mined: settlement.mined, replacement: settlement.replacement,
            blockNumber: settlement.block?.number, blockHash: settlement.block?.hash))
      },
      offer: { transaction throws(Failure) in
        let asked = TransactionAlternative(transaction)
        guard let found = try await find(asked) else { return true }
        // From here on the run that signed it cannot take it back.
        let (mayBe, commit) = try await found.account.journal.turn { turn throws(Failure) in
          guard let place = turn.number(of: transaction.hash) else { return true }
          return turn.offer(place)
        }
        try await commit?.value()
        return mayBe
      })
  }
}

extension SendingJournals {
  /// The entry that a transaction belongs to, and whose it is; nil where no journal has it.
  func find(
    _ asked: TransactionAlternative, on chain: ChainIdentity
  ) throws(Failure) -> (account: SendingAccount, entry: TransactionEntry)? {
    for account in try accounts(on: chain) {
      if let from = asked.expectation.from, account.journal.sender != from { continue }
      if let entry = try account.journal.entry(of: asked.hash) { return (account, entry) }
    }
    return nil
  }
}

extension TransactionEntry {
  /// What was signed for the nonce and not refused for good, in that order.
  func alternatives() throws(Failure) -> [TransactionAlternative] {
    try transactions.filter { $0.refusal == nil }.map { (one) throws(Failure) in
      TransactionAlternative(
        try one.signed(), TransactionAlternative.Kind(rawValue: one.kind.rawValue) ?? .send)
    }
  }
}
