/// Why a text is not what a base encoding writes.
public enum BaseError: Error, Equatable, Sendable, CustomStringConvertible {
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

  /// What is wrong, as a part of a sentence.
  public var description: String {
    switch self {
    case .empty: "the text is empty"
    case .missingPrefix: "it does not begin with 0x"
    case .unknownBase(let prefix):
      "the multibase prefix 0x\(String(prefix, radix: 16)) is not one that is read here"
    case .badDigit(let offset): "no digit at offset \(offset)"
    case .badLength(let count): "\(count) digits make no whole bytes"
    case .strayBits: "its last digit holds bits of no byte"
    case .badPadding: "its padding is missing, too long or not at the end"
    case .tooLong(let limit): "it is longer than \(limit) bytes"
    }
  }
}
