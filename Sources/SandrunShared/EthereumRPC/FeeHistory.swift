internal import Records
public import WideInteger

/// What gas cost in the last blocks: the answer to `eth_feeHistory`.
public struct FeeHistory: Sendable {
  /// One block of it.
  public struct Block: Sendable {
    /// Wei a unit of gas that were burnt.
    public var baseFee: UInt256
    /// How full it was, 0 to 1.
    public var fullness: Double
    /// The tips at the percentiles that were asked for, in wei a unit of gas; zero in an empty block.
    public var tips: [UInt256]
  }

  /// The blocks, oldest first.
  public var blocks: [Block]
  /// What the block after them will burn.
  public var nextBaseFee: UInt256

  /// The call that is answered so.
  public static func request(blocks: Int, percentiles: [Int]) -> RPCRequest {
    RPCRequest(
      "eth_feeHistory",
      [
        .string("0x" + String(blocks, radix: 16)), "latest",
        .array(percentiles.map { .integer($0) }),
      ])
  }

  /// Reads the answer: one base fee more than blocks, and a row of tips for each block.
  public init(_ answer: RPCValue, percentiles: Int) throws(RPCError) {
    let baseFees = try answer.member("baseFeePerGas").elements()
    let ratios = try answer.optional("gasUsedRatio")?.elements() ?? []
    let rewards = try answer.optional("reward")?.elements() ?? []
    // Some nodes answer with more blocks than were asked for; none has a reason for thousands.
    guard ratios.count <= 1024, baseFees.count == ratios.count + 1, rewards.count == ratios.count
    else {
      throw answer.flaw(
        "\(baseFees.count) base fees, \(ratios.count) ratios and \(rewards.count) rows of rewards")
    }
    var blocks: [Block] = []
    for (index, row) in rewards.enumerated() {
      let tips = try row.elements().map { (tip) throws(RPCError) in try tip.quantity() }
      guard tips.count == percentiles else {
        throw row.flaw("\(tips.count) rewards, not \(percentiles)")
      }
      let baseFee = try baseFees[index].quantity()
      blocks.append(Block(baseFee: baseFee, fullness: try Self.ratio(ratios[index]), tips: tips))
    }
    self.blocks = blocks
    nextBaseFee = try baseFees[ratios.count].quantity()
  }

  private static func ratio(_ value: RPCValue) throws(RPCError) -> Double {
    guard case .number(let number) = value.json, let ratio = Double(number.description),
      (0...1).contains(ratio)
    else { throw value.flaw("\(RPCAnswer.shown(value.json)) is no share of a block") }
    return ratio
  }
}
