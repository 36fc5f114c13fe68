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
      let store = OrderedStore()
      if let expected = row["error"]?.string {
        bad += 1
        let error = #expect(throws: CARError.self, "\(name)") {
          try read(archive, into: store, pieceLength: pieceLength)
        }
        #expect(error.map(Self.facts)?.name == expected, "\(name): \(String(describing: error))")
        let offset = row["offset"]?.integer
        #expect(error.map(Self.facts)?.offset == offset, "\(name): \(String(describing: error))")
      } else {
        good += 1
        let roots = try read(archive, into: store, pieceLength: pieceLength)
        #expect(roots.map(\.description) == row["roots"]?.elements?.map(\.string), "\(name)")
        let blocks = try #require(row["blocks"]?.elements)
        #expect(store.digests.count == blocks.count, "\(name)")
        for block in blocks {
          let cid = try CID(parsing: #require(block["cid"]?.string))
          #expect(try Hex.encode(store.block(cid)) == block["data"]?.string, "\(name)")
        }
      }
    }
    #expect(good == 11 && bad == 109)
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
