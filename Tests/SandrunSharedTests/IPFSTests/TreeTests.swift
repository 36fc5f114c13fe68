import Files
import Hashing
import IPFS
import SystemPackage
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Trees written to disk and into tars: with modes and times, from afar, and after a kill.
@Suite struct TreeTests {
  private let scratch: Scratch
  private let store = MemoryStore()

  init() throws { scratch = try Scratch() }

  private func keep(_ links: [(String, CID)], _ data: UnixFSData) -> CID {
    let links = links.map { DAGNode.Link($0.1, name: Array($0.0.utf8), cumulativeSize: 0) }
    return store.keep(DAGNode(links: links, data: data.bytes).bytes, codec: .dagPB)
  }

  private func time(_ seconds: Int64, _ nanoseconds: UInt32 = 0) -> UnixFSData.ModificationTime {
    UnixFSData.ModificationTime(seconds: seconds, nanoseconds: nanoseconds)
  }

  /// A sharded directory, a file of several blocks with mode and time, a link with a time, a directory that may not be written.
  private func makeTree() throws -> CID {
    var options = ImportOptions()
    options.chunker = .size(1000)
    let big = try Importer(options, into: store).add(
      bytes: (0..<10_000).map { UInt8(truncatingIfNeeded: $0 >> 3) }
    ).cid
    let plain = store.keep(Array("plain".utf8), codec: .raw)
    let sharded = TestHAMT().keep((0..<300).map { ("f\($0)", plain) }, in: store)
    let file = keep(
      [],
      UnixFSData(
        .file, data: Array("kept".utf8), fileSize: 4, mode: 0o4751,
        modificationTime: time(1_700_000_000, 123_456_789)))
    let link = keep(
      [],
      UnixFSData(.symlink, data: Array("file".utf8), modificationTime: time(-5, 500_000_000)))
    let locked = keep([("in", plain)], UnixFSData(.directory, mode: 0o555))
    return keep(
      [("big", big), ("file", file), ("link", link), ("locked", locked), ("many", sharded)],
      UnixFSData(.directory, mode: 0o750, modificationTime: time(1_000_000_000)))
  }

  private func status(_ path: FilePath) throws -> stat {
    var found = stat()
    try #require(unsafe lstat(path.string, &found) == 0)
    return found
  }

  private func expectTree(at out: FilePath) throws {
    let file = try status(out.appending("file"))
    #expect(file.st_mode & 0o7777 == 0o751, "without set-user-ID")
    #expect(file.st_mtim.tv_sec == 1_700_000_000 && file.st_mtim.tv_nsec == 123_456_789)
    let link = try status(out.appending("link"))
    #expect(link.st_mtim.tv_sec == -5 && link.st_mtim.tv_nsec == 500_000_000)
    let top = try status(out)
    #expect(top.st_mode & 0o7777 == 0o750 && top.st_mtim.tv_sec == 1_000_000_000)
    #expect(try status(out.appending("locked")).st_mode & 0o7777 == 0o555)
    #expect(try Files.read(out.appending("locked/in")) == Array("plain".utf8))
    #expect(try Files.read(out.appending("big")).count == 10_000)
    #expect(try Files.list(out.appending("many")).count == 300)
  }

  @Test func modesAndTimes() throws {
    let out = scratch.path.appending("out")
    try ContentReader(store).materialise(makeTree(), to: out)
    try expectTree(at: out)
    #expect(try Files.list(scratch.path).count == 1)
  }

  /// Block after block comes only when it was missed: the result is the same, on disk and in a tar.
  @Test func fromAfar() throws {
    let root = try makeTree()
    let slow = SlowSource(store)
    let out = scratch.path.appending("out")
    var unpacker = try ContentUnpacker(root, in: slow, to: out)
    while try slow.retrying({ () throws(ReadError) in try unpacker.step() }) {
      #expect(try Files.status(out) == nil, "no name before all is there")
    }
    try expectTree(at: out)
    let other = SlowSource(store)
    var near = ContentTar(root, as: .named(Array("t".utf8)), in: store)
    var far = ContentTar(root, as: .named(Array("t".utf8)), in: other)
    while let piece = try near.next() {
      #expect(try other.retrying { () throws(ReadError) in try far.next() } == piece)
    }
    #expect(try far.next() == nil)
  }

  /// What a killed run left is taken away by the next one to the same name; what another run is at is not.
  @Test func afterAKill() throws {
    let root = try makeTree()
    let left = scratch.path.appending(".out.sr-get")
    try Files.makeDirectories(left.appending("half"))
    let out = scratch.path.appending("out")
    try ContentReader(store).materialise(root, to: out)
    #expect(try Files.list(scratch.path).map(\.string) == ["out"])

    let file = store.keep([1, 2, 3], codec: .raw)
    let path = scratch.path.appending("file")
    var first = try ContentUnpacker(file, in: store, to: path)
    #expect(try first.step())
    var second = try ContentUnpacker(file, in: store, to: path)
    while try second.step() {}
    #expect(throws: ReadError.self) { while try first.step() {} }
    first.abandon()
    #expect(try Files.read(path) == [1, 2, 3])
    #expect(try Files.list(scratch.path).map(\.string) == ["file", "out"])
  }

