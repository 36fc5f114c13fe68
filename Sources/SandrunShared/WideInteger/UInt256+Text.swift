/// 10¹⁹, the highest power of ten below 2⁶⁴.
private let chunk: UInt64 = 10_000_000_000_000_000_000
private let chunkDigits = 19

extension UInt256: CustomStringConvertible {
  /// The decimal digits.
  public var description: String {
    var digits: [UInt8] = []
    writeDecimal(to: &digits)
    return String(decoding: digits, as: UTF8.self)
  }

  /// Appends the decimal digits in ASCII.
  public func writeDecimal(to output: inout [UInt8]) {
    output.append(addingCapacity: 5 * chunkDigits) { digits in
      Self.write(words, to: &digits)
    }
  }

  /// Writes the digits of words, the most significant first, chunk by chunk.
  private static func write(
    _ words: (UInt64, UInt64, UInt64, UInt64), to output: inout OutputSpan<UInt8>
  ) {
    var rest = words
    var chunks = InlineArray<5, UInt64>(repeating: 0)
    var count = 0
    while (rest.0 | rest.1 | rest.2) != 0 || rest.3 >= chunk {
      var remainder: UInt64 = 0
      (rest.0, remainder) = chunk.dividingFullWidth((0, rest.0))
      (rest.1, remainder) = chunk.dividingFullWidth((remainder, rest.1))
      (rest.2, remainder) = chunk.dividingFullWidth((remainder, rest.2))
      (rest.3, remainder) = chunk.dividingFullWidth((remainder, rest.3))
      chunks[count] = remainder
      count += 1
    }
    write(rest.3, digits: 1, to: &output)
    while count > 0 {
      count -= 1
      write(chunks[count], digits: chunkDigits, to: &output)
    }
  }

  /// Writes one number with at least so many digits.
  private static func write(
    _ number: UInt64, digits least: Int, to output: inout OutputSpan<UInt8>
  ) {
    var digits = InlineArray<20, UInt8>(repeating: UInt8(ascii: "0"))
    var start = digits.count
    var rest = number
    while rest > 0 {
      start -= 1
      digits[start] += UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
    if start > digits.count - least { start = digits.count - least }
    for index in start..<digits.count { output.append(digits[index]) }
  }

  /// `0x` and the hexadecimal digits without zeros in front, `0x0` for zero: a quantity of Ethereum's JSON-RPC.
  public var hex: String {
    guard high != 0 else { return "0x" + String(low, radix: 16) }
    let digits = String(low, radix: 16)
    return "0x" + String(high, radix: 16) + String(repeating: "0", count: 32 - digits.count)
      + digits
  }

  /// Reads decimal digits: no sign, no space, no zero in front of others.
  public init(decimal text: some StringProtocol) throws(WideIntegerError) {
    try self.init(decimal: String(text))
  }

  /// Reads decimal digits: no sign, no space, no zero in front of others.
  public init(decimal text: String) throws(WideIntegerError) {
    let digits = text.utf8
    guard let first = digits.first else { throw .empty }
    // Most are short; Swift's own parser takes a sign, too.
    if digits.count <= 18, first &- 0x30 < 10, first != UInt8(ascii: "0") || digits.count == 1,
      let small = UInt64(text)
    {
      self.init(low: UInt128(small))
      return
    }
    var value = UInt256.min
    var offset = -1
    for byte in digits {
      offset += 1
      guard case UInt8(ascii: "0")...UInt8(ascii: "9") = byte else {
        throw .badDigit(offset: offset)
      }
      let (product, lost) = value.multipliedReportingOverflow(by: 10)
      let digit = UInt256(low: UInt128(byte - UInt8(ascii: "0")))
      let (sum, carried) = product.addingReportingOverflow(digit)
      guard !lost, !carried else { throw .outOfRange }
      value = sum
    }
    guard first != UInt8(ascii: "0") || digits.count == 1 else { throw .notCanonical }
    self = value
  }

  /// Reads `0x` and 1 to 64 hexadecimal digits in either case; zeros in front are taken.
  public init(hex text: some StringProtocol) throws(WideIntegerError) {
    try self.init(hex: String(text))
  }

  /// Reads `0x` and 1 to 64 hexadecimal digits in either case; zeros in front are taken.
  public init(hex text: String) throws(WideIntegerError) {
    let bytes = text.utf8
    guard bytes.starts(with: "0x".utf8) else { throw .noPrefix }
    guard bytes.count > 2 else { throw .empty }
    var value = UInt256.min
    var offset = 1
    for byte in bytes.dropFirst(2) {
      offset += 1
      guard let digit = Self.hexDigit(byte) else { throw .badDigit(offset: offset) }
      guard offset < 66 else { throw .outOfRange }
      value = value << 4 | UInt256(low: UInt128(digit))
    }
    self = value
  }

  /// Reads a quantity of Ethereum's JSON-RPC: `0x` and digits without a zero in front.
  public init(quantity text: some StringProtocol) throws(WideIntegerError) {
    let value = try UInt256(hex: text)
    guard text.utf8.count == 3 || !text.utf8.starts(with: "0x0".utf8) else { throw .notCanonical }
    self = value
  }

  private static func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
