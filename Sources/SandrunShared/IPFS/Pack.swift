internal import Files
internal import Hashing
internal import SystemPackage

/// One append-only file of blocks.
///
/// It begins with `SRPACK1` and a newline. Then records, one after another: `SRB1` (4), the block's length (4), its SHA-256 (32), the
/// CRC-32C of these 40 bytes (4), the block. The digest is the block's own checksum. Numbers are little-endian. A block that is named by
/// another hash is kept as `SRB2`: in place of the SHA-256 the key of its multihash (see `CID.key`), and between the checksum and the block
/// the multihash, its length (1) before it.
///
/// A writer holds the file's lock (`flock`) as long as it appends; what follows the last whole record is a torn write.
struct Pack {
  static let magic: [UInt8] = Array("SRPACK1\n".utf8)
  static let recordMagic: [UInt8] = Array("SRB1".utf8)
  static let namedRecordMagic: [UInt8] = Array("SRB2".utf8)
  static let headerLength = 44
  /// A pack that has grown to this length is left for the next one.
  static let fullLength = 4 << 30

  let number: UInt32
  let file: OpenFile

  /// What a record's header says.
  struct Record {
    var offset: Int
    var key: Digest32
    /// The block's length.
    var length: Int
    /// The multihash that names the block; empty where its SHA-256 does.
    var name: [UInt8]

    var start: Int { offset + Pack.prefixLength(name) }
    var end: Int { start + length }
    /// The block as a raw one.
    var cid: CID? { CID(record: name, key: key) }

    /// Whether these bytes are the block.
    func isProved(by bytes: [UInt8]) -> Bool {
      name.isEmpty ? SHA256.hash(bytes) == key : cid?.matches(bytes) == true
    }
  }

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

  /// How much lies before the block in a record that names it so.
  static func prefixLength(_ name: [UInt8]) -> Int {
    name.isEmpty ? headerLength : headerLength + 1 + name.count
  }

  /// Writes what comes before a block.
  static func appendHeader(
    _ key: Digest32, length: Int, name: [UInt8] = [], to bytes: inout [UInt8]
  ) {
    let start = bytes.count
    bytes += name.isEmpty ? recordMagic : namedRecordMagic
    LittleEndian.append(UInt32(length), to: &bytes)
    bytes += key.bytes
    let checksum = unsafe CRC32C.checksum(bytes.span.bytes.extracting(start..<start + 40))
    LittleEndian.append(checksum, to: &bytes)
    guard !name.isEmpty else { return }
    bytes.append(UInt8(name.count))
    bytes += name
  }

  /// The key and the length in a record's header, and whether a name follows; nil where there is none.
  static func parse(
    header bytes: [UInt8], at offset: Int
  ) -> (key: Digest32, length: Int, isNamed: Bool)? {
    guard offset + headerLength <= bytes.count else { return nil }
    let magic = bytes[offset..<offset + 4]
    let isNamed = magic.elementsEqual(namedRecordMagic)
    guard isNamed || magic.elementsEqual(recordMagic),
      unsafe CRC32C.checksum(bytes.span.bytes.extracting(offset..<offset + 40))
        == LittleEndian.uint32(bytes, at: offset + 40),
      let key = try? Digest32(bytes.span.extracting(offset + 8..<offset + 40))
    else { return nil }
    let length = Int(LittleEndian.uint32(bytes, at: offset + 4))
    return length <= Block.maximumLength ? (key, length, isNamed) : nil
  }

  /// The bytes at a location, whatever they are, or nil where there are fewer.
  func bytes(at location: Location, name: [UInt8]) throws(FileError) -> [UInt8]? {
    guard location.length <= Block.maximumLength, location.offset >= 0 else { return nil }
    let bytes = try file.read(
      at: location.offset + Self.prefixLength(name), count: location.length)
    return bytes.count == location.length ? bytes : nil
  }

  /// The bytes of a record's block, or nil where there are fewer.
  func bytes(of record: Record) throws(FileError) -> [UInt8]? {
    let bytes = try file.read(at: record.start, count: record.length)
    return bytes.count == record.length ? bytes : nil
  }

  /// The record at an offset, if one begins there and ends before the end; its block is not looked at.
  func record(at offset: Int, to end: Int) throws(FileError) -> Record? {
    guard offset + Self.headerLength <= end else { return nil }
    let header = try file.read(at: offset, count: Self.headerLength)
    guard let found = Self.parse(header: header, at: 0) else { return nil }
    var record = Record(offset: offset, key: found.key, length: found.length, name: [])
    if found.isNamed {
      let start = offset + Self.headerLength
      let count = Int(try file.read(at: start, count: 1).first ?? 0)
      record.name = try file.read(at: start + 1, count: count)
      guard count > 0, record.name.count == count,
        CID.key(ofMultihash: record.name) == record.key
      else { return nil }
    }
    return record.end <= end ? record : nil
  }

  /// The first record from an offset on; past damage the next header is looked for, byte by byte.
  func nextRecord(from start: Int, to end: Int) throws(FileError) -> Record? {
    var offset = start
    while offset + Self.headerLength <= end {
      if let record = try record(at: offset, to: end) { return record }
      guard let next = try nextHeader(from: offset + 1, to: end) else { return nil }
      offset = next
    }
    return nil
  }

  private func nextHeader(from start: Int, to end: Int) throws(FileError) -> Int? {
    // It grows with the way, so that what is read again behind each of many false headers is little.
    var window = 512
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
      window = min(1 << 20, window * 2)
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
