import Files
import Hashing
import SystemPackage
import TestSupport
import Testing

@testable import IPFS

#if canImport(Glibc)
  import Glibc
#endif

/// What a sweep keeps and what it removes, while others write, read and die.
@Suite struct SweepTests {
  let scratch: Scratch
  let path: FilePath

  init() throws {
    scratch = try Scratch()
    path = scratch.path.appending("ipfs")
  }

  private func bytes(_ name: String) -> [UInt8] {
    Array("\(name) ".utf8) + [UInt8](repeating: 7, count: 500)
  }

  private func raw(_ name: String) -> CID { CID(hashing: bytes(name), codec: .raw) }

  private func put(_ names: [String], into repository: Repository) throws {
    let batch = repository.batch()
    for name in names { _ = try Importer(into: batch).add(block: bytes(name), codec: .raw) }
    try batch.commit()
    batch.close()
  }

  /// A node with links to blocks.
  private func node(over cids: [CID], into batch: Batch) throws -> CID {
    let node = DAGNode(
      links: cids.map { DAGNode.Link($0, name: [], cumulativeSize: 1) }, data: [8, 1])
    return try Importer(into: batch).add(block: node.bytes, codec: .dagPB)
  }

  private func sweep(_ repository: Repository) throws -> (Repository.Sweep, [Repository.Loss]) {
    var losses: [Repository.Loss] = []
    let sweep = try repository.sweep { losses.append($0) }
    return (sweep, losses)
  }

  @Test func whatIsNotPinnedGoes() throws {
    let repository = try Repository(at: path)
    try put((0..<100).map { "kept \($0)" }, into: repository)
    try put((0..<100).map { "gone \($0)" }, into: repository)
    let batch = repository.batch()
    let root = try node(over: (0..<100).map { raw("kept \($0)") }, into: batch)
    try batch.pin([Pin(root)])
    batch.close()
    try repository.pins.pin(Pin(raw("gone 7"), mode: .direct))
    let reader = try Repository(at: path)
    _ = try reader.block(raw("kept 1"))
    let (found, losses) = try sweep(repository)
    #expect(losses.isEmpty)
    #expect(found.removed == 99 && found.kept == 102 && found.packs == 1 && found.left == 0)
    for opened in [repository, reader, try Repository(at: path)] {
      for number in 0..<100 {
        #expect(try opened.block(raw("kept \(number)")) == bytes("kept \(number)"))
      }
    }
    // The reader had the pack open, and may go on reading from it; whoever looks anew finds nothing.
    for opened in [repository, try Repository(at: path)] {
      for number in 0..<100 {
        #expect(try opened.contains(raw("gone \(number)")) == (number == 7))
      }
    }
    #expect(try sweep(repository).0.packs == 0, "nothing is left to do")
  }

  /// A block is asked for by its codec: a link that calls a node raw must not hide what is below it.
  @Test func aNodeThatIsFirstMetAsAnotherCodecIsFollowed() throws {
    let repository = try Repository(at: path)
    let batch = repository.batch()
    _ = try Importer(into: batch).add(block: bytes("leaf"), codec: .raw)
    let inner = try node(over: [raw("leaf")], into: batch)
    let digest = try #require(inner.sha256)
    let outer = try node(
      over: [CID(digest, codec: .raw), CID(digest, codec: .dagCBOR), inner], into: batch)
    try batch.pin([Pin(CID(digest, codec: .raw)), Pin(outer)])
    batch.close()
    try put(["garbage"], into: repository)
    let (found, losses) = try sweep(repository)
    #expect(found.removed == 1)
    #expect(losses.map(\.root) == [outer], "only what DAG-CBOR makes of it cannot be followed")
    #expect(try repository.block(raw("leaf")) == bytes("leaf"))
  }

