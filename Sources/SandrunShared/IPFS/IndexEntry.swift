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
    var value: UInt32 = 0
    for index in 0..<4 { value |= UInt32(bytes[offset + index]) << UInt32(8 * index) }
    return value
  }

  static func uint64(_ bytes: [UInt8], at offset: Int) -> UInt64 {
    UInt64(uint32(bytes, at: offset)) | UInt64(uint32(bytes, at: offset + 4)) << 32
  }
}
