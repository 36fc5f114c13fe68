/// Hexadecimal text: `0x` and two digits a byte.
public enum Hex {
  /// `0x` and lower-case digits.
  public static func encode(_ bytes: [UInt8]) -> String {
    "0x" + digits(bytes)
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

  @inline(__always)
  private static func digit(_ value: UInt8) -> UInt8 {
    value + (value < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10)
  }

  /// The bytes of `0x` and an even number of digits, in either case.
  public static func decode(_ text: String) throws(BaseError) -> [UInt8] {
    let text = Array(text.utf8)
    guard text.count >= 2, text[0] == UInt8(ascii: "0"), text[1] == UInt8(ascii: "x") else {
      throw .missingPrefix
    }
    return try decode(text[...].dropFirst(2))
  }

  /// The bytes of an even number of digits, in either case, with no prefix.
  public static func decode(digits text: String) throws(BaseError) -> [UInt8] {
    try decode(Array(text.utf8)[...])
  }

  private static func decode(_ text: ArraySlice<UInt8>) throws(BaseError) -> [UInt8] {
    guard text.count.isMultiple(of: 2) else { throw .badLength(text.count) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count / 2)
    var high: UInt8?
    for (offset, character) in zip(text.indices, text) {
      guard let value = value(of: character) else { throw .badDigit(offset: offset) }
      if let half = high {
        bytes.append(half << 4 | value)
        high = nil
      } else {
        high = value
      }
    }
    return bytes
  }

  private static func value(of character: UInt8) -> UInt8? {
    switch character {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
