import Ethereum
import Records
import Synchronization
import Testing
import WideInteger

@testable import EthereumRPC

@Suite("The fees of a stream") struct BuildingFeesTests {
  private static let gwei: UInt256 = 1_000_000_000
  private static let silence = Result<JSON, RPCFailure>.failure(
    RPCFailure(method: "x", code: -32005, message: "daily request count exceeded"))

  /// What a node without `eth_feeHistory` says.
  private static func answers() -> [Result<JSON, RPCFailure>] {
    let block: JSON = [
      "number": "0x10", "hash": .string("0x" + String(repeating: "1", count: 64)),
      "parentHash": .string("0x" + String(repeating: "2", count: 64)), "timestamp": "0x1",
      "gasLimit": "0x1c9c380", "gasUsed": "0x0", "baseFeePerGas": "0x3b9aca00",
    ]
    let missing = RPCFailure(method: "eth_feeHistory", code: -32601, message: "method not found")
    return [.failure(missing), .success("0x77359400"), .success(block)]
  }

  /// A clock that stands still until it is put forward.
  private final class Clock: Sendable {
    private let time = Mutex(ContinuousClock.now)
    var now: ContinuousClock.Instant { time.withLock { $0 } }
    func forward(_ duration: Duration) { time.withLock { $0 += duration } }
  }

  @Test("one answer is good for the records of two seconds") func freshness() throws {
    let clock = Clock()
    let fees = BuildingFees(FeePlanner()) { clock.now }
    let empty = TransactionFields()
    #expect(fees.asks(for: empty))
    let first = try fees.priced(empty, by: Self.answers()) { _ in }
    #expect(first.blockGas == 30_000_000)
    clock.forward(.milliseconds(1999))
    #expect(!fees.asks(for: empty))
    let second = try fees.priced(empty, by: nil) { _ in }
    #expect(second.fields.maxFeePerGas == first.fields.maxFeePerGas)
    clock.forward(.milliseconds(1))
    #expect(fees.asks(for: empty))
  }

  @Test("an answer that made no plan is good for nobody else") func refusals() throws {
    let clock = Clock()
    let fees = BuildingFees(FeePlanner()) { clock.now }
    let empty = TransactionFields()
    #expect(throws: Failure.self) {
      try fees.priced(empty, by: Array(repeating: Self.silence, count: 3)) { _ in }
    }
    #expect(fees.asks(for: empty))
    _ = try fees.priced(empty, by: Self.answers()) { _ in }
    #expect(!fees.asks(for: empty))
  }

  @Test("a node's price is not paid beyond 1 ETH in all unless it is allowed") func whole() throws {
    var fields = TransactionFields()
    fields.maxFeePerGas = 50 * Self.gwei
    fields.gas = 20_000_000
    try BuildingFees(FeePlanner()).checkWhole(fields)
    fields.gas = 20_000_001
    #expect(throws: Failure.self) { try BuildingFees(FeePlanner()).checkWhole(fields) }
    fields.maxFeePerGas = .max
    #expect(throws: Failure.self) { try BuildingFees(FeePlanner()).checkWhole(fields) }
    var allowed = FeePlanner()
    allowed.cap = .max
    try BuildingFees(allowed).checkWhole(fields)
  }

  @Test("a tip that was asked for goes with a record's own highest fee") func tip() throws {
    let fees = BuildingFees(FeePlanner(.custom, tip: 3 * Self.gwei))
    var fields = TransactionFields()
    fields.maxFeePerGas = 9 * Self.gwei
    #expect(fees.filled(fields).maxPriorityFeePerGas == 3 * Self.gwei)
    #expect(!fees.asks(for: fees.filled(fields)))
    fields.maxPriorityFeePerGas = Self.gwei
    #expect(fees.filled(fields).maxPriorityFeePerGas == Self.gwei)
    fields = TransactionFields()
    fields.gasPrice = Self.gwei
    #expect(fees.filled(fields).maxPriorityFeePerGas == nil)
  }

  @Test("a price that was asked for makes way for a record's own fees") func gasPrice() throws {
    let fees = BuildingFees(FeePlanner(.custom, gasPrice: 3 * Self.gwei))
    #expect(fees.filled(TransactionFields()).gasPrice == 3 * Self.gwei)
    var fields = TransactionFields()
    fields.maxFeePerGas = 9 * Self.gwei
    #expect(fees.filled(fields).gasPrice == nil)
  }
}
