import Files
import Hashing
import IPFS
import Subprocess
import SystemPackage
import TestSupport
import Testing
import Unpacking

#if canImport(Glibc)
  import Glibc
#endif

/// The tars that a node hands out: read by Python, by tar(1) and by our own unpacking, the same bytes each time, in flat memory.
@Suite struct ContentArchiveTests {
  let scratch: Scratch
  let store: Repository

  init() throws {
    scratch = try Scratch()
    store = try Repository(at: scratch.path.appending("ipfs"))
  }

  private func archive(_ root: CID, _ compression: ContentArchive.Compression) throws -> [UInt8] {
    let archive = try ContentArchive(root, in: store, compression: compression)
    var bytes: [UInt8] = []
    while let piece = try archive.piece() {
      #expect(!piece.isEmpty)
      bytes += piece
    }
    #expect(try archive.piece() == nil)
    return bytes
  }

  private func add(_ path: FilePath) throws -> CID {
    let batch = store.batch()
    let root = try Importer(into: batch).add(path).cid
    try batch.commit()
    return root
  }

  /// A tree with every kind of entry, long names, odd names, and files around the length of a block.
  private func makeTree() throws -> FilePath {
    let tree = scratch.path.appending("tree")
    let deep = (0..<12).reduce(tree.appending("sub")) { path, n in path.appending("folder-\(n)") }
    try Files.makeDirectories(deep)
    try Files.makeDirectories(tree.appending("empty"))
    let long = String(repeating: "n", count: 200)
    for name in ["a", "grüße 雪", long, "-rf", "new\nline"] {
      try Files.writeAtomically(Array(name.utf8), to: tree.appending(name))
    }
    try Files.writeAtomically([1, 2, 3], to: deep.appending(long))
    for length in [0, 1, 511, 512, 513, 1 << 20, (1 << 20) + 1, 3_000_000] {
      let content = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 9) }
      try Files.writeAtomically(content, to: tree.appending("f\(length)"))
    }
    for (name, target) in [("link", "sub/folder-0"), ("far", String(repeating: "./", count: 90))] {
      try #require(unsafe symlink(target, tree.appending(name).string) == 0)
    }
    return tree
  }

  @Test(arguments: [ContentArchive.Compression.none, .gzip])
  func goesThereAndBack(compression: ContentArchive.Compression) throws {
    let root = try add(try makeTree())
    let bytes = try archive(root, compression)
    #expect(try archive(root, compression) == bytes, "the same each time")
    let path = scratch.path.appending("a.tar")
    try Files.writeAtomically(bytes, to: path)
    let back = scratch.path.appending("back")
    let content = try Unpacker.unpack(path, into: back)
    #expect(content.entries == 30)
    #expect(try add(back) == root)
  }

  /// Python reads each entry with the fixed mode, owner and time; tar(1) agrees with what is in the tree.
  @Test func othersReadIt() async throws {
    let tree = try makeTree()
    let path = scratch.path.appending("a.tar.gz")
    try Files.writeAtomically(try archive(try add(tree), .gzip), to: path)
    let script = """
      import sys, tarfile
      for m in tarfile.open(sys.argv[1]):
          mode = 0o644 if m.isreg() else 0o777 if m.issym() else 0o755
          assert (m.mode, m.uid, m.gid, m.mtime, m.uname, m.gname) == (mode, 0, 0, 0, "", ""), m.name
          print(m.type.decode(), m.size, ascii(m.name))
      """
    let python = try await run(
      .name("python3"), arguments: ["-c", script, path.string],
      output: .string(limit: 1 << 20), error: .string(limit: 1 << 16))
    #expect(python.terminationStatus.isSuccess, "\(python.standardError)")
    let lines = python.standardOutput.split(separator: "\n")
    #expect(lines.count == 30)
    #expect(lines.contains("0 3000000 'f3000000'") && lines.contains("5 0 'empty'"))
    #expect(lines.contains { $0.hasPrefix("0 3 'sub/folder-0/") && $0.hasSuffix("nnn'") })
    let diff = try await run(
      .name("tar"), arguments: ["-dzf", path.string, "-C", tree.string, "f3000000", "a", "link"],
      output: .string(limit: 1 << 16), error: .string(limit: 1 << 16))
    // Mode and owner of the tree are whatever made it; the content must not differ.
    let differences = diff.standardOutput.split(separator: "\n").filter {
      !$0.contains("Mod time") && !$0.contains("Uid") && !$0.contains("Gid")
        && !$0.contains("Mode")
    }
    #expect(differences.isEmpty && diff.standardError.isEmpty)
  }

  @Test func oneFileHasTheNameThatItIsGiven() throws {
    let batch = store.batch()
    let root = try Importer(into: batch).add(bytes: Array("hello".utf8)).cid
    try batch.commit()
    let archive = try ContentArchive(root, named: "greeting", in: store, compression: .none)
    var bytes: [UInt8] = []
    while let piece = try archive.piece() { bytes += piece }
    #expect(bytes.count == 4 * 512)
    #expect(bytes.starts(with: Array("greeting\u{0}".utf8)))
    #expect(bytes[512..<517].elementsEqual("hello".utf8))
  }

  /// Forty folders that hold the one below twice are 2^40 entries: cut at the limit, and nobody waits for it.
  @Test func aFolderThatHoldsItselfTimesTwoIsBounded() throws {
    let batch = store.batch()
    let importer = Importer(into: batch)
    var root = try importer.add(bytes: [1])
    for _ in 0..<40 {
      root = try importer.add(
        directory: [(Array("a".utf8), root), (Array("b".utf8), root)])
    }
    try batch.commit()
    let archive = try ContentArchive(root.cid, in: store, limit: 5000)
    #expect(throws: ReadError.overLimit(.entries(5000))) {
      while try archive.piece() != nil {}
    }
  }

  @Test func aMissingBlockEndsIt() throws {
    let root = try add(try makeTree())
    let fewer = try Repository(at: scratch.path.appending("fewer"))
    let batch = fewer.batch()
    var walk = DAGWalk([root], in: store)
    while let step = try walk.next() {
      guard let digest = step.cid.sha256, step.length != 1 << 20 else { continue }
      let bytes = try store.block(step.cid)
      try unsafe batch.put(bytes.span.bytes, as: digest)
    }
    try batch.commit()
    let archive = try ContentArchive(root, in: fewer)
    #expect(throws: ReadError.self) { while try archive.piece() != nil {} }
  }
}
