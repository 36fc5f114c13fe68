/// Standard base64 with padding (RFC 4648, section 4), as DSSE envelopes use it.
public enum Base64 {
  /// The text of the bytes, padded to a multiple of four.
  public static func encode(_ bytes: [UInt8]) -> String {
    let text = RadixPowerOfTwo.base64.encode(bytes)
    return text + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
  }

  /// The bytes of a padded text; white space, a missing pad or a stray bit is refused.
  public static func decode(_ text: String) throws(BaseError) -> [UInt8] {
    let text = Array(text.utf8)
    guard text.count.isMultiple(of: 4) else { throw .badLength(text.count) }
    let padding = text.suffix(2).count { $0 == UInt8(ascii: "=") }
    let digits = text.dropLast(padding)
    guard text.suffix(padding).allSatisfy({ $0 == UInt8(ascii: "=") }) else { throw .badPadding }
    return try RadixPowerOfTwo.base64.decode(digits)
  }
}
