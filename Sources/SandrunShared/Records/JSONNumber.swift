/// A number by its own text, so that `0.10` and `1e400` leave as they came.
public struct JSONNumber: Hashable, Sendable, CustomStringConvertible {
  /// The text as RFC 8259 section 6 has it.
  public let description: String

  init(checked text: String) { self.description = text }

  /// A number from text; nil where RFC 8259 has no such number (`01`, `+1`, `.5`, `NaN`).
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    var scanner = JSONScanner()
    guard let first = bytes.first, first == UInt8(ascii: "-") || first &- 0x30 < 10,
      (try? scanner.number(bytes.span)) != nil, scanner.at == bytes.count
    else { return nil }
    self.description = text
  }

  /// A number from an integer.
  public init(_ value: some BinaryInteger) { self.description = String(value) }

  /// A number of seconds with at most six decimals, the last zeros left out.
  public init(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    let micros = attoseconds / 1_000_000_000_000
    let sign = seconds < 0 || micros < 0 ? "-" : ""
    guard micros != 0 else {
      self.description = "\(seconds)"
      return
    }
    let digits = String(micros.magnitude)
    var fraction = String(repeating: "0", count: 6 - digits.count) + digits
    while fraction.last == "0" { fraction.removeLast() }
    self.description = "\(sign)\(seconds.magnitude).\(fraction)"
  }

  /// The value where the text is plain digits, with or without a minus, and fits `Int`.
  public var integer: Int? {
    description.utf8.allSatisfy { $0 == UInt8(ascii: "-") || $0 &- 0x30 < 10 }
      ? Int(description) : nil
  }
}
