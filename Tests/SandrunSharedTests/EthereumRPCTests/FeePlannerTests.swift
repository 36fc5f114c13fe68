import EthereumRPC
import Records
import Testing
import WideInteger

@Suite("A plan of fees") struct FeePlannerTests {
  private static let gwei: UInt256 = 1_000_000_000

  /// Answers of a node: tips in gwei of blocks that are so full, the next base fee, and the node's advice.
  private static func answers(
    tips: [[Int]] = [], fullness: [String] = [], next: String = "0x3b9aca00",
    gasPrice: String? = "0x77359400", baseFee: String? = "0x3b9aca00", history: Bool = true
  ) throws -> [Result<JSON, RPCFailure>] {
    let missing = RPCFailure(method: "x", code: -32601, message: "the method x does not exist")
    let fees = Array(repeating: JSON.string("0x3b9aca00"), count: tips.count) + [.string(next)]
    let answer: JSON = [
      "oldestBlock": "0x1", "baseFeePerGas": .array(fees),
      "gasUsedRatio": .array(try fullness.map { .number(try #require(JSONNumber($0))) }),
      "reward": .array(
        tips.map { .array($0.map { .string("0x" + String($0 * 1_000_000_000, radix: 16)) }) }),
    ]
    var block: JSONObject = [
      "number": "0x10", "hash": .string("0x" + String(repeating: "1", count: 64)),
      "parentHash": .string("0x" + String(repeating: "2", count: 64)), "timestamp": "0x1",
      "gasLimit": "0x1c9c380", "gasUsed": "0x0",
    ]
    block["baseFeePerGas"] = baseFee.map { .string($0) }
    return [
      history ? .success(answer) : .failure(missing),
      gasPrice.map { .success(.string($0)) } ?? .failure(missing), .success(.object(block)),
    ]
  }

  @Test(
    "takes the middle block's percentile, nearly empty blocks left out",
    arguments: [
      (FeeStrategy.slow, 2), (.standard, 5), (.fast, 9),
    ])
  func strategies(_ strategy: FeeStrategy, _ tip: Int) throws {
    let answers = try Self.answers(
      tips: [[1, 4, 8], [0, 0, 0], [2, 5, 9], [3, 6, 10], [0, 0, 0]],
      fullness: ["0.5", "0", "1", "0.0500001", "0.0499"])
    let plan = try FeePlanner(strategy).plan(from: answers)
    let wei = UInt256(tip) * Self.gwei
    #expect(
      plan.price
        == .dynamic(maxFeePerGas: 2 * Self.gwei + wei, maxPriorityFeePerGas: wei))
    #expect(plan.baseFee == Self.gwei)
    #expect(plan.reasons.count == 2)
  }

  @Test("goes by the base fee of the next block") func nextBaseFee() throws {
    let plan = try FeePlanner(tip: Self.gwei).plan(
      from: Self.answers(tips: [[1, 1, 1]], fullness: ["1"], next: "0x2540be400"))
    #expect(plan.highest == 21 * Self.gwei)
  }

  @Test("offers the least tip where all blocks are nearly empty") func empty() throws {
    for answers in [
      try Self.answers(tips: [[0, 0, 0]], fullness: ["0.01"]), try Self.answers(),
    ] {
      let plan = try FeePlanner().plan(from: answers)
      #expect(
        plan.price
          == .dynamic(maxFeePerGas: 2 * Self.gwei + 1_000_000, maxPriorityFeePerGas: 1_000_000))
    }
  }

  @Test("offers 2 gwei where a node has no eth_feeHistory") func noHistory() throws {
    let plan = try FeePlanner(.fast).plan(from: Self.answers(gasPrice: nil, history: false))
    // The next base fee is not known: an eighth more than the last at most.
    #expect(
      plan.price == .dynamic(maxFeePerGas: 4_250_000_000, maxPriorityFeePerGas: 2 * Self.gwei))
  }

