import Hashing
import IPFS
import SystemPackage
import TestSupport
import Testing

/// Parts of DAGs, as trustless gateways send them, and what is expected of an archive of one.
@Suite struct PartWalkTests {
  private let store = MemoryStore()

  private func leaf(_ text: String) -> CID { store.keep(Array(text.utf8), codec: .raw) }

  private func node(_ links: [(String, CID)], _ data: UnixFSData) -> CID {
    let links = links.map { DAGNode.Link($0.1, name: Array($0.0.utf8), cumulativeSize: 1) }
    return store.keep(DAGNode(links: links, data: data.bytes).bytes, codec: .dagPB)
  }

  private func file(_ pieces: [(CID, UInt64)]) -> CID {
    let sizes = pieces.map(\.1)
    return node(
      pieces.map { ("", $0.0) },
      UnixFSData(.file, fileSize: sizes.reduce(0, +), blockSizes: sizes))
  }

  private func directory(_ entries: [(String, CID)]) -> CID {
    node(entries, UnixFSData(.directory))
  }

  private func walked(_ part: DAGPart) throws -> [CID] {
    var walk = PartWalk(part)
    var order: [CID] = []
    while let (cid, bytes) = try walk.next(from: store) {
      #expect(cid.matches(bytes) == true)
      order.append(cid)
    }
    // What expects these blocks takes them in this order, and sees that they are all.
    var expected = try ExpectedBlocks(part)
    for cid in order {
      #expect(!expected.isComplete && expected.next == cid)
      #expect(try take(cid, &expected) == .expected)
      #expect(try take(cid, &expected) == (expected.next == cid ? .expected : .repeated))
    }
    #expect(expected.isComplete)
    // And they are what an archive holds.
    var archive = CARExport(part, from: store)
    var bytes: [UInt8] = []
    while let piece = try archive.piece() { bytes += piece }
    var stream = CARStream()
    var held: [CID] = []
    try stream.feed(bytes) { (cid, _) in held.append(cid) }
    #expect(try stream.finish() == [part.path.root] && held == order)
    return order
  }

  private func take(
    _ cid: CID, _ expected: inout ExpectedBlocks
  ) throws -> ExpectedBlocks.Verdict {
    let bytes = try store.block(cid)
    return try unsafe expected.take(cid, bytes.span.bytes)
  }

  @Test func scopes() throws {
    let (a, b, c) = (leaf("aaaa"), leaf("bbbb"), leaf("cc"))
    let long = file([(a, 4), (b, 4), (c, 2)])
    let sub = directory([("long", long), ("short", c)])
    let root = directory([("b", b), ("sub", sub)])
    let names = ["sub", "long"].map { Array($0.utf8) }
    #expect(try walked(DAGPart(ContentPath(root))) == [root, b, sub, long, a, c])
    #expect(try walked(DAGPart(ContentPath(root), scope: .entity)) == [root])
    #expect(try walked(DAGPart(ContentPath(root), scope: .block)) == [root])
    let way = ContentPath(root, names: Array(names[..<1]))
    #expect(try walked(DAGPart(way)) == [root, sub, long, a, b, c])
    #expect(try walked(DAGPart(way, scope: .entity)) == [root, sub])
    let whole = ContentPath(root, names: names)
    #expect(try walked(DAGPart(whole, scope: .entity)) == [root, sub, long, a, b, c])
    #expect(try walked(DAGPart(whole, scope: .block)) == [root, sub, long])
    let missing = ContentPath(root, names: [[1]])
    #expect(throws: ReadError.self) { try walked(DAGPart(missing)) }
    let through = ContentPath(root, names: names + [[1]])
    #expect(throws: ReadError.notDirectory(long)) { try walked(DAGPart(through)) }
  }

