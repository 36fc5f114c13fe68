/// What a job costs its submitter in gas, about: as contracts/tests/market/gas.json has it for jobs that nobody challenges.
public struct MarketGas: Hashable, Sendable {
  /// The post, with the payment; a token's approval included.
  public let post: UInt64
  /// Settling, where nobody else does it first.
  public let settle: UInt64
  /// Paying all nodes.
  public let release: UInt64

  /// The gas of a job for so many nodes, 1 to 15.
  public init(nodes: Int, isInToken: Bool) {
    let others = UInt64(max(1, min(nodes, Quorum.nodeLimit)) - 1)
    // A token is told how much may be taken (46,000 gas with most), and takes it.
    post = 156_324 + (isInToken ? 59_117 + 46_000 : 0)
    settle = 162_846 + 5_468 * others
    release = 179_164 + 98_657 * others
  }

  /// All of it.
  public var total: UInt64 { post + settle + release }
}
