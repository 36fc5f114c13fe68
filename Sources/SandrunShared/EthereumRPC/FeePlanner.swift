public import Records
public import WideInteger

/// How fast a transaction should be in a block.
public enum FeeStrategy: String, CaseIterable, Sendable {
  /// As the cheapest tenth of the last blocks' gas.
  case slow
  /// As the middle of it.
  case standard
  /// As the dearest tenth of it.
  case fast
  /// As the caller says.
  case custom

  /// Where among the tips of a block it stands.
  static let percentiles = [10, 50, 90]

  /// The column of its percentile; the middle for custom.
  var column: Int {
    switch self {
    case .slow: 0
    case .standard, .custom: 1
    case .fast: 2
    }
  }

  /// Per cent of a legacy chain's gas price.
  var legacyShare: UInt256 {
    switch self {
    case .slow: 90
    case .standard, .custom: 100
    case .fast: 125
    }
  }
}

/// Works out what to offer for gas from three calls that fit into any batch.
///
/// On a chain with a base fee (EIP-1559) the tip is the median, over those of the last 20 blocks that were at least a
/// twentieth full, of the strategy's percentile, and no less than 0.001 gwei; the highest fee is twice the next block's
/// base fee and the tip, which bears six full blocks in a row. Where `eth_feeHistory` is missing the tip is 2 gwei.
/// On a chain without a base fee the price is `eth_gasPrice`, nine tenths of it for slow and five quarters for fast.
public struct FeePlanner: Sendable {
  /// How fast it should go.
  public var strategy: FeeStrategy
  /// The caller's own tip, in wei a unit of gas.
  public var tip: UInt256?
  /// The caller's own price for all, in wei a unit of gas; makes a legacy price on any chain.
  public var gasPrice: UInt256?
  /// The most that a unit of gas may cost, in wei.
  public var cap: UInt256?
  /// Whether one price for all is wanted though the chain has a base fee: for types 0 and 1.
  public var isLegacy: Bool

  /// A planner by strategy, with bounds of the caller's.
  public init(
    _ strategy: FeeStrategy = .standard, tip: UInt256? = nil, gasPrice: UInt256? = nil,
    cap: UInt256? = nil, isLegacy: Bool = false
  ) {
    self.strategy = strategy
    self.tip = tip
    self.gasPrice = gasPrice
    self.cap = cap
    self.isLegacy = isLegacy || gasPrice != nil
  }

  /// How many blocks are looked at.
  static let span = 20
  /// A block that is emptier says nothing of the price: whoever came got in.
  static let nearlyEmpty = 0.05
  /// Miners take less than this for nothing: geth's own bound is 0.001 gwei.
  static let leastTip: UInt256 = 1_000_000
  /// Where a node does not tell what others pay.
  static let fallbackTip: UInt256 = 2_000_000_000
  /// 10,000 gwei: no honest node asks for more, unless the caller says so by a cap.
  static let absurd: UInt256 = 10_000_000_000_000
  /// 1 ETH: geth's own bound of a whole fee, beyond which nobody but the caller may go.
  package static let wholeLimit: UInt256 = 1_000_000_000_000_000_000

  /// What to ask: `eth_feeHistory`, `eth_gasPrice` and the latest block, in this order.
  public static let requests = [
    FeeHistory.request(blocks: span, percentiles: FeeStrategy.percentiles),
    RPCRequest("eth_gasPrice"), RPCRequest.block("latest"),
  ]

  /// The plan from the answers to `requests`, in their order.
  ///
  /// Throws for bad answers, a cap below the next block's base fee, and a price beyond 10,000 gwei without a cap.
  public func plan(
    from results: [Result<JSON, RPCFailure>]
  ) throws(FeeError) -> FeePlan {
    precondition(results.count == Self.requests.count, "one answer for each request")
    let offer: FeePlan
    do throws(RPCError) {
      let market = try FeeMarket(results)
      if let baseFee = market.baseFee {
        offer = isLegacy ? try flat(market, over: baseFee) : dynamic(market, over: baseFee)
      } else {
        offer = try legacy(market)
      }
    } catch { throw .answer(error) }
    return try bounded(offer)
  }
}
