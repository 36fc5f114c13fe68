import Ethereum
import EthereumRPC
import Records
import Testing
import WideInteger

@testable import Sending

@Suite("A raise of fees") struct FeeRaiseTests {
  @Test(
    "is a tenth, rounded up, and 1",
    arguments: [
      (0, 1), (1, 3), (9, 11), (10, 12), (11, 14), (100, 111), (50_000_000_000, 55_000_000_001),
    ])
  func tenth(fee: UInt64, raised: UInt64) {
    #expect(FeeRaise.raised(UInt256(fee)) == UInt256(raised))
    // What geth wants: no less than 110 parts of 100, rounded down, and more than before.
    #expect(FeeRaise.raised(UInt256(fee)) >= UInt256(fee) &* 110 / 100)
    #expect(FeeRaise.raised(UInt256(fee)) > UInt256(fee))
  }

  @Test("ends at the highest number") func overflow() {
    #expect(FeeRaise.raised(.max) == .max)
    #expect(FeeRaise.raised(.max - 5) == .max)
  }

  @Test("goes above the highest cap and the highest tip, whosever they are") func highest() {
    let raise = FeeRaise(over: [
      .dynamic(cap: 100, tip: 1), .dynamic(cap: 50, tip: 40), .price(90),
    ])
    #expect(raise.least == (111, 100))
  }

  @Test("is what is offered now where that is more") func offered() throws {
    let raise = FeeRaise(over: [.dynamic(cap: 100, tip: 10)])
    #expect(
      try raise.fees(
        offer: .dynamic(maxFeePerGas: 500, maxPriorityFeePerGas: 3), gas: 21_000, within: nil)
        == .dynamic(cap: 500, tip: 12))
    #expect(
      try raise.fees(
        offer: .dynamic(maxFeePerGas: 5, maxPriorityFeePerGas: 300), gas: 21_000, within: nil)
        == .dynamic(cap: 111, tip: 111))
    #expect(
      try FeeRaise(over: [.price(10)]).fees(offer: .legacy(gasPrice: 5), gas: 1, within: nil)
        == .price(12))
  }

  @Test("stays within the caller's bound, or within 1 ETH in all") func bounds() throws {
    let raise = FeeRaise(over: [.dynamic(cap: 100, tip: 10)])
    let offer = FeePlan.Price.dynamic(maxFeePerGas: 500, maxPriorityFeePerGas: 3)
    #expect(try raise.fees(offer: offer, gas: 21_000, within: 120) == .dynamic(cap: 120, tip: 12))
    #expect(throws: FeeRaise.Obstacle.aboveCap(needed: 111, cap: 110)) {
      try raise.fees(offer: offer, gas: 21_000, within: 110)
    }
    // 10^18 wei for 2·10^15 gas are 500 wei each; for 10^16 they are 100.
    #expect(
      try raise.fees(
        offer: .dynamic(maxFeePerGas: 900, maxPriorityFeePerGas: 3), gas: 2_000_000_000_000_000,
        within: nil) == .dynamic(cap: 500, tip: 12))
    #expect(throws: FeeRaise.Obstacle.aboveWhole(needed: 111, gas: 10_000_000_000_000_000)) {
      try raise.fees(offer: offer, gas: 10_000_000_000_000_000, within: nil)
    }
  }
}