  @Test(
    "knows a chain without a base fee",
    arguments: [
      (FeeStrategy.slow, UInt256(1_800_000_000)), (.standard, 2_000_000_000),
      (.fast, 2_500_000_000),
    ])
  func legacy(_ strategy: FeeStrategy, _ price: UInt256) throws {
    for history in [true, false] {
      let plan = try FeePlanner(strategy).plan(
        from: Self.answers(
          tips: [[0, 0, 0]], fullness: ["1"], baseFee: nil, history: history))
      #expect(plan.price == .legacy(gasPrice: price) && plan.baseFee == nil)
    }
    #expect(throws: FeeError.self) {
      try FeePlanner(strategy).plan(from: Self.answers(gasPrice: nil, baseFee: nil))
    }
  }

  @Test("makes one price for all where it is asked to") func flat() throws {
    let answers = try Self.answers(tips: [[1, 5, 9]], fullness: ["1"])
    #expect(
      try FeePlanner(isLegacy: true).plan(from: answers).price
        == .legacy(gasPrice: 6 * Self.gwei))
    #expect(
      try FeePlanner(gasPrice: 3 * Self.gwei).plan(from: answers).price
        == .legacy(gasPrice: 3 * Self.gwei))
    #expect(throws: FeeError.self) { try FeePlanner(gasPrice: 1).plan(from: answers) }
  }

  @Test("stays below a cap, and refuses one that would hang") func cap() throws {
    let answers = try Self.answers(tips: [[1, 5, 9]], fullness: ["1"])
    let plan = try FeePlanner(cap: 4 * Self.gwei).plan(from: answers)
    #expect(
      plan.price
        == .dynamic(maxFeePerGas: 4 * Self.gwei, maxPriorityFeePerGas: 4 * Self.gwei))
    #expect(try FeePlanner(cap: Self.gwei).plan(from: answers).highest == Self.gwei)
    for planner in [
      FeePlanner(cap: Self.gwei - 1), FeePlanner(tip: 5, cap: 4), FeePlanner(cap: .min),
    ] {
      #expect(throws: FeeError.self) { try planner.plan(from: answers) }
    }
    #expect(throws: FeeError.self) {
      try FeePlanner(cap: 5 * Self.gwei, isLegacy: true).plan(
        from: Self.answers(next: "0x2540be400"))
    }
  }

  @Test(
    "believes no fee that nobody pays, and never overflows",
    arguments: [
      "0x9184e72a001", "0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
      "0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    ])
  func absurd(_ fee: String) throws {
    for planner in [FeePlanner(), FeePlanner(isLegacy: true)] {
      #expect(throws: FeeError.self) { try planner.plan(from: Self.answers(next: fee)) }
    }
    #expect(throws: FeeError.self) {
      try FeePlanner(.fast).plan(from: Self.answers(gasPrice: fee, baseFee: nil))
    }
    #expect(throws: FeeError.self) {
      try FeePlanner(.fast).plan(from: Self.answers(baseFee: fee, history: false))
    }
    // But the caller may allow it.
    let cap = try UInt256(
      quantity: "0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")
    #expect(try FeePlanner(cap: cap).plan(from: Self.answers(next: fee)).highest > 0)
  }

  @Test("takes no history that does not fit together") func malformed() throws {
    for answers in [
      try Self.answers(tips: [[1, 1, 1]], fullness: []),
      try Self.answers(tips: [[1, 1]], fullness: ["1"]),
      try Self.answers(tips: [[1, 1, 1]], fullness: ["1.5"]),
      try Self.answers(tips: [[1, 1, 1]], fullness: ["-0.1"]),
      try Self.answers(tips: [[1, 1, 1]], fullness: ["1e999"]),
      try Self.answers(next: "0x01"), try Self.answers(baseFee: "1"),
    ] {
      do throws(FeeError) {
        let plan = try FeePlanner().plan(from: answers)
        Issue.record("\(plan)")
      } catch {
        guard case .answer = error else {
          Issue.record("\(error)")
          continue
        }
      }
    }
  }
}
