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
  /// RFC 4648 base32, lower case, padded.
  case base32Padded = "c"
  /// RFC 4648 base32, upper case, padded.
  case base32PaddedUpper = "C"
  /// RFC 4648 base32 with the extended hex alphabet, lower case, unpadded.
  case base32Hex = "v"
  /// RFC 4648 base32 with the extended hex alphabet, upper case, unpadded.
  case base32HexUpper = "V"
  /// RFC 4648 base32 with the extended hex alphabet, lower case, padded.
  case base32HexPadded = "t"
  /// RFC 4648 base32 with the extended hex alphabet, upper case, padded.
  case base32HexPaddedUpper = "T"
  /// Base 36, lower case: fits a DNS label.
  case base36 = "k"
  /// Base 36, upper case.
  case base36Upper = "K"
  /// Bitcoin's base 58.
  case base58btc = "z"
  /// RFC 4648 base64, unpadded.
  case base64 = "m"
  /// RFC 4648 base64, padded.
  case base64Padded = "M"
  /// RFC 4648 base64url, unpadded.
  case base64URL = "u"
  /// RFC 4648 base64url, padded.
  case base64URLPadded = "U"

  /// Its name in the multibase table.
  public var name: String {
    switch self {
    case .base16: "base16"
    case .base16Upper: "base16upper"
    case .base32: "base32"
    case .base32Upper: "base32upper"
    case .base32Padded: "base32pad"
    case .base32PaddedUpper: "base32padupper"
    case .base32Hex: "base32hex"
    case .base32HexUpper: "base32hexupper"
    case .base32HexPadded: "base32hexpad"
    case .base32HexPaddedUpper: "base32hexpadupper"
    case .base36: "base36"
    case .base36Upper: "base36upper"
    case .base58btc: "base58btc"
    case .base64: "base64"
    case .base64Padded: "base64pad"
    case .base64URL: "base64url"
    case .base64URLPadded: "base64urlpad"
    }
  }

  /// The base of this name.
  public init?(named name: String) {
    guard let base = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = base
  }

  /// The base of this name or prefix.
  public init?(text: String) {
    if let base = Multibase(named: text) {
      self = base
    } else {
      guard text.utf8.count == 1, let prefix = text.first else { return nil }
      self.init(rawValue: prefix)
    }
  }

  /// The prefix and the digits of the bytes.
  public func encode(_ bytes: [UInt8]) -> String {
    String(rawValue) + digits(bytes)
  }

  /// The digits of the bytes without the prefix.
  public func digits(_ bytes: [UInt8]) -> String {
    switch alphabet {
    case .number(let radix): radix.encode(bytes)
    case .bits(let radix, let isPadded):
      radix.encode(bytes) + (isPadded ? radix.padding(bytes.count) : "")
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
    switch alphabet {
    case .number(let radix): return try radix.decode(text)
    case .bits(let radix, isPadded: false): return try radix.decode(text)
    case .bits(let radix, isPadded: true):
      let digits = text.prefix { $0 != UInt8(ascii: "=") }
      let bytes = try radix.decode(digits)
      guard text[digits.endIndex...].elementsEqual(radix.padding(bytes.count).utf8) else {
        throw .badPadding
      }
      return bytes
    }
  }

  private enum Alphabet {
    case number(RadixAny)
    case bits(RadixPowerOfTwo, isPadded: Bool)
  }

  private var alphabet: Alphabet {
    switch self {
    case .base16: .bits(.base16, isPadded: false)
    case .base16Upper: .bits(.base16Upper, isPadded: false)
    case .base32: .bits(.base32, isPadded: false)
    case .base32Upper: .bits(.base32Upper, isPadded: false)
    case .base32Padded: .bits(.base32, isPadded: true)
    case .base32PaddedUpper: .bits(.base32Upper, isPadded: true)
    case .base32Hex: .bits(.base32Hex, isPadded: false)
    case .base32HexUpper: .bits(.base32HexUpper, isPadded: false)
    case .base32HexPadded: .bits(.base32Hex, isPadded: true)
    case .base32HexPaddedUpper: .bits(.base32HexUpper, isPadded: true)
    case .base36: .number(.base36)
    case .base36Upper: .number(.base36Upper)
    case .base58btc: .number(.base58)
    case .base64: .bits(.base64, isPadded: false)
    case .base64Padded: .bits(.base64, isPadded: true)
    case .base64URL: .bits(.base64URL, isPadded: false)
    case .base64URLPadded: .bits(.base64URL, isPadded: true)
    }
  }
}
