public import WideInteger

/// Amounts of ether: wei as decimal strings out, `0.1ETH`, `5gwei` or plain wei in; never a floating-point number.
public enum Amount {
  static let units: [(name: String, power: Int)] = [
    ("", 0), ("wei", 0), ("kwei", 3), ("mwei", 6), ("gwei", 9), ("szabo", 12), ("finney", 15),
    ("eth", 18), ("ether", 18),
  ]

  /// Reads an amount in wei; throws for a negative, fractional or unknown one, or one of 2^256 wei or more.
  public static func parse(_ text: String) throws(UnitError) -> UInt256 {
    let failure = UnitError(text, expected: "an amount such as 0.1ETH, 5gwei or 100 (wei)")
    guard text.utf8.count <= 256, let decimal = DecimalText(text),
      let unit = units.first(where: { $0.name == decimal.unit.lowercased() }),
      let digits = decimal.scaled(by: unit.power)
    else { throw failure }
    let significant = digits.drop { $0 == "0" }
    guard let amount = try? UInt256(decimal: significant.isEmpty ? "0" : significant) else {
      throw failure
    }
    return amount
  }

  /// An amount of wei for people: `0.1 ETH`.
  public static func shown(_ wei: UInt256) -> String {
    let digits = wei.description
    let padded = String(repeating: "0", count: max(0, 19 - digits.count)) + digits
    var fraction = padded.suffix(18)
    while fraction.last == "0" { fraction = fraction.dropLast() }
    let whole = padded.dropLast(18)
    return fraction.isEmpty ? "\(whole) ETH" : "\(whole).\(fraction) ETH"
  }
}