  /// A link in the place of the temporary name is not followed.
  @Test func aLinkInTheWay() throws {
    let outside = scratch.path.appending("outside")
    try Files.writeAtomically([9], to: outside)
    let temporary = scratch.path.appending(".out.sr-get")
    try #require(unsafe symlink(outside.string, temporary.string) == 0)
    let file = store.keep([1, 2, 3], codec: .raw)
    try ContentReader(store).materialise(file, to: scratch.path.appending("out"))
    #expect(try Files.read(outside) == [9])
    #expect(try Files.list(scratch.path).map(\.string) == ["out", "outside"])
  }

  /// A file larger than the disk, out of a few small blocks, is refused before a byte of it is written, in a tar, too.
  @Test func thereIsNoRoom() throws {
    let flood = flood(times: 6)
    let small = store.keep([1], codec: .raw)
    let tree = keep([("a", small), ("flood", flood)], UnixFSData(.directory))
    for root in [flood, tree] {
      let out = scratch.path.appending("out")
      var unpacker = try ContentUnpacker(root, in: store, to: out)
      expectNoRoom { () throws(ReadError) in while try unpacker.step() {} }
      #expect(unpacker.bytes <= 1)
      unpacker.abandon()
      let tar = ContentTar(root, as: .named([0x74]), in: store)
      var writer = try ContentTar.Writer(tar, to: out)
      expectNoRoom { () throws(ReadError) in while try writer.step() {} }
      #expect(writer.bytes < 8192)
      writer.abandon()
      #expect(try Files.list(scratch.path).isEmpty)
    }
    // Who takes the bytes may have the room.
    var cursor = TreeCursor(flood, in: store)
    while let event = try cursor.next() {
      guard case .piece(let bytes) = event else { continue }
      #expect(bytes.count == 1 << 16)
      break
    }
  }

  /// A file of 64 KiB · 174^times.
  private func flood(times: Int) -> CID {
    var cid = store.keep([UInt8](repeating: 120, count: 1 << 16), codec: .raw)
    var size: UInt64 = 1 << 16
    for _ in 0..<times {
      let data = UnixFSData(
        .file, fileSize: size * 174, blockSizes: [UInt64](repeating: size, count: 174))
      cid = keep([(String, CID)](repeating: ("", cid), count: 174), data)
      size *= 174
    }
    return cid
  }

  private func expectNoRoom(_ body: () throws(ReadError) -> Void) {
    #expect {
      try body()
    } throws: { error in
      guard case .file(let error)? = error as? ReadError else { return false }
      return error.errno == .noSpace && error.path == scratch.path
        && error.action.hasPrefix("make room for ")
    }
  }

  @Test func tallies() throws {
    let leaf = store.keep([UInt8](repeating: 1, count: 100), codec: .raw)
    var cid = keep([("a", leaf), ("b", leaf)], UnixFSData(.directory))
    for _ in 0..<80 { cid = keep([("a", cid), ("b", cid)], UnixFSData(.directory)) }
    var tally = DAGTally(cid, in: store)
    while try tally.step() {}
    #expect(tally.distinct.blocks == 82 && tally.links == 162)
    #expect(tally.total.blocks == .max, "2^82 - 1 blocks")
    var small = DAGTally(cid, in: store, limit: 50)
    #expect(throws: ReadError.overLimit(.blocks(50))) { while try small.step() {} }
    for _ in 0..<10_000 { cid = keep([("d", cid)], UnixFSData(.directory)) }
    var deep = DAGTally(cid, in: store)
    #expect(throws: ReadError.overLimit(.depth(4096))) { while try deep.step() {} }
  }

  /// Links of DAG-CBOR and DAG-JSON count as those of DAG-PB do, and a block that has two versions of a CID is one.
  @Test func talliesOfOtherCodecs() throws {
    let leaf = store.keep([UInt8](repeating: 1, count: 100), codec: .raw)
    let empty = keep([], UnixFSData(.directory))
    let old = try #require(empty.v0)
    let json = store.keep(
      Array("[{\"/\":\"\(leaf)\"},{\"/\":\"\(old)\"},{\"/\":{\"bytes\":\"AQ\"}}]".utf8),
      codec: .dagJSON)
    // Four links in an array: each is tag 42 around its bytes, with a zero before them.
    let links = [leaf, json, json, empty].map { cid in
      [0xd8, 0x2a, 0x58, UInt8(cid.bytes.count + 1), 0] + cid.bytes
    }
    let cbor = store.keep([0x84] + links.joined(), codec: .dagCBOR)
    let lengths = try [leaf, empty, json, cbor].map { UInt64(try store.block($0).count) }
    var tally = DAGTally(cbor, in: store)
    while try tally.step() {}
    #expect(tally.distinct.blocks == 4 && tally.distinct.bytes == lengths.reduce(0, +))
    #expect(tally.links == 6)
    let below = lengths[0] + lengths[1]
    #expect(tally.total.blocks == 9)
    #expect(tally.total.bytes == lengths[3] + below + 2 * (lengths[2] + below))
  }
}
