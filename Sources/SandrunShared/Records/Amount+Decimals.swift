public import WideInteger

extension Amount {
  /// How many decimals a unit of ether has: 0 for `wei`, 9 for `gwei`, 18 for `ether`; nil for a name that is none.
  public static func decimals(of unit: String) -> Int? {
    units.first { $0.name == unit.lowercased() && !unit.isEmpty }?.power
  }

  /// Reads a number without a unit as so many of the smallest unit: with 6 decimals, `1.5` is 1500000.
  ///
  /// Throws for a sign, an exponent, more decimals than there are, or 2^256 or more.
  public static func parse(_ text: String, decimals: Int) throws(UnitError) -> UInt256 {
    let failure = UnitError(text, expected: "a number with at most \(decimals) decimals")
    guard text.utf8.count <= 256, (0...77).contains(decimals), let decimal = DecimalText(text),
      decimal.unit.isEmpty, let digits = decimal.scaled(by: decimals)
    else { throw failure }
    let significant = digits.drop { $0 == "0" }
    guard let amount = try? UInt256(decimal: significant.isEmpty ? "0" : significant) else {
      throw failure
    }
    return amount
  }

  /// Reads a number that may have a minus in front; throws beyond −2^255 and 2^255 − 1, too.
  public static func parseSigned(_ text: String, decimals: Int) throws(UnitError) -> Int256 {
    guard text.utf8.first == UInt8(ascii: "-") else {
      let amount = try parse(text, decimals: decimals)
      guard amount <= Int256.max.bits else { throw tooLarge(text) }
      return Int256(bitPattern: amount)
    }
    let magnitude: UInt256
    do throws(UnitError) {
      magnitude = try parse(String(text.dropFirst()), decimals: decimals)
    } catch {
      throw UnitError(text, expected: error.expected)
    }
    guard magnitude <= Int256.min.bits else { throw tooLarge(text) }
    return Int256(bitPattern: 0 &- magnitude)
  }

  private static func tooLarge(_ text: String) -> UnitError {
    UnitError(text, expected: "a number of 256 bits")
  }

  /// An amount of the smallest unit as a number: with 6 decimals, 1500000 is `1.5` and 1000000 is `1.0`.
  public static func text(_ amount: UInt256, decimals: Int) -> String {
    let digits = amount.description
    guard decimals > 0 else { return digits }
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    var fraction = padded.suffix(decimals)
    while fraction.count > 1, fraction.last == "0" { fraction.removeLast() }
    return "\(padded.dropLast(decimals)).\(fraction)"
  }

  /// A signed amount of the smallest unit as a number.
  public static func text(_ amount: Int256, decimals: Int) -> String {
    (amount.isNegative ? "-" : "") + text(amount.magnitude, decimals: decimals)
  }
}
