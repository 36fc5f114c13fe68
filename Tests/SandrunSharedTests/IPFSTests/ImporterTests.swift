import Files
import IPFS
import SystemPackage
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// What the vectors do not reach: odd inputs, trees put together in memory, round trips.
@Suite struct ImporterTests {
  let scratch: Scratch
  let store = MemoryStore()

  init() throws { scratch = try Scratch() }

  private func write(_ text: String, to name: String) throws -> FilePath {
    let path = scratch.path.pushing(FilePath(name))
    try Files.makeDirectories(Files.parent(of: path))
    try Files.writeAtomically(Array(text.utf8), to: path)
    return path
  }

  @Test func aTreeInMemoryIsTheTreeOnDisk() throws {
    var files: [(path: String, file: FilePath)] = []
    for name in ["z", "a/b/c", "a/b/d", "a/x", "m"] {
      files.append((name, try write("content of \(name)", to: "tree/\(name)")))
    }
    let importer = Importer(into: store)
    let onDisk = try importer.add(scratch.path.appending("tree"))
    for order in [files, files.reversed()] {
      #expect(try importer.add(tree: order).root == onDisk)
    }
    #expect(onDisk.size == UInt64(files.reduce(0) { $0 + "content of ".count + $1.path.count }))
  }

  @Test func whatWasCancelledBeginsNothingMore() throws {
    let file = try write("content", to: "tree/file")
    let importer = Importer(into: store, isCancelled: { true })
    #expect(throws: ImportError.cancelled) { try importer.add(file) }
    #expect(throws: ImportError.cancelled) { try importer.add(scratch.path.appending("tree")) }
    #expect(throws: ImportError.cancelled) {
      try importer.add { (_) throws(ImportError) in Array("content".utf8) }
    }
  }

  @Test(arguments: ["../x", "a//b", "/a", "a/", ".", "a/./b", "", "taken", "taken/below"])
  func namesThatCannotBeInATree(name: String) throws {
    let file = try write("x", to: "file")
    #expect(throws: ImportError.badName(name)) {
      try Importer(into: store).add(tree: [("taken", file), (name, file)])
    }
  }

  /// A job's outputs are packed by name: a link that it left where a file was must not be followed.
  @Test func linksAndPipesAreNoFiles() throws {
    let secret = try write("secret", to: "secret")
    let link = scratch.path.appending("link")
    try #require(unsafe symlink(secret.string, link.string) == 0)
    let importer = Importer(into: store)
    #expect(throws: ImportError.file(FileError("open", link, .tooManySymbolicLinkLevels))) {
      try importer.add(file: link)
    }
    let pipe = scratch.path.appending("pipe")
    try #require(unsafe mkfifo(pipe.string, 0o600) == 0)
    #expect(throws: ImportError.file(FileError("read", pipe, .notSupported))) {
      try importer.add(file: pipe)
    }
    #expect(throws: ImportError.unsupportedType(pipe)) { try importer.add(pipe) }
    #expect(throws: ImportError.file(FileError("read", scratch.path, .isDirectory))) {
      try importer.add(file: scratch.path)
    }
    #expect(store.count == 0)
  }

  /// The kernel's files say that they are empty.
  @Test func aFileWithoutALengthIsReadToItsEnd() throws {
    let imported = try Importer(into: store).add("/proc/self/limits")
    #expect(imported.size > 100)
  }

  @Test func namesThatAreNotUTF8ComeThrough() throws {
    let name: [UInt8] = [0x66, 0xff, 0xfe]
    let folder = scratch.path.appending("odd")
    try Files.makeDirectories(folder)
    let component = unsafe FilePath.Component(
      platformString: (name + [0]).map { CChar(bitPattern: $0) })
    try FileDescriptor.open(
      folder.appending(#require(component)), .writeOnly, options: [.create],
      permissions: [.ownerReadWrite]
    ).close()
    let root = try Importer(into: store).add(folder)
    var entries = try DirectoryCursor(root.cid, in: store)
    #expect(try entries.next()?.name == name)
    #expect(try entries.next() == nil)
    let out = scratch.path.appending("out")
    try ContentReader(store).materialise(root.cid, to: out)
    #expect(try Importer(into: store).add(out) == root)
  }

  /// However a tree looks, what is written out of its blocks is imported again under the same CID.
  @Test(arguments: ImportOptions.Profile.allCases)
  func whatComesOutGoesInAgain(profile: ImportOptions.Profile) throws {
    var generator = SystemRandomNumberGenerator()
    var options = ImportOptions(profile)
    options.includesHidden = true
    for round in 0..<5 {
      let top = scratch.path.appending("in\(round)")
      try Files.makeDirectories(top)
      var folders = [top]
      for index in 0..<30 {
        let parent = folders.randomElement(using: &generator) ?? top
        let path = parent.appending("\(index % 3 == 0 ? "." : "")n\(index)")
        switch Int.random(in: 0..<4, using: &generator) {
        case 0:
          try Files.makeDirectories(path, mode: [.ownerReadWriteExecute])
          folders.append(path)
        case 1:
          try #require(unsafe symlink("n\(index)", path.string) == 0)
        default:
          let length = [0, 1, 1000, 262_144, 300_000].randomElement(using: &generator) ?? 0
          try Files.writeAtomically(
            [UInt8](repeating: UInt8(index), count: length), to: path)
        }
      }
      let root = try Importer(options, into: store).add(top)
      let out = scratch.path.appending("out\(round)")
      #expect(try ContentReader(store).materialise(root.cid, to: out) == root.size)
      #expect(try Importer(options, into: DiscardingSink()).add(out) == root)
      var blocks = 0
      try ContentReader(store).walk(root.cid) { (_, _) in blocks += 1 }
      #expect(blocks > 0)
    }
  }

  @Test func contentPaths() throws {
    let cid = CID(hashing: [], codec: .raw)
    for text in ["\(cid)", "/ipfs/\(cid)", "\(cid)/", "/ipfs/\(cid)/"] {
      #expect(try ContentPath(parsing: text) == ContentPath(cid))
    }
    #expect(
      try ContentPath(parsing: "\(cid)/a/b c")
        == ContentPath(cid, names: [Array("a".utf8), Array("b c".utf8)]))
    for text in ["", "/", "/ipfs/", "/\(cid)", "a/\(cid)", "\(cid)x", "/ipns/\(cid)"] {
      #expect(throws: CIDError.self, "\(text)") { try ContentPath(parsing: text) }
    }
  }
}
