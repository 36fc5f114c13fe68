/// A quantity that could not be read, with the text and what would have been right.
public struct UnitError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The text as given.
  public var text: String
  /// What was expected, as the second half of a sentence: `a size such as 2GB or 512MiB`.
  public var expected: String

  /// Makes an error from the text and what would have been right.
  public init(_ text: String, expected: String) {
    self.text = text
    self.expected = expected
  }

  /// `"5 apples" is not a size such as 2GB or 512MiB`.
  public var description: String { "\(JSON.string(text).text) is not \(expected)" }
}

/// A decimal number taken apart exactly: never through a floating-point number.
struct DecimalText {
  /// The digits without the point.
  var digits: String
  /// How many of them stand behind the point.
  var decimals: Int
  /// What follows the number: the unit.
  var unit: Substring

  /// Reads `12`, `0.5`, `1.50GB`; nil for a sign, an exponent, a bare point or nothing.
  init?(_ text: String) {
    let isDigit = { (character: Character) in character.isASCII && character.isNumber }
    let whole = text.prefix(while: isDigit)
    guard !whole.isEmpty else { return nil }
    var rest = text.dropFirst(whole.count)
    var fraction: Substring = ""
    if rest.first == "." {
      fraction = rest.dropFirst().prefix(while: isDigit)
      guard !fraction.isEmpty else { return nil }
      rest = rest.dropFirst(fraction.count + 1)
    }
    self.digits = String(whole + fraction)
    self.decimals = fraction.count
    self.unit = rest
  }

  /// The number times 10^`power`, as digits; nil where that leaves a fraction.
  func scaled(by power: Int) -> String? {
    if decimals <= power { return digits + String(repeating: "0", count: power - decimals) }
    let excess = decimals - power
    guard digits.suffix(excess).allSatisfy({ $0 == "0" }) else { return nil }
    return String(digits.dropLast(excess))
  }
}
