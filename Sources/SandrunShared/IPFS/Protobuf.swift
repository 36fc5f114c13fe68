internal import Hashing

/// The fields of one protocol buffers message, read in their order.
///
/// Only the three wire types that DAG-PB and UnixFS use are read: varints, bytes and numbers of four bytes.
struct ProtobufReader {
  private let bytes: [UInt8]
  private let end: Int
  private(set) var offset: Int

  init(_ bytes: ArraySlice<UInt8>, of whole: [UInt8]) {
    self.bytes = whole
    self.offset = bytes.startIndex
    self.end = bytes.endIndex
  }

  init(_ bytes: [UInt8]) {
    self.init(bytes[...], of: bytes)
  }

  enum Value {
    case number(UInt64)
    case bytes(ArraySlice<UInt8>)
    case fixed(UInt32)
  }

  /// The next field, or nil at the end.
  mutating func next() throws(BlockError) -> (field: UInt64, value: Value, offset: Int)? {
    guard offset < end else { return nil }
    let start = offset
    let key = try varint()
    switch key & 7 {
    case 0:
      return (key >> 3, .number(try varint()), start)
    case 2:
      let length = try varint()
      guard length <= UInt64(end - offset) else { throw .truncated(offset: start) }
      defer { offset += Int(length) }
      return (key >> 3, .bytes(bytes[offset..<offset + Int(length)]), start)
    case 5:
      guard end - offset >= 4 else { throw .truncated(offset: start) }
      defer { offset += 4 }
      let number = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[offset + $1]) << UInt32(8 * $1) }
      return (key >> 3, .fixed(number), start)
    default:
      throw .badWireType(Int(key & 7), offset: start)
    }
  }

  /// Protocol buffers allow a varint that is longer than needed; Kubo reads it, and so do we.
  mutating func varint() throws(BlockError) -> UInt64 {
    let start = offset
    var value: UInt64 = 0
    for index in 0..<10 {
      guard offset < end else { throw .truncated(offset: start) }
      let byte = bytes[offset]
      offset += 1
      guard index < 9 || byte <= 1 else { throw .badNumber(offset: start) }
      value |= UInt64(byte & 0x7f) << UInt64(7 * index)
      if byte & 0x80 == 0 { return value }
    }
    throw .badNumber(offset: start)
  }
}

/// Appends protocol buffers fields to bytes.
enum ProtobufWriter {
  static func number(_ value: UInt64, field: UInt64, to bytes: inout [UInt8]) {
    varint(field << 3, to: &bytes)
    varint(value, to: &bytes)
  }

  static func header(ofBytes count: Int, field: UInt64, to bytes: inout [UInt8]) {
    varint(field << 3 | 2, to: &bytes)
    varint(UInt64(count), to: &bytes)
  }

  static func bytes(_ value: [UInt8], field: UInt64, to bytes: inout [UInt8]) {
    header(ofBytes: value.count, field: field, to: &bytes)
    bytes += value
  }

  static func fixed(_ value: UInt32, field: UInt64, to bytes: inout [UInt8]) {
    varint(field << 3 | 5, to: &bytes)
    for shift in stride(from: UInt32(0), to: 32, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }

  /// All 64 bits, unlike a varint of the multiformats.
  static func varint(_ value: UInt64, to bytes: inout [UInt8]) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  /// How many bytes a number takes.
  static func length(of value: UInt64) -> Int {
    max(1, (70 - value.leadingZeroBitCount) / 7)
  }
}

/// Why bytes are no DAG-PB node, or the data in it is no UnixFS; offsets count from the start of the block.
public enum BlockError: Error, Equatable, Sendable {
  /// A field goes beyond the end of what holds it.
  case truncated(offset: Int)
  /// A number has more than 64 bits.
  case badNumber(offset: Int)
  /// A field has a wire type that it cannot have.
  case badWireType(Int, offset: Int)
  /// A field that the format does not have.
  case unknownField(UInt64, offset: Int)
  /// A field that came already, or after one that must follow it.
  case misplacedField(UInt64, offset: Int)
  /// A link without the CID it is for.
  case linkWithoutHash(offset: Int)
  /// A link to something that is no CID.
  case badLink(CIDError, offset: Int)
  /// The node should be JSON, and is none.
  case notJSON(offset: Int)
  /// The node holds no UnixFS data where it should.
  case noData
  /// The UnixFS type is none that exists.
  case unknownType(UInt64)
  /// The UnixFS data names no type.
  case missingType
}
