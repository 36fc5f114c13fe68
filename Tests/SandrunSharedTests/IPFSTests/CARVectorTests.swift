import Files
import Hashing
import IPFS
import Records
import Synchronization
import SystemPackage
import TestSupport
import Testing

/// Keeps blocks with the order they came in.
final class OrderedStore: BlockSink, BlockSource {
  private let order = Mutex<[Digest32]>([])
  private let store = MemoryStore()

  func put(_ bytes: RawSpan, as digest: Digest32) {
    store.put(bytes, as: digest)
    order.withLock { $0.append(digest) }
  }

  func block(_ cid: CID) throws(RepositoryError) -> [UInt8] { try store.block(cid) }

  var digests: [Digest32] { order.withLock { $0 } }
}

/// Archives of other hands: read to the last block, written again byte for byte, or refused at the right place.
@Suite struct CARVectorTests {
  @Test(arguments: [1, 7, 64, 1 << 20])
  func ownRows(pieceLength: Int) throws {
    var (good, bad) = (0, 0)
    for line in try Vectors.lines(of: Vectors.own.appending("car.jsonl")) {
      let row = try JSON(parsing: line)
      let name = try #require(row["name"]?.string)
      let archive = try Hex.decode(#require(row["archive"]?.string))
      if let expected = row["error"]?.string {
        bad += 1
        let error = #expect(throws: CARError.self, "\(name)") {
          try blocks(of: archive, pieceLength: pieceLength)
        }
        #expect(error.map(Self.facts)?.name == expected, "\(name): \(String(describing: error))")
        let offset = row["offset"]?.integer
        #expect(error.map(Self.facts)?.offset == offset, "\(name): \(String(describing: error))")
      } else {
        good += 1
        let (stream, blocks) = try blocks(of: archive, pieceLength: pieceLength)
        #expect(stream.version == row["version"]?.integer ?? 1, "\(name)")
        #expect(stream.roots.map(\.description) == row["roots"]?.elements?.map(\.string), "\(name)")
        let expected = try #require(row["blocks"]?.elements)
        #expect(blocks.count == expected.count, "\(name)")
        for (block, expected) in zip(blocks, expected) {
          #expect(block.cid.description == expected["cid"]?.string, "\(name)")
          #expect(Hex.encode(block.bytes) == expected["data"]?.string, "\(name)")
        }
      }
    }
    #expect(good == 25 && bad == 223)
  }

  /// An archive without roots is taken by those only who say so.
  @Test func archivesWithoutRoots() throws {
    let header: [UInt8] = [17, 0xa2, 0x65] + "roots".utf8 + [0x80, 0x67] + "version".utf8 + [1]
    let block = [UInt8]("x".utf8)
    let cid = CID(hashing: block, codec: .raw)
    let archive = header + [UInt8(cid.byteCount + 1)] + cid.bytes + block
    var limits = CARReader.Limits()
    limits.allowsNoRoots = true
    var stream = CARStream(limits: limits)
    var names: [CID] = []
    try stream.feed(archive) { (name, _) in names.append(name) }
    #expect(try stream.finish().isEmpty && names == [cid] && stream.blockBytes == 1)
    #expect(throws: CARError.noRoots) { try blocks(of: archive, pieceLength: 5) }
  }

  @Test func sharedArchivesAreWrittenAgainByteForByte() throws {
    guard let folder = Vectors.shared?.appending("ipfs/car") else {
      print("skipped: 4 archives of ipfs/car, not here")
      return
    }
    var count = 0
    for file in try Files.list(folder) where file.extension == "car" && !file.stem.hasPrefix("bad")
    {
      let archive = try Files.read(folder.appending(file))
      let description = try JSON(parsing: Files.read(folder.appending("\(file.stem).json")))
      let store = OrderedStore()
      let roots = try read(archive, into: store, pieceLength: 4096)
      #expect(roots.map(\.description) == [try #require(description["root"]?.string)])
      let blocks = try #require(description["blocks"]?.elements).map {
        try CID(parsing: #require($0.string))
      }
      #expect(store.digests == blocks.map(\.sha256))
      var writer = try CARWriter(roots, from: store)
      #expect(writer.byteCount == UInt64(archive.count))
      #expect(writer.blockCount == blocks.count)
      var written: [UInt8] = []
      while let piece = try writer.piece() { written += piece }
      #expect(written == archive, "\(file)")
      count += 1
    }
    #expect(count == 4)
  }

