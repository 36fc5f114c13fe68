public import Records
public import WideInteger

/// What a transaction offers for its gas, and why.
public struct FeePlan: Hashable, Sendable {
  /// The two ways to offer a price.
  public enum Price: Hashable, Sendable {
    /// One price for all, in wei a unit of gas: types 0 and 1.
    case legacy(gasPrice: UInt256)
    /// A tip beyond the base fee, and the most that both may be together (EIP-1559): types 2 and 4.
    case dynamic(maxFeePerGas: UInt256, maxPriorityFeePerGas: UInt256)
  }

  /// What is offered.
  public var price: Price
  /// What the next block burns, in wei a unit of gas; nil on chains without a base fee.
  public var baseFee: UInt256?
  /// How it came about, in words, one a line, for `-v`.
  public var reasons: [String]

  /// The most that a unit of gas can cost, in wei.
  public var highest: UInt256 {
    switch price {
    case .legacy(let gasPrice): gasPrice
    case .dynamic(let maxFeePerGas, _): maxFeePerGas
    }
  }

  /// An amount of wei as people say prices of gas: `1.5 gwei`.
  package static func gwei(_ wei: UInt256) -> String {
    let digits = wei.description
    guard digits.utf8.count > 4 else { return "\(digits) wei" }
    let padded = String(repeating: "0", count: max(0, 10 - digits.utf8.count)) + digits
    var fraction = padded.suffix(9)
    while fraction.last == "0" { fraction = fraction.dropLast() }
    return fraction.isEmpty
      ? "\(padded.dropLast(9)) gwei" : "\(padded.dropLast(9)).\(fraction) gwei"
  }
}

/// Why no fee can be offered.
public enum FeeError: Error, Sendable, CustomStringConvertible {
  /// The node's answer is bad, or it refuses what the plan cannot do without.
  case answer(RPCError)
  /// The most that the caller will pay is less than the next block burns.
  case capTooLow(cap: UInt256, baseFee: UInt256)
  /// The node asks for more than anybody pays, and the caller set no bound.
  case absurd(UInt256)
  /// The caller's own tip is above the caller's own bound.
  case tipAboveCap(tip: UInt256, cap: UInt256)

  /// What is wrong, in a few words.
  public var description: String {
    switch self {
    case .answer(let error): error.description
    case .capTooLow(let cap, let baseFee):
      "the highest fee of \(FeePlan.gwei(cap)) is below the next block's base fee of \(FeePlan.gwei(baseFee))"
    case .absurd(let fee):
      "the node asks for \(FeePlan.gwei(fee)) a unit of gas, above \(FeePlan.gwei(FeePlanner.absurd))"
    case .tipAboveCap(let tip, let cap):
      "the tip of \(FeePlan.gwei(tip)) is above the highest fee of \(FeePlan.gwei(cap))"
    }
  }
}

extension FeePlan {
  /// The members of a transaction that it fills: amounts in wei as decimal strings.
  public var json: JSON {
    switch price {
    case .legacy(let gasPrice): ["gasPrice": .string("\(gasPrice)")]
    case .dynamic(let maxFeePerGas, let maxPriorityFeePerGas):
      [
        "maxFeePerGas": .string("\(maxFeePerGas)"),
        "maxPriorityFeePerGas": .string("\(maxPriorityFeePerGas)"),
      ]
    }
  }
}
