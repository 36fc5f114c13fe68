import Files
import SystemPackage
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Names are bytes, and no tree is too deep to be removed.
@Suite struct RemovingTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func component(_ bytes: [UInt8]) throws -> FilePath.Component {
    try #require(FilePath.Component(bytes: bytes))
  }

  @Test func namesAreBytes() throws {
    let names: [[UInt8]] = [
      [0x61, 0xFF], [0xC3], [0xE2, 0x82], Array("é".utf8), Array("e\u{301}".utf8),
      [UInt8](repeating: 0x80, count: 255),
    ]
    let folder = scratch.path.appending(try component([0xFE, 0xFD]))
    for name in names {
      let inner = folder.appending(try component(name))
      try Files.makeDirectories(inner)
      try Files.writeAtomically([1], to: inner.appending(try component(name)))
      #expect(try Files.read(inner.appending(try component(name))) == [1])
    }
    let found = try Files.list(folder).map(\.bytes)
    #expect(found == names.sorted { $0.lexicographicallyPrecedes($1) })
    try Files.removeTree(folder)
    #expect(try Files.list(scratch.path).isEmpty)
    #expect(FilePath.Component(bytes: [0x61, 0]) == nil)
    #expect(FilePath.Component(bytes: [0x61, 0x2F]) == nil)
    #expect(FilePath.Component(bytes: []) == nil)
  }

  @Test func hiddenNamesCutNoCharacter() {
    for character in ["a", "é", "€", "😀"] {
      for shift in 0..<4 {
        let name = String(repeating: "x", count: shift) + String(repeating: character, count: 255)
        let stem = Files.hiddenStem(of: Array(name.utf8.prefix(255)))
        #expect(stem.count <= 201 && stem.count >= 198)
        #expect(String(validating: stem, as: UTF8.self) != nil)
      }
    }
    #expect(Files.hiddenStem(of: [UInt8](repeating: 0x80, count: 255)).count == 198)
    #expect(Files.hiddenStem(of: Array("né".utf8)) == Array(".né".utf8))
  }

  /// Deeper than a path may be long, with a folder that nobody may enter at the end.
  @Test func deepTrees() throws {
    let name = "name"
    var descriptor = unsafe open(scratch.path.string, O_RDONLY | O_DIRECTORY)
    defer { close(descriptor) }
    for _ in 0..<1500 {
      try #require(unsafe mkdirat(descriptor, name, 0o700) == 0)
      let inner = unsafe openat(descriptor, name, O_RDONLY | O_DIRECTORY)
      try #require(inner >= 0)
      close(descriptor)
      descriptor = inner
    }
    try #require(unsafe symlinkat("/", descriptor, "link") == 0)
    try #require(unsafe mkdirat(descriptor, "shut", 0) == 0)
    try Files.removeTree(scratch.path.appending(name))
    #expect(try Files.list(scratch.path).isEmpty)
  }

  @Test func linksAreNotFollowed() throws {
    let (kept, tree) = (scratch.path.appending("kept"), scratch.path.appending("tree"))
    try Files.makeDirectories(kept.appending("in"))
    try Files.makeDirectories(tree)
    try #require(unsafe symlink(kept.string, tree.appending("link").string) == 0)
    try Files.removeTree(tree)
    try #require(unsafe symlink(kept.string, tree.string) == 0)
    try Files.removeTree(tree)
    #expect(try Files.list(scratch.path).map(\.string) == ["kept"])
    #expect(try Files.list(kept).map(\.string) == ["in"])
    try Files.writeAtomically([1], to: tree)
    try Files.removeTree(tree.appending("no/such"))
    try Files.removeTree(tree)
    try Files.removeTree(tree)
  }
}
