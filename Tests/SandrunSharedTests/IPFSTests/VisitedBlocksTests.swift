import Hashing
import SystemPackage
import TestSupport
import Testing

@testable import IPFS

/// A set of visited CIDs that is noted at the lines of the index.
@Suite struct VisitedBlocksTests {
  private static let blocks = (0..<900).map { Array("block \($0)".utf8) }

  /// All the names that a block may have, and some that it has not.
  private static func names(of block: [UInt8]) throws -> [CID] {
    let pb = CID(hashing: block, codec: .dagPB)
    let named = try CID(bytes: [1, 0x55, 0x1e, 32] + SHA256.hash(block).bytes)
    return [
      CID(hashing: block, codec: .raw), pb, try #require(pb.v0),
      CID(hashing: block, codec: .dagCBOR),
      CID(hashing: block, codec: CID.Codec(rawValue: 0x0129)), named,
    ]
  }

  /// A third of the blocks were there at first, a third came later, and a third never.
  @Test func tellsWhatIsNew() throws {
    let scratch = try Scratch()
    let repository = try Repository(at: scratch.path.appending("ipfs"))
    let batch = repository.batch()
    func put(_ blocks: ArraySlice<[UInt8]>) throws {
      for block in blocks {
        try unsafe batch.put(block.span.bytes, as: SHA256.hash(block))
      }
      try batch.commit()
    }
    try put(Self.blocks[..<150])
    try put(Self.blocks[150..<300])
    let names = try Self.blocks.map(Self.names)
    var visited = VisitedBlocks(in: repository, smallCount: 100)
    var known: Set<CID> = []
    var state: UInt64 = 1
    for step in 0..<20_000 {
      if step == 5000 { try put(Self.blocks[300..<600]) }
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let cids = names[Int(state >> 33) % names.count]
      let cid = cids[Int(state >> 20) % cids.count]
      #expect(visited.contains(cid) == known.contains(cid))
      let isNew = visited.insert(cid)
      #expect(isNew == known.insert(cid).inserted)
    }
    #expect(visited.count == known.count)
    #expect(known.count > 2000)
  }

  @Test func aCopyIsOneOfItsOwn() throws {
    let scratch = try Scratch()
    let repository = try Repository(at: scratch.path.appending("ipfs"))
    let cids = try Self.blocks[..<20].map { block in try repository.put(block) }
    var visited = VisitedBlocks(in: repository, smallCount: 0)
    for cid in cids.dropLast() {
      let isNew = visited.insert(cid)
      #expect(isNew)
    }
    var copy = visited
    let isNew = copy.insert(cids[19])
    #expect(isNew && copy.contains(cids[19]) && !visited.contains(cids[19]))
    #expect(copy.count == 20 && visited.count == 19)
  }
}
