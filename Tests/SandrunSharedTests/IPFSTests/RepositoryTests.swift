import Files
import Hashing
import IPFS
import SystemPackage
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// The repository's promises: what was committed is there, proved, and whatever befalls the index comes back from the packs.
@Suite struct RepositoryTests {
  let scratch: Scratch
  let path: FilePath

  init() throws {
    scratch = try Scratch()
    path = scratch.path.appending("ipfs")
  }

  private func block(_ number: Int, length: Int = 100) -> [UInt8] {
    var bytes = [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: length)
    for index in 0..<min(8, length) {
      bytes[index] = UInt8(truncatingIfNeeded: number >> (8 * index))
    }
    return bytes
  }

  /// Commits blocks in one batch.
  private func fill(_ repository: Repository, _ numbers: Range<Int>) throws {
    let batch = repository.batch()
    let writer = Importer(into: batch)
    for number in numbers { _ = try writer.add(block: block(number), codec: .raw) }
    try batch.commit()
  }

  private func expectAll(_ repository: Repository, _ numbers: Range<Int>) throws {
    for number in numbers {
      let bytes = block(number)
      #expect(try repository.block(CID(hashing: bytes, codec: .raw)) == bytes)
    }
  }

  private func segments() throws -> [FilePath] {
    try Files.list(path.appending("index")).filter { $0.extension == "seg" }
      .map { path.appending("index").appending($0) }
  }

