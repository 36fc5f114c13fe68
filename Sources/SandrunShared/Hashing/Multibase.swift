/// The self-describing encodings of bytes as text that CIDs are written in.
///
/// The raw value is the prefix character (multiformats, multibase table).
public enum Multibase: Character, CaseIterable, Sendable {
  /// Hexadecimal digits, lower case.
  case base16 = "f"
  /// Hexadecimal digits, upper case.
  case base16Upper = "F"
  /// RFC 4648 base32, lower case, unpadded: the usual form of a CIDv1.
  case base32 = "b"
  /// RFC 4648 base32, upper case, unpadded.
  case base32Upper = "B"
  /// Base 36, lower case: fits a DNS label.
  case base36 = "k"
  /// Base 36, upper case.
  case base36Upper = "K"
  /// Bitcoin's base 58.
  case base58btc = "z"
  /// RFC 4648 base64, unpadded.
  case base64 = "m"
  /// RFC 4648 base64url, unpadded.
  case base64URL = "u"

  /// The prefix and the digits of the bytes.
  public func encode(_ bytes: [UInt8]) -> String {
    String(rawValue) + digits(bytes)
  }

  /// The digits of the bytes without the prefix.
  public func digits(_ bytes: [UInt8]) -> String {
    switch self {
    case .base16: RadixPowerOfTwo.base16.encode(bytes)
    case .base16Upper: RadixPowerOfTwo.base16Upper.encode(bytes)
    case .base32: RadixPowerOfTwo.base32.encode(bytes)
    case .base32Upper: RadixPowerOfTwo.base32Upper.encode(bytes)
    case .base36: RadixAny.base36.encode(bytes)
    case .base36Upper: RadixAny.base36Upper.encode(bytes)
    case .base58btc: RadixAny.base58.encode(bytes)
    case .base64: RadixPowerOfTwo.base64.encode(bytes)
    case .base64URL: RadixPowerOfTwo.base64URL.encode(bytes)
    }
  }

  /// The bytes of digits without a prefix; offsets in errors count from their start.
  public func decode(digits text: String) throws(BaseError) -> [UInt8] {
    try decode(Array(text.utf8)[...])
  }

  /// The base and the bytes of a prefixed text.
  public static func decode(
    _ text: String
  ) throws(BaseError) -> (base: Multibase, bytes: [UInt8]) {
    let text = Array(text.utf8)
    guard let first = text.first else { throw .empty }
    guard let base = Multibase(rawValue: Character(UnicodeScalar(first))) else {
      throw .unknownBase(first)
    }
    return (base, try base.decode(text.dropFirst()))
  }

  private func decode(_ text: ArraySlice<UInt8>) throws(BaseError) -> [UInt8] {
    switch self {
    case .base16: try RadixPowerOfTwo.base16.decode(text)
    case .base16Upper: try RadixPowerOfTwo.base16Upper.decode(text)
    case .base32: try RadixPowerOfTwo.base32.decode(text)
    case .base32Upper: try RadixPowerOfTwo.base32Upper.decode(text)
    case .base36: try RadixAny.base36.decode(text)
    case .base36Upper: try RadixAny.base36Upper.decode(text)
    case .base58btc: try RadixAny.base58.decode(text)
    case .base64: try RadixPowerOfTwo.base64.decode(text)
    case .base64URL: try RadixPowerOfTwo.base64URL.decode(text)
    }
  }
}
