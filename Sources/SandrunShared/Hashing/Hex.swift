/// Hexadecimal text: `0x` and two digits a byte.
public enum Hex {
  /// `0x` and lower-case digits.
  public static func encode(_ bytes: [UInt8]) -> String {
    "0x" + digits(bytes)
  }

  /// Appends `0x` and lower-case digits.
  public static func encode(_ bytes: Span<UInt8>, to output: inout [UInt8]) {
    output.append(UInt8(ascii: "0"))
    output.append(UInt8(ascii: "x"))
    digits(bytes, to: &output)
  }

  /// Lower-case digits with no prefix.
  public static func digits(_ bytes: [UInt8]) -> String {
    unsafe String(unsafeUninitializedCapacity: 2 * bytes.count) { buffer in
      for (index, byte) in bytes.enumerated() {
        unsafe buffer[2 * index] = digit(byte >> 4)
        unsafe buffer[2 * index + 1] = digit(byte & 0xf)
      }
      return 2 * bytes.count
    }
  }

  /// Appends lower-case digits with no prefix.
  public static func digits(_ bytes: Span<UInt8>, to output: inout [UInt8]) {
    output.append(addingCapacity: 2 * bytes.count) { digits in
      for index in bytes.indices {
        digits.append(digit(bytes[index] >> 4))
        digits.append(digit(bytes[index] & 0xf))
      }
    }
  }

  @inline(__always)
  private static func digit(_ value: UInt8) -> UInt8 {
    value + (value < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10)
  }

  /// The bytes of `0x` and an even number of digits, in either case.
  public static func decode(_ text: String) throws(BaseError) -> [UInt8] {
    try decode(Array(text.utf8).span)
  }

  /// The bytes of `0x` and an even number of digits, in either case.
  public static func decode(_ text: Span<UInt8>) throws(BaseError) -> [UInt8] {
    guard text.count >= 2, text[0] == UInt8(ascii: "0"), text[1] == UInt8(ascii: "x") else {
      throw .missingPrefix
    }
    return try decode(text, from: 2)
  }

  /// The bytes of an even number of digits, in either case, with no prefix.
  public static func decode(digits text: String) throws(BaseError) -> [UInt8] {
    try decode(Array(text.utf8).span, from: 0)
  }

  private static func decode(_ text: Span<UInt8>, from start: Int) throws(BaseError) -> [UInt8] {
    let count = text.count - start
    guard count.isMultiple(of: 2) else { throw .badLength(count) }
    var spoilt: UInt8 = 0
    let bytes = [UInt8](capacity: count / 2) { bytes in
      for offset in stride(from: start, to: text.count, by: 2) {
        let (high, low) = (value(of: text[offset]), value(of: text[offset + 1]))
        spoilt |= high | low
        bytes.append(high << 4 | low)
      }
    }
    guard spoilt < 16 else { throw .badDigit(offset: badDigit(in: text, from: start)) }
    return bytes
  }

  private static func badDigit(in text: Span<UInt8>, from start: Int) -> Int {
    var offset = start
    while offset < text.count, value(of: text[offset]) < 16 { offset += 1 }
    return offset
  }

  /// A digit's value; 16 or more where it is none.
  @inline(__always)
  static func value(of character: UInt8) -> UInt8 {
    let number = character &- UInt8(ascii: "0")
    if number < 10 { return number }
    let letter = (character | 0x20) &- UInt8(ascii: "a")
    return letter < 6 ? letter + 10 : .max
  }
}