  @Test func sharedBadArchivesAreRefused() throws {
    guard let folder = Vectors.shared?.appending("ipfs/car") else {
      print("skipped: 4 bad archives of ipfs/car, not here")
      return
    }
    let wrong = try CID(parsing: "bafkreiedr3pwihhx3yaauhoeqgf4g4a3mdmp3gwptg2rcwuprtfdvmpvym")
    let expected: [(String, CARError)] = [
      ("bad-flipped", .mismatch(wrong, offset: 49722)),
      ("bad-truncated", .truncated(offset: 57934)),
      ("bad-header-varint-nonminimal", .badLength(offset: 0)),
      ("bad-header-varint-overflow", .badLength(offset: 0)),
    ]
    for (name, error) in expected {
      let archive = try Files.read(folder.appending("\(name).car"))
      #expect(throws: error) { try read(archive, into: OrderedStore(), pieceLength: 1000) }
    }
  }

  private func blocks(
    of archive: [UInt8], pieceLength: Int
  ) throws(CARError) -> (CARStream, [(cid: CID, bytes: [UInt8])]) {
    var stream = CARStream()
    var blocks: [(cid: CID, bytes: [UInt8])] = []
    for start in stride(from: 0, to: archive.count, by: pieceLength) {
      let piece = Array(archive[start..<min(archive.count, start + pieceLength)])
      try stream.feed(piece) { (cid, bytes) in
        // What lies in its CID need not be kept.
        guard cid.inlineBlock == nil else { return }
        blocks.append((cid, unsafe bytes.withUnsafeBytes { unsafe Array($0) }))
      }
    }
    try stream.finish()
    return (stream, blocks)
  }

  @discardableResult
  private func read(
    _ archive: [UInt8], into sink: any BlockSink, pieceLength: Int
  ) throws(CARError) -> [CID] {
    var reader = CARReader(into: sink)
    for start in stride(from: 0, to: archive.count, by: pieceLength) {
      try reader.feed(Array(archive[start..<min(archive.count, start + pieceLength)]))
    }
    return try reader.finish()
  }

  private static func facts(_ error: CARError) -> (name: String, offset: Int?) {
    switch error {
    case .unsupportedVersion: ("unsupportedVersion", nil)
    case .headerTooLong: ("headerTooLong", nil)
    case .badHeader(let offset): ("badHeader", offset)
    case .noRoots: ("noRoots", nil)
    case .tooManyRoots: ("tooManyRoots", nil)
    case .badLength(let offset): ("badLength", offset)
    case .sectionTooLong(_, let offset): ("sectionTooLong", offset)
    case .badCID(_, let offset): ("badCID", offset)
    case .unsupportedHash(_, let offset): ("unsupportedHash", offset)
    case .mismatch(_, let offset): ("mismatch", offset)
    case .truncated(let offset): ("truncated", offset)
    case .badCharacteristics(let offset): ("badCharacteristics", offset)
    case .badLayout(let offset): ("badLayout", offset)
    case .badPadding(let offset): ("badPadding", offset)
    case .beyondPayload(let offset): ("beyondPayload", offset)
    case .bytesAfterTheEnd(let offset): ("bytesAfterTheEnd", offset)
    case .unknownIndex(_, let offset): ("unknownIndex", offset)
    case .badIndex(let offset): ("badIndex", offset)
    case .wrongIndex(let offset): ("wrongIndex", offset)
    case .incompleteIndex: ("incompleteIndex", nil)
    case .unexpected: ("unexpected", nil)
    case .tooLong, .tooManyBlocks, .repository: ("limit", nil)
    }
  }
}
