internal import Files
internal import Hashing
internal import SystemPackage

/// One append-only file of blocks.
///
/// It begins with `SRPACK1` and a newline. Then records, one after another: `SRB1` (4), the block's length (4), its SHA-256 (32), the
/// CRC-32C of these 40 bytes (4), the block. The digest is the block's own checksum. Numbers are little-endian.
///
/// A writer holds the file's lock (`flock`) as long as it appends; what follows the last whole record is a torn write.
struct Pack {
  static let magic: [UInt8] = Array("SRPACK1\n".utf8)
  static let recordMagic: [UInt8] = Array("SRB1".utf8)
  static let headerLength = 44
  /// A pack that has grown to this length is left for the next one.
  static let fullLength = 4 << 30

  let number: UInt32
  let file: OpenFile

  static func name(_ number: UInt32) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 8 - digits.count)) + digits + ".pack"
  }

  /// The number of a pack's name; nil for any other name.
  static func number(of name: FilePath.Component) -> UInt32? {
    guard name.extension == "pack", let number = UInt32(name.stem),
      Self.name(number) == name.string
    else { return nil }
    return number
  }

  static func appendHeader(_ digest: Digest32, length: Int, to bytes: inout [UInt8]) {
    let start = bytes.count
    bytes += recordMagic
    LittleEndian.append(UInt32(length), to: &bytes)
    bytes += digest.bytes
    let checksum = unsafe CRC32C.checksum(bytes.span.bytes.extracting(start..<start + 40))
    LittleEndian.append(checksum, to: &bytes)
  }

  /// The digest and the length in a record's header; nil where there is none.
  static func parse(header bytes: [UInt8], at offset: Int) -> (digest: Digest32, length: Int)? {
    guard offset + headerLength <= bytes.count,
      Array(bytes[offset..<offset + 4]) == recordMagic,
      unsafe CRC32C.checksum(bytes.span.bytes.extracting(offset..<offset + 40))
        == LittleEndian.uint32(bytes, at: offset + 40),
      let digest = try? Digest32(bytes.span.extracting(offset + 8..<offset + 40))
    else { return nil }
    let length = Int(LittleEndian.uint32(bytes, at: offset + 4))
    return length <= Block.maximumLength ? (digest, length) : nil
  }

  /// The block at a location, or nil where the bytes there are not the block of this digest.
  func block(at location: Location, digest: Digest32) throws(FileError) -> [UInt8]? {
    guard let bytes = try bytes(at: location) else { return nil }
    return SHA256.hash(bytes) == digest ? bytes : nil
  }

  /// The bytes at a location, whatever they are, or nil where there are fewer.
  func bytes(at location: Location) throws(FileError) -> [UInt8]? {
    guard location.length <= Block.maximumLength, location.offset >= 0 else { return nil }
    let bytes = try file.read(
      at: location.offset + Self.headerLength, count: location.length)
    return bytes.count == location.length ? bytes : nil
  }

  /// The whole records in a stretch, each proved by its digest, and where the last of them ends.
  ///
  /// Past damage the next header is looked for, byte by byte: a bad disk sector costs the blocks it hit and no others.
  func scan(from start: Int, to end: Int) throws(FileError) -> (entries: [IndexEntry], end: Int) {
    var entries: [IndexEntry] = []
    var offset = start
    var lastEnd = start
    while offset + Self.headerLength <= end {
      let header = try file.read(at: offset, count: Self.headerLength)
      guard let (digest, length) = Self.parse(header: header, at: 0),
        offset + Self.headerLength + length <= end
      else {
        guard let next = try nextHeader(from: offset + 1, to: end) else { break }
        offset = next
        continue
      }
      let location = Location(pack: number, offset: offset, length: length)
      offset += Self.headerLength + length
      if try block(at: location, digest: digest) != nil {
        entries.append(IndexEntry(digest: digest, location: location))
        lastEnd = offset
      }
    }
    return (entries, lastEnd)
  }

  private func nextHeader(from start: Int, to end: Int) throws(FileError) -> Int? {
    let window = 1 << 20
    var offset = start
    while offset + Self.headerLength <= end {
      let bytes = try file.read(at: offset, count: min(window, end - offset))
      var index = 0
      while index + Self.headerLength <= bytes.count {
        if bytes[index] == Self.recordMagic[0], Self.parse(header: bytes, at: index) != nil {
          return offset + index
        }
        index += 1
      }
      // The last bytes may begin a header that the next window shows whole.
      offset += max(1, bytes.count - Self.headerLength + 1)
    }
    return nil
  }
}

extension OpenFile {
  /// Begins a pack.
  func writeMagic() throws(FileError) {
    let magic = Pack.magic
    try unsafe write(magic.span.bytes, at: 0)
  }
}
