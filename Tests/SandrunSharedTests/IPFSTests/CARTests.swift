import Files
import Hashing
import IPFS
import SystemPackage
import TestSupport
import Testing

/// What no vector shows: limits, what is missing, order, and content out of the importer.
@Suite struct CARTests {
  private let store = MemoryStore()

  private func node(_ links: [CID]) -> CID {
    let node = DAGNode(
      links: links.map { DAGNode.Link($0, name: [], cumulativeSize: 1) }, data: nil)
    return store.keep(node.bytes, codec: .dagPB)
  }

  private func leaf(_ byte: UInt8, count: Int = 10) -> CID {
    store.keep([UInt8](repeating: byte, count: count), codec: .raw)
  }

  private func archive(_ roots: [CID]) throws -> [UInt8] {
    var writer = try CARWriter(roots, from: store)
    let promised = writer.byteCount
    var bytes: [UInt8] = []
    while let piece = try writer.piece() { bytes += piece }
    #expect(try writer.piece() == nil)
    #expect(UInt64(bytes.count) == promised)
    return bytes
  }

  private func order(_ roots: [CID]) throws -> [CID] {
    var walk = DAGWalk(roots, in: store)
    var order: [CID] = []
    while let step = try walk.next() {
      #expect(try step.length == store.block(step.cid).count)
      order.append(step.cid)
    }
    return order
  }

  /// A leaf that an uncle links too comes where the walk gets to it first, not where it is first seen.
  @Test func depthFirstAndEachOnce() throws {
    let (a, b, c) = (leaf(1), leaf(2), leaf(3))
    let inner = node([b, c, b])
    let root = node([inner, b, a, inner])
    #expect(try order([root]) == [root, inner, b, c, a])
    #expect(try order([a, root, a]) == [a, root, inner, b, c])
  }

  /// A part of a DAG: just the blocks that are named, each once, in the order given.
  @Test func partOfADAG() throws {
    let (a, b) = (leaf(1), leaf(2))
    let inner = node([a])
    let root = node([inner, b])
    var writer = try CARWriter([root], holding: [root, inner, root, a], from: store)
    #expect(writer.blockCount == 3)
    let taken = MemoryStore()
    var reader = CARReader(into: taken)
    while let piece = try writer.piece() { try reader.feed(piece) }
    #expect(try reader.finish() == [root] && reader.blockCount == 3)
    #expect(UInt64(reader.byteCount) == writer.byteCount)
    for cid in [root, inner, a] { #expect(try taken.block(cid) == store.block(cid)) }
    #expect(throws: RepositoryError.notFound(b)) { try taken.block(b) }
    let missing = CID(hashing: [9], codec: .raw)
    #expect(throws: ReadError.repository(.notFound(missing))) {
      try CARWriter([root], holding: [root, missing], from: store)
    }
  }

