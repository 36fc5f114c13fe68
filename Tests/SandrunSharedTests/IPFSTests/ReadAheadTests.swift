import Hashing
import Synchronization
import Testing

@testable import IPFS

/// Blocks that are read before they are asked for.
@Suite struct ReadAheadTests {
  /// Blocks in memory; counts how often each was asked for.
  private final class Shelf: BlockSource, BlockSink {
    let blocks = Mutex<[Digest32: [UInt8]]>([:])
    let asked = Mutex<[CID: Int]>([:])

    func put(_ bytes: RawSpan, as digest: Digest32) {
      let copy = unsafe bytes.withUnsafeBytes { unsafe Array($0) }
      blocks.withLock { $0[digest] = copy }
    }

    func block(_ cid: CID) throws(RepositoryError) -> [UInt8] {
      asked.withLock { $0[cid, default: 0] += 1 }
      guard let digest = cid.sha256, let block = blocks.withLock({ $0[digest] }) else {
        throw .notFound(cid)
      }
      return block
    }
  }

  private static let length = 3_000_000
  /// No two chunks of it are alike.
  private static let content = {
    var state: UInt64 = 1
    return (0..<length).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: state >> 56)
    }
  }()

  private func shelf() throws -> (Shelf, CID) {
    let shelf = Shelf()
    var options = ImportOptions(.unixfsV1)
    options.chunker = .size(1 << 16)
    options.maximumFileLinks = 7
    return (shelf, try Importer(options, into: shelf).add(bytes: Self.content).cid)
  }

  @Test func theContentIsTheSameAndEachLeafIsReadOnce() throws {
    let (shelf, root) = try shelf()
    let content = try ContentReader(ReadAhead(shelf)).bytes(root, limit: .max)
    #expect(content == Self.content)
    #expect(shelf.asked.withLock { $0.count } == shelf.blocks.withLock { $0.count })
    let leaves = shelf.asked.withLock { asked in asked.filter { $0.key.codec == .raw } }
    #expect(leaves.count == (Self.length + 65_535) >> 16)
    #expect(leaves.values.allSatisfy { $0 == 1 })
  }

  @Test func anArchiveIsTheSameAndEachBlockIsReadOnce() throws {
    let (shelf, root) = try shelf()
    func archive(from source: any BlockSource) throws -> [UInt8] {
      var pieces = CARExport(DAGPart(ContentPath(root)), from: source)
      var archive: [UInt8] = []
      while let piece = try pieces.piece() { archive += piece }
      return archive
    }
    let plain = try archive(from: Unhurried(shelf))
    shelf.asked.withLock { $0 = [:] }
    #expect(try archive(from: ReadAhead(Unhurried(shelf))) == plain)
    #expect(shelf.asked.withLock { $0.count } == shelf.blocks.withLock { $0.count })
    #expect(shelf.asked.withLock { $0.values.allSatisfy { $0 == 1 } })
  }

  /// A shelf that knows lengths without a look at the block.
  private struct Unhurried: BlockSource {
    let shelf: Shelf
    init(_ shelf: Shelf) { self.shelf = shelf }

    func block(_ cid: CID) throws(RepositoryError) -> [UInt8] { try shelf.block(cid) }

    func length(of cid: CID) throws(RepositoryError) -> Int {
      guard let digest = cid.sha256, let block = shelf.blocks.withLock({ $0[digest] }) else {
        throw .notFound(cid)
      }
      return block.count
    }
  }

  @Test func nothingOutsideTheRangeIsRead() throws {
    let (shelf, root) = try shelf()
    var file = try FileCursor(root, in: ReadAhead(shelf))
    file.narrow(to: 1_000_000..<1_000_010)
    #expect(try file.next() == Array(Self.content[1_000_000..<1_000_010]))
    #expect(try file.next() == nil)
    // The way down, and one leaf.
    #expect(shelf.asked.withLock { $0.count } <= 4)
  }

  @Test func whatIsMissingIsToldWhereItIsAskedForAndMayComeLater() throws {
    let (shelf, root) = try shelf()
    let digest = SHA256.hash(Array(Self.content[1_310_720..<1_376_256]))
    let missing = try #require(shelf.blocks.withLock { $0.removeValue(forKey: digest) })
    var file = try FileCursor(root, in: ReadAhead(shelf))
    var content: [UInt8] = []
    while content.count < 1_310_720 { content += try #require(try file.next()) }
    #expect(throws: ReadError.repository(.notFound(CID(digest, codec: .raw)))) {
      try file.next()
    }
    shelf.blocks.withLock { $0[digest] = missing }
    while let piece = try file.next() { content += piece }
    #expect(content == Self.content)
  }
}
