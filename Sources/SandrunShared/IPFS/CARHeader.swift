internal import Hashing

/// The header of a CAR, version 1: a DAG-CBOR map of `roots` and `version`, and nothing else (IPLD, CARv1 specification).
struct CARHeader {
  /// The longest header that is read, in bytes.
  static let maximumLength = 32 << 10
  /// So many roots at most.
  static let maximumRoots = 1024

  var roots: [CID]

  /// The header behind its length, in the one form that DAG-CBOR allows.
  var bytes: [UInt8] {
    var body: [UInt8] = [0xa2]
    Self.append(3, count: 5, to: &body)
    body += Array("roots".utf8)
    Self.append(4, count: roots.count, to: &body)
    for root in roots {
      // Tag 42, then a byte string: a zero for the identity multibase, and the CID.
      body += [0xd8, 0x2a]
      let bytes = root.bytes
      Self.append(2, count: bytes.count + 1, to: &body)
      body += [0] + bytes
    }
    Self.append(3, count: 7, to: &body)
    body += Array("version".utf8) + [1]
    return Varint.encode(UInt64(body.count)) + body
  }

  /// A CBOR head in its shortest form.
  private static func append(_ major: UInt8, count: Int, to bytes: inout [UInt8]) {
    switch count {
    case ..<24: bytes.append(major << 5 | UInt8(count))
    case ..<256: bytes += [major << 5 | 24, UInt8(count)]
    default: bytes += [major << 5 | 25, UInt8(count >> 8), UInt8(count & 0xff)]
    }
  }
}

extension CARHeader {
  /// Reads a header without its length; `start` is where it lies in the archive, for the offsets in errors.
  init(
    parsing bytes: [UInt8], at start: Int, allowsNoRoots: Bool = false
  ) throws(CARError) {
    var reader = CBORReader(bytes: bytes, start: start)
    let members = try reader.head(5)
    // A header of version 2 has the version alone.
    guard members == 2 else {
      if members == 1, try reader.text() == "version" {
        throw .unsupportedVersion(try reader.head(0))
      }
      throw .badHeader(offset: start)
    }
    try reader.expect("roots")
    let count = try reader.head(4)
    guard count > 0 || allowsNoRoots else { throw .noRoots }
    guard count <= UInt64(Self.maximumRoots) else { throw .tooManyRoots(count) }
    roots = []
    for _ in 0..<count { roots.append(try reader.link()) }
    try reader.expect("version")
    let version = try reader.head(0)
    guard version == 1 else { throw .unsupportedVersion(version) }
    guard reader.offset == bytes.count else { throw .badHeader(offset: start + reader.offset) }
  }
}

/// The few forms of DAG-CBOR that a header is made of, each in its shortest form only.
private struct CBORReader {
  let bytes: [UInt8]
  let start: Int
  var offset = 0

  init(bytes: [UInt8], start: Int) {
    self.bytes = bytes
    self.start = start
  }

  /// The number in the head of an item of a major type.
  mutating func head(_ major: UInt8) throws(CARError) -> UInt64 {
    let begin = offset
    guard offset < bytes.count, bytes[offset] >> 5 == major else { throw bad(begin) }
    let short = UInt64(bytes[offset] & 0x1f)
    offset += 1
    guard short >= 24 else { return short }
    guard short < 28 else { throw bad(begin) }
    let width = 1 << Int(short - 24)
    guard offset + width <= bytes.count else { throw bad(begin) }
    let value = bytes[offset..<offset + width].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    offset += width
    let least: UInt64 = width == 1 ? 24 : 1 << UInt64(4 * width)
    guard value >= least else { throw bad(begin) }
    return value
  }

  mutating func string(_ major: UInt8) throws(CARError) -> ArraySlice<UInt8> {
    let begin = offset
    let count = try head(major)
    guard count <= UInt64(bytes.count - offset) else { throw bad(begin) }
    defer { offset += Int(count) }
    return bytes[offset..<offset + Int(count)]
  }

  mutating func text() throws(CARError) -> String {
    String(decoding: try string(3), as: UTF8.self)
  }

  mutating func expect(_ key: String) throws(CARError) {
    let begin = offset
    guard try text() == key else { throw bad(begin) }
  }

  mutating func link() throws(CARError) -> CID {
    let begin = offset
    guard try head(6) == 42 else { throw bad(begin) }
    let content = try string(2)
    guard content.first == 0 else { throw bad(begin) }
    do { return try CID(bytes: content.dropFirst()) } catch {
      throw .badCID(error, offset: start + begin)
    }
  }

  private func bad(_ at: Int) -> CARError { .badHeader(offset: start + at) }
}
