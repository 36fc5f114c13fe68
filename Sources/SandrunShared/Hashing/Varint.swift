/// Unsigned varints of the multiformats: seven bits a byte, least significant first, at most nine bytes.
public enum Varint {
  /// The longest varint, in bytes: 63 bits.
  public static let maximumLength = 9

  /// Appends the shortest form of a number below 2^63.
  public static func append(_ value: UInt64, to bytes: inout [UInt8]) {
    precondition(value < 1 << 63, "a varint holds 63 bits")
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  /// The shortest form of a number below 2^63.
  public static func encode(_ value: UInt64) -> [UInt8] {
    var bytes: [UInt8] = []
    append(value, to: &bytes)
    return bytes
  }

  /// How many bytes the shortest form of a number takes.
  public static func length(of value: UInt64) -> Int {
    max(1, (70 - value.leadingZeroBitCount) / 7)
  }

  /// Reads one varint at an offset and moves the offset past it; only the shortest form is taken.
  public static func read(
    _ bytes: Span<UInt8>, at offset: inout Int
  ) throws(VarintError) -> UInt64 {
    var value: UInt64 = 0
    for index in 0..<maximumLength {
      guard offset + index < bytes.count else { throw .truncated(offset: offset) }
      let byte = bytes[offset + index]
      value |= UInt64(byte & 0x7f) << UInt64(7 * index)
      guard byte & 0x80 == 0 else { continue }
      guard byte != 0 || index == 0 else { throw .notMinimal(offset: offset) }
      offset += index + 1
      return value
    }
    throw .tooLong(offset: offset)
  }

  /// Reads one varint at an offset and moves the offset past it; only the shortest form is taken.
  public static func read(_ bytes: [UInt8], at offset: inout Int) throws(VarintError) -> UInt64 {
    try read(bytes.span, at: &offset)
  }
}

/// Why bytes are no varint; each case holds the offset where it begins.
public enum VarintError: Error, Equatable, Sendable {
  /// The bytes end inside the number.
  case truncated(offset: Int)
  /// A shorter form holds the same number.
  case notMinimal(offset: Int)
  /// It goes on after nine bytes.
  case tooLong(offset: Int)
}