  @Test func emptyUntilTheFirstWrite() throws {
    let repository = try Repository(at: path)
    let cid = CID(hashing: [1, 2, 3], codec: .raw)
    #expect(throws: RepositoryError.notFound(cid)) { try repository.block(cid) }
    #expect(try Files.status(path) == nil)
    #expect(try repository.put([1, 2, 3]) == cid)
    #expect(try repository.block(cid) == [1, 2, 3])
    #expect(try Repository(at: path).block(cid) == [1, 2, 3])
    #expect(
      try repository.contains(CID(hashing: [1, 2, 3], codec: .dagPB)), "one block, any codec")
  }

  @Test func inlineBlocksAreTheirOwnAndOtherHashesRefused() throws {
    let repository = try Repository(at: path)
    let inline = try CID(parsing: "bafkqabtimvwgy3yk")
    #expect(try repository.block(inline) == Array("hello\n".utf8))
    let sha3 = try CID(bytes: [1, 0x55, 0x14, 64] + [UInt8](repeating: 7, count: 64))
    #expect(throws: RepositoryError.unsupportedHash(sha3)) { try repository.block(sha3) }
  }

  @Test func whatIsNotCommittedIsNotThere() throws {
    let repository = try Repository(at: path)
    try fill(repository, 0..<10)
    let size = try #require(Files.status(path.appending("packs/00000001.pack"))?.size)
    do {
      let batch = repository.batch()
      _ = try Importer(into: batch).add(block: block(99, length: 1 << 20), codec: .raw)
      #expect(try !repository.contains(CID(hashing: block(99, length: 1 << 20), codec: .raw)))
    }
    #expect(try Files.status(path.appending("packs/00000001.pack"))?.size == size)
    try expectAll(try Repository(at: path), 0..<10)
  }

  @Test func sameBlockIsKeptOnce() throws {
    let repository = try Repository(at: path)
    try fill(repository, 0..<50)
    let size = try Files.status(path.appending("packs/00000001.pack"))?.size
    try fill(repository, 0..<50)
    #expect(try Files.status(path.appending("packs/00000001.pack"))?.size == size)
  }

  @Test func anotherProcessSeesWhatIsCommittedLater() throws {
    let writer = try Repository(at: path)
    let reader = try Repository(at: path)
    try fill(writer, 0..<5)
    try expectAll(reader, 0..<5)
    try fill(writer, 5..<9)
    try expectAll(reader, 0..<9)
  }

  @Test func tooLargeABlockIsRefused() throws {
    let repository = try Repository(at: path)
    #expect(throws: RepositoryError.tooLarge(Block.maximumLength + 1)) {
      try repository.put([UInt8](repeating: 0, count: Block.maximumLength + 1))
    }
    _ = try repository.put([UInt8](repeating: 0, count: Block.maximumLength))
  }

  /// Hundreds of commits leave a handful of segments, and every block is found through each of them.
  @Test func segmentsAreMerged() throws {
    let repository = try Repository(at: path)
    for start in stride(from: 0, to: 900, by: 3) { try fill(repository, start..<start + 3) }
    #expect(try segments().count <= 8)
    try expectAll(try Repository(at: path), 0..<900)
    #expect(try Files.list(path.appending("packs")).count == 1)
    let absent = CID(hashing: block(5000), codec: .raw)
    #expect(try !repository.contains(absent))
  }

  @Test func theIndexIsRebuiltFromThePacks() throws {
    try fill(try Repository(at: path), 0..<500)
    for segment in try segments() { try Files.removeTree(segment) }
    try expectAll(try Repository(at: path), 0..<500)
    #expect(try segments().count == 1)
  }

  /// Any one byte of a segment turned: the segment goes, and what it covered is scanned anew.
  @Test func damagedSegmentsAreRebuilt() throws {
    try fill(try Repository(at: path), 0..<100)
    let good = try #require(try segments().first)
    let bytes = try Files.read(good)
    for offset in stride(from: 0, to: bytes.count, by: 211) {
      var bad = bytes
      bad[offset] ^= 0x10
      for segment in try segments() { try Files.removeTree(segment) }
      try Files.writeAtomically(bad, to: good)
      try expectAll(try Repository(at: path), 0..<100)
      for length in [0, 1, offset] {
        for segment in try segments() { try Files.removeTree(segment) }
        try Files.writeAtomically(Array(bytes.prefix(length)), to: good)
        #expect(try Repository(at: path).contains(CID(hashing: block(7), codec: .raw)))
      }
    }
  }

  @Test func largeSegmentsAreCheckedPageByPage() throws {
    let repository = try Repository(at: path)
    try fill(repository, 0..<26_000)
    let large = try #require(
      try segments().first { try (Files.status($0)?.size ?? 0) > 1 << 20 }, "not read whole")
    var bytes = try Files.read(large)
    for page in stride(from: 0, to: bytes.count - 1024, by: 64 << 10) { bytes[page + 40] ^= 1 }
    try Files.writeAtomically(bytes, to: large)
    try expectAll(try Repository(at: path), 0..<26_000)
    #expect(try Files.status(large) == nil, "the damaged segment is gone")
  }

  @Test func aDamagedBlockIsNeverGiven() throws {
    try fill(try Repository(at: path), 0..<20)
    let pack = path.appending("packs/00000001.pack")
    var bytes = try Files.read(pack)
    // Record 5: each takes 44 bytes and its block 100, behind the 8 of the pack's own header.
    let offset = 8 + 5 * 144
    bytes[offset + 44 + 50] ^= 1
    try Files.writeAtomically(bytes, to: pack)
    let cid = CID(hashing: block(5), codec: .raw)
    let repository = try Repository(at: path)
    #expect(throws: RepositoryError.corrupt(cid, pack: pack, offset: offset)) {
      try repository.block(cid)
    }
    try expectAll(repository, 0..<5)
    try expectAll(repository, 6..<20)
    // Without an index the damaged one is passed over, and those after it are found all the same.
    for segment in try segments() { try Files.removeTree(segment) }
    let rebuilt = try Repository(at: path)
    #expect(throws: RepositoryError.corrupt(cid, pack: pack, offset: offset)) {
      try rebuilt.block(cid)
    }
    #expect(try !rebuilt.contains(cid), "so that it is written anew")
    try expectAll(rebuilt, 6..<20)
    try fill(rebuilt, 5..<6)
    try expectAll(rebuilt, 0..<20)
  }

  @Test func anotherFormatIsRefused() throws {
    try fill(try Repository(at: path), 0..<1)
    try Files.writeAtomically(Array("sandrun-ipfs 3\n".utf8), to: path.appending("format"))
    #expect(throws: RepositoryError.unknownFormat(path)) { try Repository(at: path) }
  }
}
