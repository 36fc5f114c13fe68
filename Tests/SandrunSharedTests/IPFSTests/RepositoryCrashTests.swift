import Files
import IPFS
import SystemPackage
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// What a crash leaves: packs cut at any byte, blocks without a segment, writers that died.
@Suite struct RepositoryCrashTests {
  let scratch: Scratch
  let path: FilePath

  init() throws {
    scratch = try Scratch()
    path = scratch.path.appending("ipfs")
  }

  private func put(_ texts: [String], into repository: Repository) throws -> [CID] {
    let batch = repository.batch()
    let importer = Importer(into: batch)
    let cids = try texts.map { try importer.add(block: Array($0.utf8), codec: .raw) }
    try batch.commit()
    return cids
  }

  /// A pack cut anywhere in its last, uncommitted record: what came before stays, and the next writer goes on behind it.
  @Test func tornTailsAreCutOff() throws {
    let first = try put(["one", "two", "three"], into: try Repository(at: path))
    let pack = path.appending("packs/00000001.pack")
    let committed = try Files.read(pack)
    let second = try put(["four", "five"], into: try Repository(at: path))
    let whole = try Files.read(pack)
    for length in committed.count..<whole.count {
      try Files.removeTree(path.appending("index"))
      try Files.makeDirectories(path.appending("index"))
      try Files.writeAtomically(Array(whole.prefix(length)), to: pack)
      let repository = try Repository(at: path)
      for cid in first { #expect(try repository.contains(cid), "cut at \(length)") }
      #expect(try repository.contains(second[0]) == (length >= committed.count + 48))
      #expect(try !repository.contains(second[1]))
      let third = try put(["six"], into: repository)
      let reopened = try Repository(at: path)
      for cid in first + third { _ = try reopened.block(cid) }
    }
  }

  /// Nothing but a torn pack header: its writer died before the first record.
  @Test(arguments: [0, 1, 7, 8])
  func aPackWithoutRecordsIsTakenOver(length: Int) throws {
    let first = try put(["one"], into: try Repository(at: path))
    let second = path.appending("packs/00000002.pack")
    try Files.writeAtomically(Array("SRPACK1\n".utf8.prefix(length)), to: second)
    let more = try put(["two"], into: try Repository(at: path))
    let repository = try Repository(at: path)
    for cid in first + more { _ = try repository.block(cid) }
  }

  @Test func aPackInUseIsLeftToItsWriter() throws {
    let repository = try Repository(at: path)
    let busy = repository.batch()
    _ = try Importer(into: busy).add(block: [1], codec: .raw)
    let other = try put(["elsewhere"], into: try Repository(at: path))
    #expect(try Files.list(path.appending("packs")).count == 2)
    try busy.commit()
    for cid in other + [CID(hashing: [1], codec: .raw)] { _ = try repository.block(cid) }
  }

  /// Many writers at once, in threads and so with locks of their own: nothing is lost, nothing is torn.
  @Test func manyWritersAtOnce() async throws {
    let path = path
    try await withThrowingTaskGroup { group in
      for writer in 0..<8 {
        group.addTask {
          let repository = try Repository(at: path)
          for round in 0..<20 {
            let batch = repository.batch()
            let importer = Importer(into: batch)
            for block in 0..<10 {
              // Half of the blocks are everybody's.
              let owner = block.isMultiple(of: 2) ? writer : -1
              _ = try importer.add(block: Array("\(owner) \(round) \(block)".utf8), codec: .raw)
            }
            try batch.commit()
          }
        }
      }
      try await group.waitForAll()
    }
    let repository = try Repository(at: path)
    for owner in -1..<8 {
      for round in 0..<20 {
        for block in 0..<10 where block.isMultiple(of: 2) == (owner >= 0) {
          let bytes = Array("\(owner) \(round) \(block)".utf8)
          #expect(try repository.block(CID(hashing: bytes, codec: .raw)) == bytes)
        }
      }
    }
    #expect(try Files.list(path.appending("packs")).count <= 8)
    let segments = try Files.list(path.appending("index")).filter { $0.extension == "seg" }
    #expect(segments.count <= 16)
  }
}
