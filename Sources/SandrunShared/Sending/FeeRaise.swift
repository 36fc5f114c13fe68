internal import Ethereum
internal import EthereumRPC
internal import Records
internal import WideInteger

/// What a transaction must offer so that nodes take it in the place of others with its nonce.
///
/// Nodes want a tenth more of both fees; it is a tenth and 1 wei more than the highest of each, rounded up, and no less
/// than what a new transaction would offer now.
struct FeeRaise {
  /// Why no more can be offered.
  enum Obstacle: Error, Equatable {
    /// The caller's own bound leaves less than is needed.
    case aboveCap(needed: UInt256, cap: UInt256)
    /// The whole fee would be above 1 ETH, and the caller names no bound.
    case aboveWhole(needed: UInt256, gas: UInt64)
  }

  /// The least that replaces all the others: for all, and for the tip.
  private(set) var least: (cap: UInt256, tip: UInt256)

  /// Looks at what is to be replaced.
  init(over fees: [Transaction.Fees]) {
    var highest: (cap: UInt256, tip: UInt256) = (0, 0)
    for fee in fees {
      highest.cap = max(highest.cap, fee.cap)
      highest.tip = max(highest.tip, fee.tip)
    }
    least = (Self.raised(highest.cap), Self.raised(highest.tip))
  }

  /// A tenth more, rounded up, and 1.
  static func raised(_ fee: UInt256) -> UInt256 {
    let (tenth, rest) = fee.quotientAndRemainder(dividingBy: 10)
    let (more, isOver) = fee.addingReportingOverflow(tenth)
    let (sum, isAbove) = more.addingReportingOverflow(rest == 0 ? 1 : 2)
    return isOver || isAbove ? .max : sum
  }

  /// The fees of a transaction with so much gas: the least, or what is offered now where that is more, within the
  /// caller's bound or 1 ETH in all.
  func fees(
    offer: FeePlan.Price, gas: UInt64, within cap: UInt256?
  ) throws(Obstacle) -> Transaction.Fees {
    let bound = cap ?? FeePlanner.wholeLimit / UInt256(max(gas, 1))
    guard least.cap <= bound else {
      throw cap.map { .aboveCap(needed: least.cap, cap: $0) }
        ?? .aboveWhole(needed: least.cap, gas: gas)
    }
    switch offer {
    case .legacy(let price): return .price(min(max(least.cap, price), bound))
    case .dynamic(let most, let tip):
      let highest = min(max(least.cap, most), bound)
      return .dynamic(cap: highest, tip: min(max(least.tip, tip), highest))
    }
  }
}

extension Transaction.Fees {
  /// What is for the block's builder: in types 0 and 1 all of the price may be.
  fileprivate var tip: UInt256 {
    switch self {
    case .price(let price): price
    case .dynamic(_, let tip): tip
    }
  }
}

extension Failure {
  /// What a tool says where no more can be offered: 65.
  init(_ obstacle: FeeRaise.Obstacle) {
    switch obstacle {
    case .aboveCap(let needed, let cap):
      self.init(
        .data,
        "a tenth more is \(FeePlan.gwei(needed)) a unit of gas, above the highest fee of \(FeePlan.gwei(cap))",
        code: "fee-above-cap", hint: "see --max-fee")
    case .aboveWhole(let needed, let gas):
      let (whole, isOver) = needed.multipliedReportingOverflow(by: UInt256(gas))
      self.init(
        .data,
        "with a tenth more the fee could be \(isOver ? "more than there is" : Amount.shown(whole)), above \(Amount.shown(FeePlanner.wholeLimit))",
        code: "fee-above-cap", hint: "if that is right, allow its price with --max-fee")
    }
  }
}