  /// The classic race: the writer is told that a block is there, the sweep runs, the writer pins.
  @Test func whatAWriterCountsOnStays() throws {
    try put(["there", "garbage"], into: try Repository(at: path))
    let writer = try Repository(at: path)
    let batch = writer.batch()
    _ = try Importer(into: batch).add(block: bytes("there"), codec: .raw)
    #expect(try sweep(try Repository(at: path)).0.removed == 1)
    #expect(try Repository(at: path).contains(raw("there")))
    let root = try node(over: [raw("there")], into: batch)
    try batch.pin([Pin(root)])
    batch.close()
    _ = try sweep(try Repository(at: path))
    #expect(try Repository(at: path).block(raw("there")) == bytes("there"))
    try Repository(at: path).pins.remove([root])
    _ = try sweep(try Repository(at: path))
    #expect(try !Repository(at: path).contains(raw("there")))
    #expect(try Files.list(path.appending("leases")).isEmpty)
  }

  /// The other way round: the sweep was first, and the writer's index is of before.
  @Test func whatIsGoneIsWrittenAnew() throws {
    try put(["block"], into: try Repository(at: path))
    let writer = try Repository(at: path)
    #expect(try writer.contains(raw("block")))
    #expect(try sweep(try Repository(at: path)).0.removed == 1)
    let batch = writer.batch()
    let cid = try Importer(into: batch).add(block: bytes("block"), codec: .raw)
    try batch.pin([Pin(cid)])
    #expect(try Repository(at: path).block(cid) == bytes("block"))
  }

  /// A direct pin is held before its block is there: whoever brings that, it stays.
  @Test func whatIsHeldAndComesLaterStays() throws {
    try put(["garbage"], into: try Repository(at: path))
    let batch = try Repository(at: path).batch()
    let pin = Pin(raw("block"), mode: .direct)
    try batch.hold(pin)
    #expect(throws: PinError.incomplete(pin.cid, missing: pin.cid)) { try batch.check(pin) }
    try put(["block"], into: try Repository(at: path))
    #expect(try sweep(try Repository(at: path)).0.removed == 1)
    try batch.pin(whole: pin)
    batch.close()
    #expect(try Repository(at: path).block(raw("block")) == bytes("block"))
  }

  /// While it marks, another writer merges the index: its lines count once, and so do those of what came meanwhile.
  @Test func whatIsMergedMeanwhileCountsOnce() throws {
    let repository = try Repository(at: path)
    try put(["kept", "garbage"], into: repository)
    let batch = repository.batch()
    let root = try node(over: [raw("nowhere"), raw("kept")], into: batch)
    try batch.pin([Pin(root)])
    batch.close()
    let expected = try repository.sweep(dryRun: true) { _ in }
    let other = try Repository(at: path)
    var isMerged = false
    let told = try Repository(at: path).sweep(
      dryRun: true,
      isCancelled: {
        if !isMerged {
          isMerged = true
          // A root that is looked up in vain has the index read anew.
          #expect(throws: Never.self) { try other.mergeAll() }
        }
        return false
      }, losing: { _ in })
    #expect(isMerged && told == expected && told.kept == 2 && told.removed == 1)
  }

  @Test func whatIsBeingWrittenStays() throws {
    let writer = try Repository(at: path)
    let batch = writer.batch()
    let cid = try Importer(into: batch).add(block: bytes("new"), codec: .raw)
    _ = try sweep(try Repository(at: path))
    try batch.commit()
    #expect(try sweep(try Repository(at: path)).0.removed == 0, "committed, not yet pinned")
    #expect(try Repository(at: path).contains(cid))
    batch.close()
    #expect(try sweep(try Repository(at: path)).0.removed == 1, "given up")
  }

  /// What a dead process left is not taken for a living one's.
  @Test func deadLeasesDoNotCount() throws {
    try put(["block"], into: try Repository(at: path))
    let leases = path.appending("leases")
    try Files.makeDirectories(leases)
    let key = SHA256.hash(bytes("block"))
    try Files.writeAtomically([0x6b, 32] + key.bytes, to: leases.appending("dead.lease"))
    #expect(try sweep(try Repository(at: path)).0.removed == 1)
    #expect(try Files.list(leases).isEmpty)
  }

