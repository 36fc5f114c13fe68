import Files
import IPFS
import SystemPackage
import TestSupport
import Testing

/// DAGs that somebody made to hurt: each is refused, at once, and leaves nothing behind.
@Suite struct HostileContentTests {
  let scratch: Scratch
  let store = MemoryStore()

  init() throws { scratch = try Scratch() }

  private var reader: ContentReader { ContentReader(store) }

  private func keep(_ links: [DAGNode.Link], _ data: UnixFSData) -> CID {
    store.keep(DAGNode(links: links, data: data.bytes).bytes, codec: .dagPB)
  }

  private func directory(_ entries: [(String, CID)]) -> CID {
    keep(
      entries.map { DAGNode.Link($0.1, name: Array($0.0.utf8), cumulativeSize: 0) },
      UnixFSData(.directory))
  }

  private func link(_ cid: CID) -> DAGNode.Link {
    DAGNode.Link(cid, name: [], cumulativeSize: 0)
  }

  /// Nothing is left, neither under the name asked for nor under a temporary one.
  private func expectRefused(
    _ cid: CID, limits: MaterialiseLimits = MaterialiseLimits(), _ expected: (ReadError) -> Bool,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let error = #expect(throws: ReadError.self, sourceLocation: sourceLocation) {
      try reader.materialise(cid, to: scratch.path.appending("out"), limits: limits)
    }
    #expect(
      error.map(expected) == true, "\(String(describing: error))", sourceLocation: sourceLocation)
    #expect(try Files.list(scratch.path).isEmpty, sourceLocation: sourceLocation)
  }

  @Test(arguments: ["..", ".", "", "a/b", "/etc/passwd", "../../up", "nul\0here"])
  func impossibleNames(name: String) throws {
    let file = store.keep([1], codec: .raw)
    let root = directory([("good", file), (name, file)])
    try expectRefused(root) { $0 == .badName(root, name) }
    try expectRefused(directory([("below", root)])) { $0 == .badName(root, name) }
  }

  @Test func oneNameTwice() throws {
    let file = store.keep([1], codec: .raw)
    let root = directory([("a", file), ("a", directory([]))])
    try expectRefused(root) { $0 == .badName(root, "a") }
  }

  /// A link, and the same name again as a directory behind it, is the classic way out.
  @Test func aLinkIsNeverWrittenThrough() throws {
    let outside = scratch.path.appending("outside")
    try Files.makeDirectories(outside)
    let target = keep([], UnixFSData(.symlink, data: Array("\(outside)".utf8)))
    let inner = directory([("file", store.keep([1], codec: .raw))])
    let root = directory([("x", target), ("x", inner)])
    #expect(throws: ReadError.badName(root, "x")) {
      try reader.materialise(
        root, to: scratch.path.appending("out"), limits: MaterialiseLimits(allowsOutsideLinks: true)
      )
    }
    #expect(try Files.list(outside).isEmpty)
  }

  @Test(arguments: [
    "/etc/passwd", "..", "../x", "a/../../x", "b/..", "", "../../../../etc", "./../x",
  ])
  func linksThatLeadOut(target: String) throws {
    let link = keep([], UnixFSData(.symlink, data: Array(target.utf8)))
    try expectRefused(directory([("l", link)])) { $0 == .linkLeadsOut("l", target: target) }
  }

  @Test func linksThatStayInside() throws {
    let up = keep([], UnixFSData(.symlink, data: Array("../file".utf8)))
    let down = keep([], UnixFSData(.symlink, data: Array("./d/up".utf8)))
    let file = store.keep(Array("x".utf8), codec: .raw)
    let root = directory([("d", directory([("up", up)])), ("down", down), ("file", file)])
    let out = scratch.path.appending("out")
    try reader.materialise(root, to: out)
    #expect(try Files.read(out.appending("down")) == Array("x".utf8))
  }

  /// Thirty levels, each twice the one below: a billion leaves in thirty blocks.
  @Test func aBillionDirectories() throws {
    var cid = directory([])
    for _ in 0..<30 { cid = directory([("a", cid), ("b", cid)]) }
    try expectRefused(cid, limits: MaterialiseLimits(entries: 10_000)) {
      $0 == .overLimit(.entries(10_000))
    }
  }

  @Test func aBillionPieces() throws {
    var cid = store.keep([UInt8](repeating: 7, count: 1024), codec: .raw)
    var size: UInt64 = 1024
    for _ in 0..<30 {
      let data = UnixFSData(.file, fileSize: 2 * size, blockSizes: [size, size])
      cid = keep([link(cid), link(cid)], data)
      size *= 2
    }
    try expectRefused(cid, limits: MaterialiseLimits(bytes: 1 << 20)) {
      $0 == .overLimit(.bytes(1 << 20))
    }
    #expect(throws: ReadError.overLimit(.bytes(1 << 20))) { try reader.bytes(cid, limit: 1 << 20) }
  }

  /// A billion pieces of nothing would take for ever and never reach any limit of bytes.
  @Test func aBillionEmptyPieces() throws {
    var cid = store.keep([], codec: .raw)
    for _ in 0..<30 {
      cid = keep([link(cid), link(cid)], UnixFSData(.file, fileSize: 0, blockSizes: [0, 0]))
    }
    try expectRefused(cid) { $0 == .wrongSize(cid) }
  }

  @Test func veryDeep() throws {
    var folder = directory([])
    for _ in 0..<1000 { folder = directory([("d", folder)]) }
    try expectRefused(folder) { $0 == .overLimit(.depth(128)) }
    var file = store.keep([1], codec: .raw)
    for _ in 0..<1000 { file = keep([link(file)], UnixFSData(.file, fileSize: 1, blockSizes: [1])) }
    try expectRefused(file) { $0 == .overLimit(.depth(128)) }
  }

  @Test func sizesThatLie() throws {
    let leaf = store.keep([1, 2, 3], codec: .raw)
    for data in [
      UnixFSData(.file, fileSize: 4, blockSizes: [3]),
      UnixFSData(.file, fileSize: 4, blockSizes: [4]),
      UnixFSData(.file, fileSize: 2, blockSizes: [2]),
      UnixFSData(.file, fileSize: 3, blockSizes: []),
      UnixFSData(.file, fileSize: 3, blockSizes: [3, 0]),
      UnixFSData(.file, fileSize: .max, blockSizes: [.max]),
      UnixFSData(.file, data: [9], fileSize: 3, blockSizes: [3]),
    ] {
      try expectRefused(keep([link(leaf)], data)) {
        if case .wrongSize = $0 { true } else { false }
      }
    }
    let overflow = UnixFSData(.file, blockSizes: [.max, 2])
    try expectRefused(keep([link(leaf), link(leaf)], overflow)) {
      if case .wrongSize = $0 { true } else { false }
    }
  }

  @Test func piecesThatAreNoFiles() throws {
    let folder = directory([])
    let cid = keep([link(folder)], UnixFSData(.file, fileSize: 4, blockSizes: [4]))
    try expectRefused(cid) { $0 == .notFile(folder) }
    let hamt = keep([], UnixFSData(.hamtShard, data: [0]))
    try expectRefused(directory([("big", hamt)])) { $0 == .badShard(hamt, .fanout(nil)) }
    let odd = CID(hashing: [0], codec: CID.Codec(rawValue: 0x71))
    _ = store.keep([0], codec: .raw)
    try expectRefused(directory([("cbor", odd)])) { $0 == .unsupportedCodec(odd) }
    let noise = store.keep([0xff, 0xff, 0xff], codec: .dagPB)
    try expectRefused(noise) { if case .malformed = $0 { true } else { false } }
    let absent = CID(hashing: [42, 42], codec: .raw)
    try expectRefused(directory([("gone", absent)])) { $0 == .repository(.notFound(absent)) }
  }

  @Test func nothingIsOverwritten() throws {
    let file = store.keep(Array("new".utf8), codec: .raw)
    let out = scratch.path.appending("out")
    try Files.writeAtomically(Array("old".utf8), to: out)
    let error = #expect(throws: ReadError.self) { try reader.materialise(file, to: out) }
    guard case .file(let cause) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(cause.errno == .fileExists)
    #expect(try Files.read(out) == Array("old".utf8))
    #expect(try Files.list(scratch.path).count == 1)
  }
}