  @Test func importedTreeGoesThereAndBack() throws {
    let scratch = try Scratch()
    let folder = scratch.path.appending("t")
    try Files.makeDirectories(folder.appending("sub"))
    for (index, length) in [0, 1, 4000, 300_000, 2_500_000].enumerated() {
      let content = (0..<length).map { UInt8(truncatingIfNeeded: $0 >> 3 &+ index) }
      try Files.writeAtomically(content, to: folder.appending("sub/f\(index)"))
    }
    let source = try Repository(at: scratch.path.appending("one"))
    let batch = source.batch()
    let root = try Importer(into: batch).add(folder).cid
    try batch.commit()
    let target = try Repository(at: scratch.path.appending("two"))
    let received = target.batch()
    var writer = try CARWriter([root], from: source)
    var reader = CARReader(into: received)
    while let piece = try writer.piece() { try reader.feed(piece) }
    #expect(try reader.finish() == [root])
    #expect(reader.blockCount == writer.blockCount && UInt64(reader.byteCount) == writer.byteCount)
    #expect(try DAGWalk.firstMissing(below: [root], in: target) == root, "not committed")
    try received.commit()
    #expect(try DAGWalk.firstMissing(below: [root], in: target) == nil)
    try ContentReader(target).materialise(root, to: scratch.path.appending("back"))
    for index in 0..<5 {
      #expect(
        try Files.read(scratch.path.appending("back/sub/f\(index)"))
          == Files.read(folder.appending("sub/f\(index)")))
    }
  }

  /// A writer does not hash what it sends; its reader does, so that damage on the sender's disk goes no further.
  @Test func damageOnDiskIsSeenByTheReader() throws {
    let scratch = try Scratch()
    let path = scratch.path.appending("one")
    let block = [UInt8](repeating: 6, count: 5000)
    let cid = try Repository(at: path).put(block)
    let pack = path.appending("packs/00000001.pack")
    var bytes = try Files.read(pack)
    bytes[bytes.count - 2500] ^= 0x10
    try Files.writeAtomically(bytes, to: pack)
    let damaged = try Repository(at: path)
    var writer = try CARWriter([cid], from: damaged)
    let target = OrderedStore()
    var reader = CARReader(into: target)
    #expect(throws: CARError.mismatch(cid, offset: 59)) {
      while let piece = try writer.piece() { try reader.feed(piece) }
    }
    #expect(target.digests.isEmpty)
  }

  @Test func missingBlocksAreNamedBeforeAByteIsWritten() throws {
    let gone = CID(hashing: [9, 9, 9], codec: .raw)
    let root = node([leaf(1), node([leaf(2), gone]), leaf(3)])
    #expect(throws: ReadError.repository(.notFound(gone))) {
      try CARWriter([root], from: store)
    }
    #expect(try DAGWalk.firstMissing(below: [leaf(1), root], in: store) == gone)
    #expect(try DAGWalk.firstMissing(below: [leaf(1)], in: store) == nil)
  }

  @Test func codecsThatCannotBeWalkedAreNamed() throws {
    let cbor = CID(hashing: [0xa0], codec: .dagCBOR)
    _ = store.keep([0xa0], codec: .dagCBOR)
    #expect(try order([node([cbor])]).last == cbor)
    _ = store.keep([0x7b, 0x7d], codec: .raw)
    let json = CID(hashing: [0x7b, 0x7d], codec: CID.Codec(rawValue: 0x0129))
    #expect(throws: ReadError.unsupportedCodec(json)) {
      try CARWriter([node([json])], from: store)
    }
    let noNode = store.keep([1, 2, 3], codec: .dagPB)
    #expect(throws: ReadError.self) { try CARWriter([noNode], from: store) }
  }

  /// Blocks by SHA-512 and BLAKE3 below a root of DAG-CBOR: through an archive into a repository, all found by the root, and out again
  /// as the same bytes.
  @Test func otherHashesAndDAGCBORGoThereAndBack() throws {
    let scratch = try Scratch()
    let source = try Repository(at: scratch.path.appending("one"))
    let batch = source.batch()
    func keep(
      _ bytes: [UInt8], _ codec: CID.Codec, _ function: CID.HashFunction
    ) throws -> CID {
      let found = unsafe function.digest(of: bytes.span.bytes)
      let digest = try #require(found)
      let name = [UInt8(codec.rawValue), UInt8(function.rawValue), UInt8(digest.count)]
      let cid = try CID(bytes: [1] + name + digest)
      try unsafe batch.put(bytes.span.bytes, of: cid)
      return cid
    }
    let (one, two) = (try keep([1], .raw, .blake3), try keep([2], .raw, .sha512))
    let node = DAGNode(
      links: [one, two].map { DAGNode.Link($0, name: [], cumulativeSize: 1) }, data: nil)
    let inner = try keep(node.bytes, .dagPB, .sha512)
    var list: [UInt8] = [0x82]
    for link in [inner, one] {
      list += [0xd8, 0x2a, 0x58, UInt8(link.byteCount + 1), 0]
      list += link.bytes
    }
    let root = try keep(list, .dagCBOR, .blake3)
    try batch.commit()
    func export(_ repository: Repository) throws -> [UInt8] {
      var archive = CARExport([root], from: repository)
      var bytes: [UInt8] = []
      while let piece = try archive.piece() { bytes += piece }
      return bytes
    }
    let bytes = try export(source)

    let target = try Repository(at: scratch.path.appending("two"))
    let taking = target.batch()
    var stream = CARStream()
    var order: [CID] = []
    try stream.feed(bytes) { (cid, block) throws(CARError) in
      order.append(cid)
      if cid == two { return }
      do throws(RepositoryError) { try taking.put(block, of: cid) } catch {
        throw .repository(error)
      }
    }
    #expect(try stream.finish() == [root])
    #expect(order == [root, inner, one, two])
    try taking.commit()
    #expect(throws: PinError.incomplete(root, missing: two)) { try taking.check(Pin(root)) }
    let last: [UInt8] = [2]
    try unsafe taking.put(last.span.bytes, of: two)
    try taking.commit()
    try taking.check(Pin(root))
    #expect(try export(target) == bytes)
    var part = CARExport(DAGPart(ContentPath(root), scope: .all), from: target)
    #expect(try part.piece() == bytes)
    // Whoever checks what others send expects the same.
    var expected = try ExpectedBlocks(DAGPart(ContentPath(root), scope: .all))
    for cid in order {
      let block = try target.block(cid)
      let verdict = try unsafe expected.take(cid, block.span.bytes)
      #expect(verdict == .expected)
    }
    #expect(expected.isComplete)
  }

  @Test func inlineBlocksAreWalkedAndNotWritten() throws {
    let inner = leaf(4)
    let bytes = DAGNode(
      links: [DAGNode.Link(inner, name: [], cumulativeSize: 10)], data: nil
    ).bytes
    let inline = try CID(bytes: [1, 0x70, 0, UInt8(bytes.count)] + bytes)
    let root = node([inline])
    #expect(try order([root]) == [root, inline, inner])
    let target = OrderedStore()
    var reader = CARReader(into: target)
    try reader.feed(archive([root]))
    try reader.finish()
    #expect(target.digests == [root.sha256, inner.sha256])
    #expect(try DAGWalk.firstMissing(below: [root], in: target) == nil)
  }

  /// A DAG of 2^40 paths and 41 blocks is walked in 41 steps; one with more blocks than allowed ends in an error.
  @Test func walksAreBounded() throws {
    var root = leaf(0)
    for _ in 0..<40 { root = node([root, root]) }
    #expect(try order([root]).count == 41)
    var walk = DAGWalk([root], in: store, limit: 20)
    #expect(throws: ReadError.overLimit(.entries(20))) { while try walk.next() != nil {} }
    let wide = node((0..<100).map { leaf($0) })
    #expect(throws: ReadError.overLimit(.entries(50))) {
      try DAGWalk.firstMissing(below: [wide], in: store, limit: 50)
    }
  }

  @Test func readerKeepsItsLimits() throws {
    let root = node([leaf(1), leaf(2), leaf(3)])
    let bytes = try archive([root])
    var exact = CARReader(
      into: OrderedStore(), limits: CARReader.Limits(bytes: bytes.count, blocks: 4))
    try exact.feed(bytes)
    try exact.finish()
    var short = CARReader(into: OrderedStore(), limits: .init(bytes: bytes.count - 1))
    #expect(throws: CARError.tooLong(limit: bytes.count - 1)) {
      for byte in bytes { try short.feed([byte]) }
    }
    var few = CARReader(into: OrderedStore(), limits: .init(blocks: 3))
    #expect(throws: CARError.tooManyBlocks(limit: 3)) { try few.feed(bytes) }
    #expect(throws: CARError.tooManyBlocks(limit: 3)) { try few.feed([]) }
    #expect(throws: CARError.tooManyBlocks(limit: 3)) { try few.finish() }
  }

  @Test func largestBlockPassesAndOneByteMoreDoesNot() throws {
    let largest = leaf(7, count: Block.maximumLength)
    var reader = CARReader(into: OrderedStore())
    try reader.feed(archive([largest]))
    try reader.finish()
    let over = leaf(7, count: Block.maximumLength + 1)
    var second = CARReader(into: OrderedStore())
    let bytes = try archive([over])
    #expect(throws: CARError.sectionTooLong(UInt64(Block.maximumLength + 37), offset: 59)) {
      try second.feed(bytes)
    }
  }

  /// Any byte turned: refused, or the same blocks by another root's or codec's name; never a wrong block.
  @Test func noFlippedByteGetsThrough() throws {
    let root = node([leaf(1), leaf(2)])
    let bytes = try archive([root])
    let whole = [root, leaf(1), leaf(2)].map(\.sha256)
    for index in bytes.indices {
      for bit in [0x01, 0x80] as [UInt8] {
        var bad = bytes
        bad[index] ^= bit
        let target = OrderedStore()
        var reader = CARReader(into: target)
        do throws(CARError) {
          try reader.feed(bad)
          try reader.finish()
          #expect(target.digests == whole, "byte \(index)")
        } catch {
          #expect(target.digests == Array(whole.prefix(target.digests.count)), "byte \(index)")
        }
      }
    }
  }
}
