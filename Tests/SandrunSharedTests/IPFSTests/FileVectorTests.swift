import IPFS
import Records
import SystemPackage
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Files as Kubo imports them: every row for the options that exist here.
@Suite struct FileVectorTests {
  /// Rows of more bytes that are not zeros take minutes to generate in a debug build.
  private static let everyday = 64 << 20

  private static let runsLarge = unsafe getenv("SANDRUN_LARGE_VECTORS") != nil

  @Test func ownRows() throws {
    let (ran, skipped) = try check(Vectors.own.appending("ipfs-files.jsonl"))
    #expect(ran == 164 && skipped == 0)
  }

  @Test func sharedRows() throws {
    guard let folder = Vectors.shared?.appending("ipfs") else {
      print("skipped: 128 rows of ipfs/files.jsonl, not here")
      return
    }
    let (ran, skipped) = try check(folder.appending("files.jsonl"))
    print("files.jsonl: ran \(ran), skipped \(skipped) over 64 MiB")
    #expect(ran == (Self.runsLarge ? 128 : 123))
  }

  private func check(_ file: FilePath) throws -> (ran: Int, skipped: Int) {
    var (ran, skipped) = (0, 0)
    let scratch = try Scratch()
    let rows = try Vectors.lines(of: file).map { try JSON(parsing: $0) }
    var prefixes: [String: [UInt8]] = [:]
    // Rows of one seed share their beginning: with the longest first it is generated once.
    func length(_ row: JSON) -> Int { row["content"]?["length"]?.integer ?? 0 }
    for row in rows.sorted(by: { length($0) > length($1) }) {
      let id = try #require(row["id"]?.string)
      let options = try #require(row["options"])
      let content = try VectorContent(#require(row["content"]))
      guard content.length < Self.everyday || content.kind == "zeros" || Self.runsLarge else {
        skipped += 1
        continue
      }
      let path = scratch.path.appending("content")
      try write(content, to: path, &prefixes)
      let store = MemoryStore()
      let importOptions = try VectorOptions.parse(options)
      let imported = try Importer(importOptions, into: store).add(path)
      #expect(imported.cid.description == row["cid"]?.string, "\(id)")
      #expect(Int(imported.size) == row["size"]?.integer, "\(id)")
      #expect(Int(imported.cumulativeSize) == row["dag_size"]?.integer, "\(id)")
      #expect(store.count == row["blocks"]?.integer, "\(id)")
      #expect(store.size == row["unique_size"]?.integer, "\(id)")
      if content.length <= 1 << 20, content.kind != "zeros" {
        let bytes = try Vectors.bytes(of: path)
        #expect(
          try Importer(importOptions, into: MemoryStore()).add(bytes: bytes) == imported, "\(id)")
        #expect(
          try ContentReader(store).bytes(imported.cid, limit: UInt64(bytes.count)) == bytes, "\(id)"
        )
      }
      ran += 1
    }
    return (ran, skipped)
  }

  /// Puts the content into a file, from what was generated before where that is long enough.
  private func write(
    _ content: VectorContent, to path: FilePath, _ prefixes: inout [String: [UInt8]]
  ) throws {
    guard content.kind == "sha256ctr", content.length <= 64 << 20 else {
      return try content.write(to: path)
    }
    if prefixes[content.seed]?.count ?? 0 < content.length {
      prefixes[content.seed] = content.bytes
    }
    let descriptor = try FileDescriptor.open(
      path, .writeOnly, options: [.create, .truncate], permissions: [.ownerReadWrite])
    defer { try? descriptor.close() }
    _ = try descriptor.writeAll(prefixes[content.seed]?.prefix(content.length) ?? [])
  }
}