  @Test(arguments: [
    ("0:*", "abc"), ("0:0", "a"), ("3:4", "ab"), ("4:7", "b"), ("8:*", "c"), ("-1:*", "c"),
    ("-3:-3", "b"), ("-100:3", "a"), ("10:*", ""), ("100:200", ""), ("0:-11", ""), ("7:-2", "bc"),
    ("0:9223372036854775807", "abc"), ("-9223372036854775808:-1", "abc"),
  ])
  func bytesOfAFile(range: String, leaves: String) throws {
    let all = ["a": leaf("aaaa"), "b": leaf("bbbb"), "c": leaf("cc")]
    let pieces = try ["a", "b", "c"].map { try #require(all[$0]) }
    let root = file([(pieces[0], 4), (pieces[1], 4), (pieces[2], 2)])
    let bytes = try #require(DAGPart.Bytes(parsing: range))
    let part = DAGPart(ContentPath(root), scope: .entity, bytes: bytes)
    #expect(try walked(part) == [root] + leaves.map { try #require(all["\($0)"]) })
  }

  @Test(arguments: [
    "", ":", "1", "1:", ":1", "a:b", "1:2:3", "2:1", "-1:-2", "+1:2", "*:1", "1:**",
  ])
  func noBytes(text: String) { #expect(DAGPart.Bytes(parsing: text) == nil) }

  /// A node that is there twice, once with its end wanted and once with all of it, is looked into both times.
  @Test func piecesThatRepeat() throws {
    let (a, b) = (leaf("aaaa"), leaf("bbbb"))
    let inner = file([(a, 4), (b, 4)])
    let root = file([(inner, 8), (inner, 8)])
    let part = DAGPart(
      ContentPath(root), scope: .entity, bytes: DAGPart.Bytes(from: 5, to: 9))
    #expect(try walked(part) == [root, inner, b, a])
    // And 2^40 pieces of one are visited in 41 steps.
    var laughs = leaf("x")
    for level in 0..<40 { laughs = file([(laughs, 1 << level), (laughs, 1 << level)]) }
    let most = DAGPart.Bytes(from: 0, to: -1)
    #expect(
      try walked(DAGPart(ContentPath(laughs), scope: .entity, bytes: most)).count == 41)
  }

  @Test func aStepIsTakenAgainOnceItsBlockIsThere() throws {
    let gone = CID(hashing: Array("late".utf8), codec: .raw)
    let root = directory([("a", leaf("a")), ("late", gone)])
    var walk = PartWalk(DAGPart(ContentPath(root)))
    _ = try walk.next(from: store)
    _ = try walk.next(from: store)
    for _ in 0..<3 {
      #expect(throws: ReadError.repository(.notFound(gone))) { try walk.next(from: store) }
      #expect(try walk.peek() == gone)
    }
    #expect(store.keep(Array("late".utf8), codec: .raw) == gone)
    #expect(try walk.next(from: store)?.cid == gone)
    #expect(try walk.next(from: store) == nil)
  }

  @Test func whatIsOutOfOrderIsSaid() throws {
    let (a, b) = (leaf("a"), leaf("b"))
    let inline = try CID(bytes: [1, 0x55, 0, 1, 7])
    let root = directory([("a", a), ("b", b), ("i", inline)])
    var expected = try ExpectedBlocks(DAGPart(ContentPath(root)))
    #expect(try take(a, &expected) == .unexpected)
    #expect(try take(root, &expected) == .expected)
    #expect(try take(b, &expected) == .unexpected)
    #expect(try take(a, &expected) == .expected)
    #expect(try take(root, &expected) == .repeated)
    #expect(!expected.isComplete && expected.next == b)
    #expect(try unsafe expected.take(inline, [7].span.bytes) == .repeated)
    #expect(try take(b, &expected) == .expected)
    #expect(expected.isComplete)
    #expect(try take(leaf("stranger"), &expected) == .unexpected)
  }

  @Test func sizesThatLieAreRefused() throws {
    let root = file([(leaf("aaaa"), 5), (leaf("b"), 1)])
    let inner = file([(leaf("aaaa"), 4)])
    let outer = file([(inner, 5)])
    let bytes = DAGPart.Bytes(from: 0, to: nil)
    for (root, liar) in [(root, leaf("aaaa")), (outer, inner)] {
      let part = DAGPart(ContentPath(root), scope: .entity, bytes: bytes)
      #expect(throws: ReadError.wrongSize(liar)) { try walked(part) }
    }
  }

  /// A directory spread over shards, of another hand: its listing is its shards, and a name leads through some of them.
  @Test func shards() throws {
    guard let folder = Vectors.shared?.appending("ipfs/car") else {
      print("skipped: the sharded directory of ipfs/car, not here")
      return
    }
    var stream = CARStream()
    let store = store
    let archive = try Vectors.bytes(of: folder.appending("hamt-v0.car"))
    var count = 0
    try stream.feed(archive) { (cid, block) in
      let bytes = unsafe block.withUnsafeBytes { unsafe Array($0) }
      #expect(store.keep(bytes, codec: cid.codec).v1 == cid.v1)
      count += 1
    }
    let root = try #require(try stream.finish().first)
    #expect(try walked(DAGPart(ContentPath(root))).count == count)
    let listing = try walked(DAGPart(ContentPath(root), scope: .entity))
    #expect(listing.count > 1 && listing.count < count)
    guard case .directory(var entries) = try ContentReader(store).node(root) else {
      Issue.record("no directory")
      return
    }
    var names = 0
    while let entry = try entries.next() {
      let part = DAGPart(ContentPath(root, names: [entry.name]), scope: .block)
      #expect(try walked(part).last == entry.cid)
      names += 1
    }
    #expect(names > 50)
  }
}
