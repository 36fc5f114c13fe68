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

/// Directories as Kubo imports them; those that it spreads over a HAMT are refused.
@Suite struct DirectoryVectorTests {
  @Test func ownRows() throws {
    let (matched, refused, skipped) = try check(Vectors.own.appending("ipfs-directories.jsonl"))
    #expect(matched == 12 && refused == 0 && skipped.isEmpty)
  }

  @Test func sharedRows() throws {
    guard let folder = Vectors.shared?.appending("ipfs") else {
      print("skipped: 58 rows of ipfs/directories.jsonl, not here")
      return
    }
    let (matched, refused, skipped) = try check(folder.appending("directories.jsonl"))
    print("directories.jsonl: matched \(matched), refused \(refused), skipped \(skipped)")
    #expect(matched == 32)
    #expect(refused == 10)
    #expect(skipped.values.reduce(0, +) == 16)
  }

  private func check(
    _ file: FilePath
  ) throws -> (matched: Int, refused: Int, skipped: [String: Int]) {
    var (matched, refused) = (0, 0)
    var skipped: [String: Int] = [:]
    for line in try Vectors.lines(of: file) {
      let row = try JSON(parsing: line)
      let id = try #require(row["id"]?.string)
      if let reason = try Self.reasonToSkip(row) {
        skipped[reason, default: 0] += 1
        continue
      }
      let tree = try #require(row["tree"]?.elements)
      let importer = Importer(
        try VectorOptions.parse(#require(row["options"])), into: MemoryStore())
      func imported() throws -> Imported {
        if let root = try Self.addInMemory(tree, by: importer) { return root }
        let scratch = try Scratch()
        try Self.make(tree, at: scratch.path.appending("t"))
        let argument = FilePath(try #require(row["argument"]?.string))
        let root = try importer.add(scratch.path.pushing(argument))
        guard row["options"]?["wrap"]?.boolean ?? false else { return root }
        let name = try #require(argument.lastComponent?.string)
        return try importer.add(directory: [(Array(name.utf8), root)], named: ".")
      }
      if row["root_type"]?.string == "hamt" || id == "s-many-in-sub-v1" {
        refused += 1
        let error = #expect(throws: ImportError.self, "\(id)") { try imported() }
        guard case .directoryTooLarge(_, _, let measure, 262_144) = error else {
          Issue.record("\(id): \(String(describing: error))")
          continue
        }
        #expect(measure > 262_144)
        continue
      }
      let root = try imported()
      #expect(root.cid.description == row["cid"]?.string, "\(id)")
      #expect(Int(root.cumulativeSize) == row["dag_size"]?.integer, "\(id)")
      matched += 1
    }
    return (matched, refused, skipped)
  }

  private static func reasonToSkip(_ row: JSON) throws -> String? {
    let options = try #require(row["options"])
    for flag in ["preserve_mode", "preserve_mtime", "dereference_symlinks"]
    where options[flag]?.boolean == true {
      return flag
    }
    for option in ["mode", "mtime", "max_hamt_fanout"] where options[option] != nil {
      return option
    }
    if options["empty_dirs"]?.boolean == false { return "empty_dirs" }
    let arguments = row["args"]?.elements?.compactMap(\.string) ?? []
    return arguments.contains { $0.hasPrefix("--mtime") } ? "mtime" : nil
  }

  static func make(_ tree: [JSON], at top: FilePath) throws {
    try Files.makeDirectories(top)
    for item in tree {
      let path = item["path"]?.string ?? ""
      let target = path.isEmpty ? top : top.pushing(FilePath(path))
      switch item["kind"]?.string {
      case "dir": try Files.makeDirectories(target)
      case "symlink":
        try Files.makeDirectories(Files.parent(of: target))
        let link = try #require(item["target"]?.string)
        try #require(unsafe symlink(link, target.string) == 0)
      case "many":
        try Files.makeDirectories(target)
        try makeMany(try #require(item["many"]), in: target)
      default:
        try Files.makeDirectories(Files.parent(of: target))
        try VectorContent(#require(item["content"])).write(to: target)
      }
    }
  }

  private static func makeMany(_ many: JSON, in folder: FilePath) throws {
    for (name, content) in try files(of: many) { try content.write(to: folder.appending(name)) }
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
    var entries = try files(of: many).map { (Array($0.name.utf8), try add($0.content)) }
    for file in tree.dropFirst() {
      let name = try #require(file["path"]?.string)
      entries.append((Array(name.utf8), try add(VectorContent(#require(file["content"])))))
    }
    return try importer.add(directory: entries, named: ".")
  }

  private static func files(of many: JSON) throws -> [(name: String, content: VectorContent)] {
    let count = try #require(many["count"]?.integer)
    let pattern = try #require(many["name"]?.string)
    // `%05d` or `%030d` with text around it.
    let digits = try #require(pattern.firstMatch(of: /%0(\d+)d/))
    let width = try #require(Int(digits.1))
    let content = try VectorContent(#require(many["content"]))
    return (0..<count).map { index in
      let number = String(index)
      let padded = String(repeating: "0", count: max(0, width - number.count)) + number
      var content = content
      content.seed.replace("%d", with: number)
      return (pattern.replacing(digits.0, with: padded), content)
    }
  }
}
