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
  @Test func rowsMatchKubo() throws {
    guard let folder = Vectors.shared?.appending("ipfs") else {
      print("skipped: 58 rows of ipfs/directories.jsonl, not here")
      return
    }
    var (matched, refused) = (0, 0)
    var skipped: [String: Int] = [:]
    // Many rows describe one tree: it is made once.
    var trees: [[UInt8]: Scratch] = [:]
    for line in try Vectors.lines(of: folder.appending("directories.jsonl")) {
      let row = try JSON(parsing: line)
      let id = try #require(row["id"]?.string)
      if let reason = try Self.reasonToSkip(row) {
        skipped[reason, default: 0] += 1
        continue
      }
      let tree = try #require(row["tree"])
      let scratch = try trees[tree.bytes] ?? Scratch()
      let top = scratch.path.appending("t")
      if trees.updateValue(scratch, forKey: tree.bytes) == nil {
        try Self.make(try #require(tree.elements), at: top)
      }
      let argument = try #require(row["argument"]?.string)
      let importer = Importer(
        try VectorOptions.parse(#require(row["options"])), into: MemoryStore())
      let wraps = row["options"]?["wrap"]?.boolean ?? false
      if row["root_type"]?.string == "hamt" || id == "s-many-in-sub-v1" {
        refused += 1
        let error = #expect(throws: ImportError.self, "\(id)") { try importer.add(top) }
        guard case .directoryTooLarge(_, _, let measure, 262_144) = error else {
          Issue.record("\(id): \(String(describing: error))")
          continue
        }
        #expect(measure > 262_144)
        continue
      }
      var root = try importer.add(scratch.path.pushing(FilePath(argument)))
      if wraps {
        let name = try #require(FilePath(argument).lastComponent?.string)
        root = try importer.add(directory: [(Array(name.utf8), root)], named: ".")
      }
      #expect(root.cid.description == row["cid"]?.string, "\(id)")
      #expect(Int(root.cumulativeSize) == row["dag_size"]?.integer, "\(id)")
      matched += 1
    }
    print("directories.jsonl: matched \(matched), refused \(refused), skipped \(skipped)")
    #expect(matched == 32)
    #expect(refused == 10)
    #expect(skipped.values.reduce(0, +) == 16)
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
    let count = try #require(many["count"]?.integer)
    let pattern = try #require(many["name"]?.string)
    // `%05d` or `%030d` with text around it.
    let digits = try #require(pattern.firstMatch(of: /%0(\d+)d/))
    let width = try #require(Int(digits.1))
    var content = try VectorContent(#require(many["content"]))
    let seed = content.seed
    var first = folder
    for index in 0..<count {
      let number = String(index)
      let padded = String(repeating: "0", count: max(0, width - number.count)) + number
      content.seed = seed.replacing("%d", with: number)
      let path = folder.appending(pattern.replacing(digits.0, with: padded))
      if index > 0, content.seed == seed {
        try #require(unsafe link(first.string, path.string) == 0)
      } else {
        try content.write(to: path)
        first = path
      }
    }
  }
}
