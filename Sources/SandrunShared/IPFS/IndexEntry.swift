internal import Hashing

/// Where a block lies: which pack, at which offset its record begins, how long the block is.
struct Location: Hashable {
  var pack: UInt32
  var offset: Int
  var length: Int
}

/// One line of the index.
struct IndexEntry {
  /// Digest 32, pack 4, length 4, offset 8.
  static let length = 48

  var digest: Digest32
  var location: Location

  func append(to bytes: inout [UInt8]) {
    bytes += digest.bytes
    LittleEndian.append(location.pack, to: &bytes)
    LittleEndian.append(UInt32(location.length), to: &bytes)
    LittleEndian.append(UInt64(location.offset), to: &bytes)
  }

  init(digest: Digest32, location: Location) {
    self.digest = digest
    self.location = location
  }

  /// The first eight bytes of the digest at an offset, as a number.
  static func prefix(_ bytes: [UInt8], at offset: Int) -> UInt64 {
    LittleEndian.uint64(bytes, at: offset).byteSwapped
  }

  /// Whether the entry at an offset stands before a digest; mostly its first eight bytes tell.
  static func isKey(_ bytes: [UInt8], at offset: Int, before digest: Digest32) -> Bool {
    let prefix = prefix(bytes, at: offset)
    if prefix != digest.prefix { return prefix < digest.prefix }
    return IndexEntry(bytes, at: offset).map { $0.digest < digest } ?? false
  }

  /// Whether the entry at an offset stands after a digest.
  static func isKey(_ bytes: [UInt8], at offset: Int, after digest: Digest32) -> Bool {
    let prefix = prefix(bytes, at: offset)
    if prefix != digest.prefix { return prefix > digest.prefix }
    return IndexEntry(bytes, at: offset).map { digest < $0.digest } ?? false
  }

  init?(_ bytes: [UInt8], at offset: Int) {
    guard let digest = try? Digest32(bytes.span.extracting(offset..<offset + 32)) else {
      return nil
    }
    self.init(
      digest: digest,
      location: Location(
        pack: LittleEndian.uint32(bytes, at: offset + 32),
        offset: Int(truncatingIfNeeded: LittleEndian.uint64(bytes, at: offset + 40)),
        length: Int(LittleEndian.uint32(bytes, at: offset + 36))))
  }
}

/// A stretch of a pack whose every block is in the index segment that says so.
struct Coverage: Hashable {
  /// Pack 4, zero 4, start 8, end 8.
  static let length = 24

  var pack: UInt32
  var start: Int
  var end: Int

  func append(to bytes: inout [UInt8]) {
    LittleEndian.append(pack, to: &bytes)
    LittleEndian.append(UInt32(0), to: &bytes)
    LittleEndian.append(UInt64(start), to: &bytes)
    LittleEndian.append(UInt64(end), to: &bytes)
  }

  /// The same stretches with neighbours joined, in order.
  static func joined(_ stretches: some Sequence<Coverage>) -> [Coverage] {
    var result: [Coverage] = []
    for next in stretches.sorted(by: { ($0.pack, $0.start) < ($1.pack, $1.start) }) {
      if let last = result.last, last.pack == next.pack, next.start <= last.end {
        result[result.count - 1].end = max(last.end, next.end)
      } else {
        result.append(next)
      }
    }
    return result
  }
}

/// Fixed-width numbers as the repository's files hold them.
enum LittleEndian {
  static func append(_ value: some FixedWidthInteger, to bytes: inout [UInt8]) {
    for shift in stride(from: 0, to: value.bitWidth, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }

  static func uint32(_ bytes: [UInt8], at offset: Int) -> UInt32 {
    unsafe UInt32(
      littleEndian: bytes.span.bytes.unsafeLoadUnaligned(
        fromByteOffset: offset, as: UInt32.self))
  }

  static func uint64(_ bytes: [UInt8], at offset: Int) -> UInt64 {
    unsafe UInt64(
      littleEndian: bytes.span.bytes.unsafeLoadUnaligned(
        fromByteOffset: offset, as: UInt64.self))
  }
}
