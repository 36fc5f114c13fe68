public import ArgumentParser
internal import Records
internal import WideInteger

extension FeeStrategy: ExpressibleByArgument {}

/// The options of every verb that offers a price for gas.
public struct FeeOptions: ParsableArguments, Sendable {
  /// How fast.
  @Option(help: "How much to offer for gas: slow, standard, fast or custom (standard).")
  public var fees: FeeStrategy?

  /// The caller's own tip.
  @Option(help: "Offer a tip of <amount> a unit of gas, whatever others pay: --fees custom.")
  public var tip: String?

  /// The bound.
  @Option(help: "Let a unit of gas cost at most <amount>; refuse where that is too little.")
  public var maxFee: String?

  /// The caller's own price.
  @Option(help: "Offer <amount> a unit of gas in all, in a transaction of type 0 or 1.")
  public var gasPrice: String?

  /// Made by ArgumentParser.
  public init() {}

  /// Refuses what does not go together.
  public func validate() throws {
    _ = try amount(tip, "--tip")
    _ = try amount(maxFee, "--max-fee")
    _ = try amount(gasPrice, "--gas-price")
    guard tip == nil || gasPrice == nil else {
      throw ValidationError("--tip and --gas-price exclude each other")
    }
    let isOwn = tip != nil || gasPrice != nil
    guard fees == nil || (fees == .custom) == isOwn else {
      throw ValidationError("--fees custom goes with --tip or --gas-price, and only it does")
    }
  }

  /// The planner that these options make.
  ///
  /// `isLegacy` asks for one price for all on any chain: for transactions of types 0 and 1.
  public func planner(isLegacy: Bool = false) -> FeePlanner {
    FeePlanner(
      fees ?? (tip == nil && gasPrice == nil ? .standard : .custom),
      tip: tip.flatMap { try? Amount.parse($0) },
      gasPrice: gasPrice.flatMap { try? Amount.parse($0) },
      cap: maxFee.flatMap { try? Amount.parse($0) }, isLegacy: isLegacy)
  }

  private func amount(_ text: String?, _ flag: String) throws -> UInt256? {
    guard let text else { return nil }
    do { return try Amount.parse(text) } catch { throw ValidationError("\(flag): \(error)") }
  }
}
