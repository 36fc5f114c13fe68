/// Why a text is not what a base encoding writes.
public enum BaseError: Error, Equatable, Sendable {
  /// There is no text at all where a prefix was wanted.
  case empty
  /// The text does not begin with `0x`.
  case missingPrefix
  /// The multibase prefix is not one that this module reads.
  case unknownBase(UInt8)
  /// The byte at this offset of the text is no digit of the base.
  case badDigit(offset: Int)
  /// So many digits never come out of an encoder.
  case badLength(Int)
  /// The last digit holds bits that belong to no byte.
  case strayBits
  /// The padding is missing, too long or not at the end.
  case badPadding
  /// The text is longer than this decoder takes, in bytes.
  case tooLong(limit: Int)
}