  @Test func incompletePinsAreKeptAsFarAsTheyGo() throws {
    let repository = try Repository(at: path)
    let batch = repository.batch()
    _ = try Importer(into: batch).add(block: bytes("here"), codec: .raw)
    let root = try node(over: [raw("nowhere"), raw("here")], into: batch)
    #expect(throws: PinError.incomplete(root, missing: raw("nowhere"))) {
      try batch.commit()
      try batch.pin(whole: Pin(root))
    }
    try batch.pin([Pin(root)])
    batch.close()
    try put(["garbage"], into: repository)
    let (found, losses) = try sweep(repository)
    #expect(found.incomplete == 1 && found.removed == 1)
    #expect(losses.map(\.root) == [root])
    #expect(losses.map(\.error) == [.repository(.notFound(raw("nowhere")))])
    #expect(try repository.contains(raw("here")))
  }

  /// Nothing goes while the pins cannot all be told.
  @Test func damagedPinsForbidASweep() throws {
    let repository = try Repository(at: path)
    try put(["block"], into: repository)
    try repository.pins.add([Pin(raw("block")), Pin(raw("other"))])
    let journal = path.appending("pins/journal")
    var text = try Files.read(journal)
    text[40] ^= 1
    try Files.writeAtomically(text, to: journal)
    #expect(throws: SweepError.self) { try sweep(try Repository(at: path)) }
    #expect(try repository.contains(raw("block")))
  }

  /// A damaged block that a pin wants: it is named, its pack stays; put again it is whole, and the next sweep clears up.
  @Test func damageIsMendedByPuttingAgain() throws {
    let repository = try Repository(at: path)
    try put(["one", "two", "garbage"], into: repository)
    try repository.pins.add([Pin(raw("one")), Pin(raw("two"))])
    let pack = path.appending("packs/00000001.pack")
    var content = try Files.read(pack)
    content[8 + 44 + 100] ^= 1
    try Files.writeAtomically(content, to: pack)
    var flaws: [Repository.Flaw] = []
    let found = try Repository(at: path).verify { flaws.append($0) }
    #expect(found.damaged == 1 && found.blocks == 2)
    #expect(flaws.map(\.cid) == [raw("one")] && flaws.map(\.pack) == [pack])
    #expect(flaws.map(\.offset) == [8])
    let (swept, losses) = try sweep(try Repository(at: path))
    #expect(swept.packs == 0 && losses.map(\.cid) == [raw("one")])
    try put(["one"], into: try Repository(at: path))
    #expect(try Repository(at: path).block(raw("one")) == bytes("one"))
    let mended = try Repository(at: path).verify { _ in }
    #expect(mended.damaged == 0 && mended.mended == 1)
    #expect(try sweep(try Repository(at: path)).0.packs == 1)
    let clean = try Repository(at: path).verify { _ in }
    #expect(clean.blocks == 2 && clean.mended == 0)
    #expect(try Repository(at: path).statistics().damaged == 0)
  }

  /// Packs, segments and pins as a crash may leave them between the steps of a sweep.
  @Test func aCopyAndItsOriginalTogetherLoseNothing() throws {
    let repository = try Repository(at: path)
    try put(["kept", "garbage"], into: repository)
    try repository.pins.add([Pin(raw("kept"))])
    let original = try Files.read(path.appending("packs/00000001.pack"))
    _ = try sweep(repository)
    // As if the old pack had not been removed; with the index of then, and with none.
    for clearsIndex in [false, true] {
      try Files.writeAtomically(original, to: path.appending("packs/00000001.pack"))
      if clearsIndex {
        for name in try Files.list(path.appending("index")) where name.extension == "seg" {
          try Files.removeTree(path.appending("index").appending(name))
        }
      }
      let reopened = try Repository(at: path)
      #expect(try reopened.block(raw("kept")) == bytes("kept"))
      _ = try sweep(reopened)
      let after = try Repository(at: path)
      #expect(try after.block(raw("kept")) == bytes("kept"))
      #expect(try !after.contains(raw("garbage")))
    }
  }

  @Test func twoSweepsAtOnceAreOne() throws {
    try put(["a"], into: try Repository(at: path))
    let file = path.appending("gc")
    try Files.writeAtomically([], to: file)
    let descriptor = try FileDescriptor.open(file, .readWrite)
    defer { try? descriptor.close() }
    #expect(flocked(descriptor))
    #expect(throws: SweepError.busy(path)) { try sweep(try Repository(at: path)) }
  }

  private func flocked(_ descriptor: FileDescriptor) -> Bool {
    flock(descriptor.rawValue, LOCK_EX | LOCK_NB) == 0
  }
}
