internal import Files
internal import Hashing

/// Goes through a stretch of a pack, and gives each record whose block is the one that it names.
///
/// Behind a record that is not, it goes on at the next byte: what passes for a header may lie within a block, and claim what comes
/// behind that. So a bad disk sector costs the blocks it hit and no others. A block that is made to be full of false headers
/// costs no more than work in the measure of the stretch: where too many blocks were read in vain, only those are read on that lie
/// where the record before them ends.
struct PackScan {
  /// So many bytes of blocks may be read in vain, and so many more for each byte of the way.
  static let allowance = 64 << 20
  static let allowanceForByte = 16

  private let pack: Pack
  private let start: Int
  private let end: Int
  private var offset: Int
  /// Where the next record begins, if none of the headers so far was false.
  private var expected: Int
  /// The bytes of blocks that were read in vain.
  private(set) var wasted = 0

  init(_ pack: Pack, from start: Int, to end: Int) {
    self.pack = pack
    (self.start, self.end) = (start, end)
    offset = start
    expected = start
  }

  /// The next whole record with its block; nil behind the last one.
  mutating func next() throws(FileError) -> (record: Pack.Record, bytes: [UInt8])? {
    while let record = try pack.nextRecord(from: offset, to: end) {
      let isExpected = record.offset == expected
      if isExpected || wasted <= Self.allowance + (record.offset - start) * Self.allowanceForByte {
        if let bytes = try pack.bytes(of: record), record.isProved(by: bytes) {
          (offset, expected) = (record.end, record.end)
          return (record, bytes)
        }
        wasted += record.length
        if isExpected { expected = record.end }
      }
      offset = record.offset + 1
    }
    offset = end
    return nil
  }
}

extension Pack {
  /// The whole records in a stretch, and where the last of them ends.
  func scan(from start: Int, to end: Int) throws(FileError) -> (entries: [IndexEntry], end: Int) {
    var entries: [IndexEntry] = []
    var lastEnd = start
    var scan = PackScan(self, from: start, to: end)
    while let (record, _) = try scan.next() {
      entries.append(record.line(inPack: number))
      lastEnd = record.end
    }
    return (entries, lastEnd)
  }

  /// The block that a line of the index leads to, with the multihash that names it; nil where its bytes are no longer there.
  ///
  /// Readers know the multihash and look at no header; where that is damaged, those that the bytes themselves have are tried.
  func block(at location: Location, key: Digest32) throws(FileError) -> (
    bytes: [UInt8], name: [UInt8]
  )? {
    var names: [[UInt8]] = []
    if let record = try record(at: location.offset, to: .max), record.key == key {
      names = [record.name]
    } else {
      let stored = try file.read(at: location.offset + Self.headerLength, count: 256)
      let count = Int(stored.first ?? 0)
      let name = Array(stored.dropFirst().prefix(count))
      names = [[]]
      if CID.key(ofMultihash: name) == key { names.append(name) }
    }
    for name in names {
      if let bytes = try bytes(at: location, name: name),
        CID(record: name, key: key)?.matches(bytes) == true
      {
        return (bytes, name)
      }
    }
    for function in [CID.HashFunction.sha512, .blake3] {
      // As long as any: what counts is where the block begins.
      guard let length = unsafe function.digest(of: [UInt8]().span.bytes)?.count else { continue }
      let place = CID.multihash(function, [UInt8](repeating: 0, count: length))
      guard let bytes = try bytes(at: location, name: place),
        let digest = unsafe function.digest(of: bytes.span.bytes)
      else { continue }
      let name = CID.multihash(function, digest)
      if CID.key(ofMultihash: name) == key { return (bytes, name) }
    }
    return nil
  }
}

extension Pack {
  /// So long is the longest multihash of those that can be proved here.
  private static let longestName = 130

  /// The name of a block to which a line of the index leads and whose header is damaged: empty for one named by its SHA-256, nil where
  /// it was another one and is gone.
  ///
  /// Where nothing tells, it is taken for one named by its SHA-256, as nearly all are.
  func name(at location: Location, key: Digest32) throws(FileError) -> [UInt8]? {
    let stored = try file.read(at: location.offset + Self.headerLength, count: 256)
    let name = Array(stored.dropFirst().prefix(Int(stored.first ?? 0)))
    if CID.key(ofMultihash: name) == key { return name }
    // How much room the name had is told by where the next record begins, or the pack ends.
    let least = location.offset + Self.headerLength + location.length
    let behind = try file.read(at: least, count: 256 + Self.headerLength)
    let next = behind.indices.first { Self.parse(header: behind, at: $0) != nil }
    return (1...Self.longestName + 1).contains(next ?? behind.count) ? nil : []
  }
}

extension Pack.Record {
  /// Its line in the index.
  func line(inPack number: UInt32) -> IndexEntry {
    IndexEntry(digest: key, location: Location(pack: number, offset: offset, length: length))
  }
}
