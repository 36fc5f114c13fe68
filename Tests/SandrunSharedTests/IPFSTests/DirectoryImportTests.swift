import Files
import Hashing
import IPFS
import Synchronization
import SystemPackage
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Directories that do not hold still, lead round in circles, or hold names that cannot be told apart.
@Suite struct DirectoryImportTests {
  let scratch: Scratch
  let top: FilePath

  init() throws {
    scratch = try Scratch()
    top = scratch.path.appending("top")
    try Files.makeDirectories(top)
  }

  private func write(_ text: String, to name: String) throws {
    let path = top.pushing(FilePath(name))
    try Files.makeDirectories(Files.parent(of: path))
    try Files.writeAtomically(Array(text.utf8), to: path)
  }

  private func link(_ name: String, to target: String) throws {
    try #require(unsafe symlink(target, top.appending(name).string) == 0)
  }

  /// Does something when the first block comes.
  private final class Meddler: BlockSink {
    private let deed: Mutex<(@Sendable () -> Void)?>

    init(_ deed: @escaping @Sendable () -> Void) { self.deed = Mutex(deed) }

    func put(_ bytes: RawSpan, as digest: Digest32) {
      deed.withLock { deed in
        deed?()
        deed = nil
      }
    }
  }

  @Test func aFileMoreIsAChange() throws {
    try write("x", to: "file")
    let sink = Meddler { [top] in
      try? Files.writeAtomically([1], to: top.appending("new"))
    }
    #expect(throws: ImportError.changed(top)) { try Importer(into: sink).add(top) }
  }

  @Test func aFileLessIsAChange() throws {
    for name in ["a", "b"] { try write("content of \(name)", to: name) }
    let sink = Meddler { [top] in
      for name in ["a", "b"] { unsafe unlink(top.appending(name).string) }
    }
    let error = #expect(throws: ImportError.self) { try Importer(into: sink).add(top) }
    guard case .changed(let path) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect([top, top.appending("a"), top.appending("b")].contains(path))
  }

  @Test func aLinkToADirectoryAboveIsFollowedOnce() throws {
    try write("x", to: "sub/file")
    try link("sub/up", to: "..")
    #expect(throws: Never.self) { try Importer(into: MemoryStore()).add(top) }
    var options = ImportOptions()
    options.followsLinks = true
    let place = top.pushing("sub/up")
    #expect(throws: ImportError.circular(place)) {
      try Importer(options, into: MemoryStore()).add(top)
    }
  }

  @Test func aLinkThatLeadsNowhereIsMissingInput() throws {
    try link("broken", to: "no/such")
    var options = ImportOptions()
    options.followsLinks = true
    let error = FileError("open", top.appending("broken"), .noSuchFileOrDirectory)
    #expect(throws: ImportError.file(error)) {
      try Importer(options, into: MemoryStore()).add(top)
    }
  }

  @Test func aLinkThatIsNamedMayBeFollowed() throws {
    try write("content", to: "file")
    try link("to-file", to: "file")
    try link("to-top", to: ".")
    let importer = Importer(into: MemoryStore())
    let file = try importer.add(top.appending("file"))
    #expect(try importer.add(top.appending("to-file"), followingLink: true) == file)
    #expect(try importer.add(top.appending("to-file")) != file)
    // Links below stay what they are.
    #expect(
      try importer.add(top.appending("to-top"), followingLink: true) == importer.add(top))
  }

  @Test func tooDeep() throws {
    var path = top
    for _ in 0..<Importer.maximumDepth { path.append("d") }
    try Files.makeDirectories(path)
    #expect(throws: Never.self) { try Importer(into: MemoryStore()).add(top) }
    path.append("d")
    try Files.makeDirectories(path)
    #expect(throws: ImportError.tooDeep(path)) { try Importer(into: MemoryStore()).add(top) }
  }

  @Test func rulesCountFromTheDirectoryThatIsNamed() throws {
    for name in ["a.o", "sub/a.o", "sub/keep.o", "sub/b", "out/c"] { try write(name, to: name) }
    var options = ImportOptions()
    try options.ignoreRules.add(lines: ["*.o", "!keep.o", "/out/"].map { Array($0.utf8) })
    let store = MemoryStore()
    let root = try Importer(options, into: store).add(top)
    let other = scratch.path.appending("other")
    try Files.makeDirectories(other.appending("sub"))
    for name in ["sub/keep.o", "sub/b"] {
      try Files.writeAtomically(Array(name.utf8), to: other.pushing(FilePath(name)))
    }
    #expect(try Importer(into: store).add(other) == root)
  }

  /// Found by solving murmur3 for its input: all 128 bits of these hashes are the same.
  @Test func namesThatNoShardCanTellApart() throws {
    let tails: [[UInt8]] = [
      [
        0xb8, 0xc5, 0xaf, 0x15, 0xd4, 0x7a, 0x17, 0x42, 0x72, 0xc6, 0x52, 0x3b, 0x44, 0x98, 0xc5,
        0x1b,
      ],
      [
        0x3c, 0x24, 0x72, 0xb5, 0xfb, 0x16, 0x59, 0x28, 0xa9, 0xb3, 0xeb, 0x92, 0xde, 0xd9, 0xa7,
        0x22,
      ],
    ]
    let names = zip(["1", "3"], tails).map { Array("collides 000000\($0)".utf8) + $1 }
    #expect(Murmur3.hash64(names[0]) == Murmur3.hash64(names[1]))
    var options = ImportOptions()
    let content = try Importer(into: MemoryStore()).add(bytes: [])
    let entries = names.map { (name: $0, content: content) }
    // In one block they lie side by side.
    #expect(throws: Never.self) {
      try Importer(options, into: MemoryStore()).add(directory: entries)
    }
    options.maximumDirectoryLinks = 1
    for fanout in [8, 16, 256, 1024] {
      options.shardFanout = fanout
      let error = #expect(throws: ImportError.self) {
        try Importer(options, into: MemoryStore()).add(directory: entries)
      }
      guard case .collidingNames(let colliding) = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
      #expect(colliding.count == 2)
    }
  }

  @Test func rawLeavesAndMetadataExcludeEachOther() throws {
    try write("x", to: "file")
    var options = ImportOptions()
    options.preservesMode = true
    let importer = Importer(options, into: MemoryStore())
    #expect(throws: ImportError.rawLeavesWithMetadata) { try importer.add(top) }
    #expect(throws: ImportError.rawLeavesWithMetadata) { try importer.add(bytes: [1]) }
    #expect(throws: ImportError.rawLeavesWithMetadata) {
      try importer.add(file: top.appending("file"))
    }
  }
}
