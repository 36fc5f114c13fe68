import Files
import Hashing
import IPFS
import Records
import SystemPackage
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Directories as Kubo imports them, and refuses to.
@Suite struct DirectoryVectorTests {
  @Test func ownRows() throws {
    let (matched, refused) = try check(Vectors.own.appending("ipfs-directories.jsonl"))
    #expect(matched == 42 && refused == 0)
  }

  @Test func sharedRows() throws {
    guard let folder = Vectors.shared?.appending("ipfs") else {
      print("skipped: 58 rows of ipfs/directories.jsonl, not here")
      return
    }
    let (matched, refused) = try check(folder.appending("directories.jsonl"))
    print("directories.jsonl: matched \(matched), refused \(refused)")
    #expect(matched == 57 && refused == 1)
  }

  private func check(_ file: FilePath) throws -> (matched: Int, refused: Int) {
    var (matched, refused) = (0, 0)
    for line in try Vectors.lines(of: file) {
      let row = try JSON(parsing: line)
      let id = try #require(row["id"]?.string)
      let tree = try #require(row["tree"]?.elements)
      let store = MemoryStore()
      let importer = Importer(try VectorOptions.parse(#require(row["options"])), into: store)
      func imported() throws -> Imported {
        if let root = try Self.addInMemory(tree, by: importer) { return root }
        let scratch = try Scratch()
        try VectorTree.make(tree, at: scratch.path.appending("t"))
        let argument = FilePath(try #require(row["argument"]?.string))
        let root = try importer.add(scratch.path.pushing(argument))
        guard row["options"]?["wrap"]?.boolean ?? false else { return root }
        let name = try #require(argument.lastComponent?.string)
        return try importer.add(directory: [(Array(name.utf8), root)])
      }
      if row["error"] != nil {
        #expect(throws: ImportError.rawLeavesWithMetadata, "\(id)") { try imported() }
        refused += 1
        continue
      }
      let root = try imported()
      #expect(root.cid.description == row["cid"]?.string, "\(id)")
      #expect(Int(root.cumulativeSize) == row["dag_size"]?.integer, "\(id)")
      #expect(store.count == row["blocks"]?.integer, "\(id)")
      #expect(store.size == row["unique_size"]?.integer, "\(id)")
      try expectEntries(row, below: root.cid, in: store)
      matched += 1
    }
    return (matched, refused)
  }

  /// Reads everything back: what lies under which name is what Kubo told when it added it.
  private func expectEntries(_ row: JSON, below root: CID, in store: MemoryStore) throws {
    guard let expected = row["entries_sha256"]?.string else { return }
    let isWrapped = row["options"]?["wrap"]?.boolean ?? false
    let top = isWrapped ? [] : [Array(try #require(row["argument"]?.string).utf8)]
    var lines: [(path: [UInt8], line: [UInt8])] = []
    var tree = TreeCursor(
      root, in: store, limits: MaterialiseLimits(allowsOutsideLinks: true))
    while let event = try tree.next() {
      switch event {
      case .file(let item, _), .directory(let item), .symlink(let item, _):
        let path = Array((top + item.names).joined(separator: [UInt8(ascii: "/")]))
        lines.append((path, Array("\(item.cid) ".utf8) + path + [UInt8(ascii: "\n")]))
      case .piece, .endOfFile, .endOfDirectory: break
      }
    }
    lines.sort { $0.path.lexicographicallyPrecedes($1.path) }
    let id = try #require(row["id"]?.string)
    #expect(lines.count == row["entries_count"]?.integer, "\(id)")
    let digest = SHA256.hash(Array(lines.map(\.line).joined()))
    #expect(Hex.digits(digest.bytes) == expected, "\(id)")
  }

  /// A folder of thousands of files, without the files: what counts is the directory's block.
  private static func addInMemory(_ tree: [JSON], by importer: Importer) throws -> Imported? {
    guard let many = tree.first?["many"], tree.first?["path"]?.string == "",
      many["count"]?.integer ?? 0 > 2000
    else { return nil }
    var known: [String: Imported] = [:]
    func add(_ content: VectorContent) throws -> Imported {
      let key = "\(content.seed) \(content.length)"
      if let imported = known[key] { return imported }
      let imported = try importer.add(bytes: content.bytes)
      known[key] = imported
      return imported
    }
    var entries = try VectorTree.files(of: many).map { (Array($0.name.utf8), try add($0.content)) }
    for file in tree.dropFirst() {
      let name = try #require(file["path"]?.string)
      entries.append((Array(name.utf8), try add(VectorContent(#require(file["content"])))))
    }
    return try importer.add(directory: entries)
  }
}
