/// Thirty-two bytes: the output of SHA-256 or Keccak-256, a Merkle root, any `bytes32`.
///
/// Order is the order of the bytes. The bytes are kept as four words, so a digest is a plain value.
public struct Digest32: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The digest's length in bytes.
  public static let length = 32

  /// Thirty-two zero bytes.
  public static let zero = Digest32(words: (0, 0, 0, 0))

  /// The bytes as four big-endian words, first word first.
  private let word0, word1, word2, word3: UInt64

  private init(words: (UInt64, UInt64, UInt64, UInt64)) {
    (word0, word1, word2, word3) = words
  }

  /// Takes exactly 32 bytes; `DigestError` names any other length.
  public init(_ bytes: Span<UInt8>) throws(DigestError) {
    guard bytes.count == Self.length else { throw .badLength(bytes.count) }
    self.init(
      words: (Self.word(bytes, 0), Self.word(bytes, 8), Self.word(bytes, 16), Self.word(bytes, 24)))
  }

  /// Takes exactly 32 bytes; `DigestError` names any other length.
  public init(_ bytes: [UInt8]) throws(DigestError) {
    try self.init(bytes.span)
  }

  /// Takes the bytes of a digest that a hash function of this module has just written.
  init(_ bytes: borrowing InlineArray<32, UInt8>) {
    let bytes = bytes.span
    self.init(
      words: (Self.word(bytes, 0), Self.word(bytes, 8), Self.word(bytes, 16), Self.word(bytes, 24)))
  }

  /// Takes four words as a sponge squeezes them: little-endian.
  init(littleEndian words: (UInt64, UInt64, UInt64, UInt64)) {
    self.init(
      words: (words.0.byteSwapped, words.1.byteSwapped, words.2.byteSwapped, words.3.byteSwapped))
  }

  /// Reads `0x` and 64 hexadecimal digits.
  public init(hex: String) throws(DigestError) {
    try self.init(hex: Array(hex.utf8).span)
  }

  /// Reads `0x` and 64 hexadecimal digits.
  public init(hex: Span<UInt8>) throws(DigestError) {
    if let words = Self.words(hex) {
      self.init(words: words)
      return
    }
    let bytes: [UInt8]
    do { bytes = try Hex.decode(hex) } catch { throw .notHex(error) }
    try self.init(bytes)
  }

  /// The 32 bytes.
  public var bytes: [UInt8] {
    unsafe withUnsafeBytes(of: words) { unsafe Array($0) }
  }

  /// The bytes as four words that lie in memory as the bytes do.
  public var words: (UInt64, UInt64, UInt64, UInt64) {
    (word0.bigEndian, word1.bigEndian, word2.bigEndian, word3.bigEndian)
  }

  /// The first eight bytes as a big-endian number: a uniform key to bucket by.
  public var prefix: UInt64 { word0 }

  /// `0x` and 64 lower-case digits.
  public var description: String { Hex.encode(bytes) }

  /// Whether the bytes of the one come before the bytes of the other.
  public static func < (one: Digest32, other: Digest32) -> Bool {
    if one.word0 != other.word0 { return one.word0 < other.word0 }
    if one.word1 != other.word1 { return one.word1 < other.word1 }
    if one.word2 != other.word2 { return one.word2 < other.word2 }
    return one.word3 < other.word3
  }

  /// The words of a text that is what it has to be.
  private static func words(_ text: Span<UInt8>) -> (UInt64, UInt64, UInt64, UInt64)? {
    guard text.count == 2 + 2 * length, text[0] == UInt8(ascii: "0"), text[1] == UInt8(ascii: "x")
    else { return nil }
    func half(_ start: Int) -> UInt64? { HexWord.number(word(text, start)).map(UInt64.init) }
    func whole(_ start: Int) -> UInt64? {
      guard let high = half(start), let low = half(start + 8) else { return nil }
      return high << 32 | low
    }
    guard let word0 = whole(2), let word1 = whole(18), let word2 = whole(34), let word3 = whole(50)
    else { return nil }
    return (word0, word1, word2, word3)
  }

  private static func word(_ bytes: Span<UInt8>, _ offset: Int) -> UInt64 {
    unsafe UInt64(
      bigEndian: bytes.bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }
}

/// Why bytes or text are no digest of 32 bytes.
public enum DigestError: Error, Equatable, Sendable {
  /// The length found, in bytes, where 32 were wanted.
  case badLength(Int)
  /// The text is not `0x` and pairs of digits.
  case notHex(BaseError)
}
