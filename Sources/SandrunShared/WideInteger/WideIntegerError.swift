/// Why text or bytes are not a 256-bit integer.
public enum WideIntegerError: Error, Equatable, Sendable, CustomStringConvertible {
  /// No digits.
  case empty
  /// Something else than a digit, at this byte.
  case badDigit(offset: Int)
  /// A zero before other digits, or a minus before a zero.
  case notCanonical
  /// Hexadecimal text that does not start with `0x`.
  case noPrefix
  /// A value that 256 bits cannot hold.
  case outOfRange
  /// Bytes of this length where 32, or at most 32, were expected.
  case badLength(Int)

  /// What is wrong, in a few words.
  public var description: String {
    switch self {
    case .empty: "no digits"
    case .badDigit(let offset): "not a digit at byte \(offset)"
    case .notCanonical: "superfluous zero"
    case .noPrefix: "no 0x in front"
    case .outOfRange: "does not fit 256 bits"
    case .badLength(let count): "\(count) bytes are not 32"
    }
  }
}
