import Ethereum
import Hashing
import Testing
import WideInteger

@testable import Sending

@Suite("One nonce that is waited for") struct ReceiptWatchTests {
  static func transaction(_ nonce: UInt64, price: UInt64) throws -> SignedTransaction {
    Signer(PrivateKey.random()).sign(
      try Transaction(
        type: .legacy, chainId: 1, nonce: nonce, to: nil, data: [0], gas: 60_000,
        fees: .price(.init(price))))
  }

  @Test("learns whose it is, and what else was signed for it") func learns() throws {
    let (first, second) = (try Self.transaction(4, price: 1), try Self.transaction(4, price: 2))
    var watch = ReceiptWatch(
      [TransactionAlternative(ReceiptExpectation(hash: first.hash))], confirmations: 1)
    #expect(watch.slot == nil && watch.bytes == nil)
    watch.learn([TransactionAlternative(first), TransactionAlternative(second, .cancel)])
    watch.learn([TransactionAlternative(second, .cancel)])
    #expect(watch.known.map(\.hash) == [first.hash, second.hash])
    #expect(watch.slot?.nonce == 4 && watch.slot?.sender == first.from)
    #expect(watch.bytes == second)
    #expect(watch.alternative(second.hash)?.kind == .cancel)
  }

  @Test("forgets with a reorganisation what held for its block") func anew() throws {
    var watch = ReceiptWatch(
      [TransactionAlternative(try Self.transaction(0, price: 1))], confirmations: 3)
    watch.depth = 2
    watch.looked = .now
    watch.spending = .init(since: .now, head: 7)
    watch.enter(.seeking)
    #expect(watch.depth == 0 && watch.looked == nil && watch.spending == nil)
  }
}
