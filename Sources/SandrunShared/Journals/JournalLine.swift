internal import Hashing

/// One line of a journal, read: where it stands, and its object.
public struct JournalLine: Sendable {
  /// The longest line that is written or read, in bytes.
  public static let lengthLimit = 256 << 20

  /// The offset of the line's first byte in the file.
  public var offset: Int
  /// The line's number, from 1; the header is the first.
  public var number: Int
  /// The text of the object: a part of the buffer that was read, to be copied by whoever keeps it.
  public var text: ArraySlice<UInt8>

  /// The place, for an error.
  public var place: JournalError.Place { .init(offset: offset, line: number) }

  /// The offset of the text in the file.
  public var textOffset: Int { offset + Self.prefixLength }

  /// Eight digits and a space.
  static let prefixLength = 9

  private static let digits = Array("0123456789abcdef".utf8)
  private static let newline: [UInt8] = [UInt8(ascii: "\n")]

  /// Appends a line: the CRC-32C of all texts so far, each with its newline, in eight hexadecimal digits, a space, the text, a newline.
  static func write(_ text: [UInt8], after chain: UInt32, to bytes: inout [UInt8]) -> UInt32 {
    let checksum = unsafe Self.checksum(text.span.bytes, after: chain)
    for shift in stride(from: 28, through: 0, by: -4) {
      bytes.append(digits[Int(checksum &>> UInt32(shift)) & 15])
    }
    bytes.append(UInt8(ascii: " "))
    bytes += text
    bytes.append(UInt8(ascii: "\n"))
    return checksum
  }

  static func checksum(_ text: RawSpan, after chain: UInt32) -> UInt32 {
    unsafe CRC32C.checksum(
      newline.span.bytes, continuing: CRC32C.checksum(text, continuing: chain))
  }

  /// The checksum that a line states, without its newline; nil where it is no line.
  ///
  /// Digits in capitals are refused: one bit is all between them and the small ones.
  static func stated(_ line: Span<UInt8>) -> UInt32? {
    guard line.count >= prefixLength, line[8] == UInt8(ascii: " ") else { return nil }
    var value: UInt32 = 0
    for index in 0..<8 {
      let byte = line[index]
      switch byte {
      case 0x30...0x39: value = value &<< 4 | UInt32(byte - 0x30)
      case 0x61...0x66: value = value &<< 4 | UInt32(byte - 0x57)
      default: return nil
      }
    }
    return value
  }
}
