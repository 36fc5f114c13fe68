internal import Records
internal import WideInteger

/// What a node tells of the price of gas.
struct FeeMarket {
  /// The last blocks; nil where the node has no `eth_feeHistory`.
  var history: FeeHistory?
  /// The node's own advice.
  private var price: Result<JSON, RPCFailure>
  /// What the next block burns; nil on chains without a base fee.
  var baseFee: UInt256?

  /// Reads the answers to `FeePlanner.requests`.
  init(_ results: [Result<JSON, RPCFailure>]) throws(RPCError) {
    let requests = FeePlanner.requests
    price = results[1]
    let latest = try BlockHeader(results[2].answer(to: requests[2]))
    if case .failure(let refusal) = results[0], refusal.isMissingMethod {
      history = nil
    } else {
      // A legacy chain's answer may be anything; nothing of it is needed.
      history =
        latest.baseFeePerGas == nil
        ? nil
        : try FeeHistory(
          results[0].answer(to: requests[0]), percentiles: FeeStrategy.percentiles.count)
    }
    baseFee = latest.baseFeePerGas.map { latest in
      // From block to block it rises by an eighth at most.
      history?.nextBaseFee ?? latest.plus(latest / 8)
    }
  }

  /// The node's own advice, in wei a unit of gas.
  func gasPrice() throws(RPCError) -> UInt256 {
    try price.answer(to: FeePlanner.requests[1]).quantity()
  }
}

extension FeePlanner {
  /// A tip beyond the base fee, and a bound that bears some full blocks.
  func dynamic(_ market: FeeMarket, over baseFee: UInt256) -> FeePlan {
    let (tip, why) = tip(market)
    let highest = baseFee.plus(baseFee).plus(tip)
    return FeePlan(
      price: .dynamic(maxFeePerGas: highest, maxPriorityFeePerGas: tip), baseFee: baseFee,
      reasons: [
        why,
        "highest fee \(FeePlan.gwei(highest)): twice the next block's base fee of \(FeePlan.gwei(baseFee)), and the tip",
      ])
  }

  /// One price for all on a chain with a base fee.
  func flat(_ market: FeeMarket, over baseFee: UInt256) throws(RPCError) -> FeePlan {
    if let gasPrice { return given(gasPrice, baseFee: baseFee) }
    let (tip, why) = tip(market)
    let advice = try market.gasPrice()
    // The advice goes by the last base fee, not the next.
    let price = max(advice, baseFee.plus(tip))
    return FeePlan(
      price: .legacy(gasPrice: price), baseFee: baseFee,
      reasons: [
        why,
        "gas price \(FeePlan.gwei(price)): the node's advice is \(FeePlan.gwei(advice)), the next block's base fee and the tip are \(FeePlan.gwei(baseFee.plus(tip)))",
      ])
  }

  /// One price for all on a chain without a base fee.
  func legacy(_ market: FeeMarket) throws(RPCError) -> FeePlan {
    if let gasPrice { return given(gasPrice, baseFee: nil) }
    let advice = try market.gasPrice()
    let (product, isOver) = advice.multipliedReportingOverflow(by: strategy.legacyShare)
    let price = isOver ? advice : product / 100
    return FeePlan(
      price: .legacy(gasPrice: price), baseFee: nil,
      reasons: [
        "gas price \(FeePlan.gwei(price)): the chain has no base fee, the node's advice is \(FeePlan.gwei(advice)), and \(strategy.rawValue) takes \(strategy.legacyShare) % of it"
      ])
  }

  /// Keeps an offer within the caller's bound, or within sense.
  func bounded(_ offer: FeePlan) throws(FeeError) -> FeePlan {
    guard let cap else {
      guard gasPrice != nil || offer.highest <= Self.absurd else {
        throw .absurd(offer.highest)
      }
      if let gasPrice, let baseFee = offer.baseFee, gasPrice < baseFee {
        throw .capTooLow(cap: gasPrice, baseFee: baseFee)
      }
      return offer
    }
    let own = gasPrice ?? tip ?? .min
    guard own <= cap else { throw .tipAboveCap(tip: own, cap: cap) }
    let most = min(cap, offer.highest)
    if let baseFee = offer.baseFee, most < baseFee {
      throw .capTooLow(cap: most, baseFee: baseFee)
    }
    guard offer.highest > cap else { return offer }
    var copy = offer
    copy.reasons.append("bounded to \(FeePlan.gwei(cap)) as asked")
    switch offer.price {
    case .legacy: copy.price = .legacy(gasPrice: cap)
    case .dynamic(_, let tip):
      copy.price = .dynamic(maxFeePerGas: cap, maxPriorityFeePerGas: min(tip, cap))
    }
    return copy
  }

  private func given(_ price: UInt256, baseFee: UInt256?) -> FeePlan {
    FeePlan(
      price: .legacy(gasPrice: price), baseFee: baseFee,
      reasons: ["gas price \(FeePlan.gwei(price)): as asked"])
  }

  /// The tip, and where it comes from.
  private func tip(_ market: FeeMarket) -> (UInt256, why: String) {
    if let tip { return (tip, "tip \(FeePlan.gwei(tip)): as asked") }
    guard let history = market.history else {
      return (
        Self.fallbackTip,
        "tip \(FeePlan.gwei(Self.fallbackTip)): the node does not tell what others pay"
      )
    }
    let tips = history.blocks.filter { $0.fullness >= Self.nearlyEmpty }
      .map { $0.tips[strategy.column] }.sorted()
    guard !tips.isEmpty else {
      return (
        Self.leastTip,
        "tip \(FeePlan.gwei(Self.leastTip)), the least: the last blocks were nearly empty"
      )
    }
    let median = tips[tips.count / 2]
    let tip = max(median, Self.leastTip)
    let percentile = FeeStrategy.percentiles[strategy.column]
    return (
      tip,
      "tip \(FeePlan.gwei(tip)): what the \(percentile)th percentile paid in the middle one of \(tips.count) blocks, and no less than \(FeePlan.gwei(Self.leastTip))"
    )
  }
}

extension UInt256 {
  /// The sum, or the highest value where it is beyond: a node may claim anything.
  fileprivate func plus(_ other: UInt256) -> UInt256 {
    let (sum, isOver) = addingReportingOverflow(other)
    return isOver ? .max : sum
  }
}
