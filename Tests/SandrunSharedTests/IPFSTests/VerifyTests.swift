import Files
import Hashing
@testable import IPFS
import SystemPackage
import TestSupport
import Testing

/// What a verification says of blocks, and what it takes back.
@Suite struct VerifyTests {
  let scratch: Scratch
  let path: FilePath
  let blocks: [[UInt8]] = (0..<4).map { Array(repeating: UInt8($0), count: 500) }

  init() throws {
    scratch = try Scratch()
    path = scratch.path.appending("ipfs")
    let batch = try Repository(at: path).batch()
    for block in blocks {
      try unsafe batch.put(block.span.bytes, of: CID(hashing: block, codec: .raw))
    }
    try batch.commit()
    batch.close()
  }

  private func cid(_ number: Int) -> CID { CID(hashing: blocks[number], codec: .raw) }

  private func key(_ number: Int) -> Digest32 { SHA256.hash(blocks[number]) }

  private func verify() throws -> (Repository.Verification, [CID?]) {
    var flaws: [CID?] = []
    let found = try Repository(at: path).verify { (flaw) throws(SweepError) in
      flaws.append(flaw.cid)
    }
    return (found, flaws)
  }

  private func offset(of number: Int) throws -> Int {
    try #require(try Repository(at: path).find(key(number))).offset
  }

  private func turn(_ offset: Int) throws {
    let pack = try #require(try Files.list(path.appending("packs")).first)
    let file = path.appending("packs").appending(pack)
    var bytes = try Files.read(file)
    bytes[offset] ^= 1
    let out = try FileDescriptor.open(file, .writeOnly)
    try out.closeAfter { _ = try out.writeAll(bytes) }
  }

  /// A header that is damaged takes nothing from readers, who go by the index: the block is whole.
  @Test func aDamagedHeaderIsNoDamagedBlock() throws {
    try turn(try offset(of: 1) + 5)
    let (found, flaws) = try verify()
    #expect(flaws.isEmpty && found.damaged == 0 && found.blocks == 4 && found.bytes == 2000)
    #expect(try Repository(at: path).block(cid(1)) == blocks[1])
  }

  /// A note about a block that is read whole is taken back, and those about others stay.
  @Test func aWrongNoteIsTakenBack() throws {
    try turn(try offset(of: 2) + 100)
    let repository = try Repository(at: path)
    for number in [0, 1, 2] {
      let location = try #require(try repository.find(key(number)))
      try repository.note(
        Damage(
          key(number), pack: location.pack, offset: location.offset))
    }
    #expect(throws: RepositoryError.self) { try Repository(at: path).block(cid(0)) }
    let (found, flaws) = try verify()
    #expect(flaws == [cid(2)] && found.damaged == 1 && found.blocks == 3)
    for number in [0, 1, 3] {
      #expect(try Repository(at: path).block(cid(number)) == blocks[number])
    }
    #expect(throws: RepositoryError.self) { try Repository(at: path).block(cid(2)) }
    #expect(try verify().0 == found, "said again")
  }

  /// So it is where a merge dropped the block's line from the index meanwhile.
  @Test func whatTheIndexLostIsFoundAgain() throws {
    let repository = try Repository(at: path)
    let location = try #require(try repository.find(key(0)))
    try repository.note(
      Damage(key(0), pack: location.pack, offset: location.offset))
    _ = try repository.put(Array("more".utf8))
    try repository.mergeAll()
    #expect(throws: RepositoryError.self) { try Repository(at: path).block(cid(0)) }
    let (found, flaws) = try verify()
    #expect(flaws.isEmpty && found.blocks == 5)
    #expect(try Repository(at: path).block(cid(0)) == blocks[0])
  }

  /// A note stands until the block's line is in the index again: a failure between the two would lose the block for ever.
  @Test func aNoteStandsUntilTheLineIsBack() throws {
    let repository = try Repository(at: path)
    let location = try #require(try repository.find(key(0)))
    let damage = Damage(key(0), pack: location.pack, offset: location.offset)
    try repository.note(damage)
    _ = try repository.put(Array("more".utf8))
    try repository.mergeAll()
    var settings = Repository.Settings()
    settings.syncFolder = { (path) throws(FileError) in
      throw FileError("sync", path, .ioError)
    }
    let failing = try Repository(at: path, settings)
    #expect(throws: SweepError.self) { _ = try failing.verify { _ in } }
    #expect(try repository.damaged(in: [location.pack]) == [damage])
    #expect(try verify().0.blocks == 5)
    #expect(try Repository(at: path).block(cid(0)) == blocks[0])
  }

  /// A CID made to have the key of a block that another hash names does no harm to that block.
  @Test func aMadeUpNameSpoilsNoBlock() throws {
    let block = Array("a block by another hash".utf8)
    let digest = unsafe try #require(CID.HashFunction.blake3.digest(of: block.span.bytes))
    let named = try CID(
      bytes: [1, UInt8(CID.Codec.raw.rawValue)] + CID.multihash(.blake3, digest))
    let repository = try Repository(at: path)
    let batch = repository.batch()
    try unsafe batch.put(block.span.bytes, of: named)
    try batch.commit()
    batch.close()
    let madeUp = CID(try #require(named.key), codec: .raw)
    #expect(try !repository.contains(madeUp))
    #expect(throws: RepositoryError.notFound(madeUp)) { try repository.length(of: madeUp) }
    #expect(throws: RepositoryError.notFound(madeUp)) { try repository.unprovedBlock(madeUp) }
    for mode in [Pin.Mode.direct, .recursive] {
      #expect(throws: PinError.incomplete(madeUp, missing: madeUp)) {
        try repository.pins.pin(Pin(madeUp, mode: mode))
      }
    }
    #expect(try repository.contains(named) && repository.length(of: named) == block.count)
    #expect(try repository.unprovedBlock(named) == block)
    #expect(throws: RepositoryError.notFound(madeUp)) { try repository.block(madeUp) }
    #expect(try repository.block(named) == block)
    #expect(try Repository(at: path).block(named) == block)
    #expect(repository.knownDamage(of: try #require(named.key)) == nil)
  }

  /// A process that has read a note gives the block as soon as another's verification has taken the note back.
  @Test func aNoteTakenBackIsSeenByWhoRead() throws {
    let repository = try Repository(at: path)
    let location = try #require(try repository.find(key(0)))
    try repository.note(Damage(key(0), pack: location.pack, offset: location.offset))
    let reader = try Repository(at: path)
    #expect(throws: RepositoryError.self) { try reader.block(cid(0)) }
    #expect(try verify().0.blocks == 4)
    for opened in [repository, reader] {
      #expect(try opened.block(cid(0)) == blocks[0])
      #expect(try opened.contains(cid(0)) && opened.length(of: cid(0)) == 500)
    }
  }

  /// Of a block by another hash whose record is gone the key is no CID that anybody knows.
  @Test(arguments: [true, false]) func noNameIsMadeUp(isNameLeft: Bool) throws {
    let block = Array(repeating: UInt8(9), count: 500)
    let named = try CID(bytes: [1, 0x55] + CID.multihash(.sha512, SHA512.hash(block)))
    let behind = Array("behind".utf8)
    let batch = try Repository(at: path).batch()
    try unsafe batch.put(block.span.bytes, of: named)
    try unsafe batch.put(behind.span.bytes, of: CID(hashing: behind, codec: .raw))
    try batch.commit()
    batch.close()
    let key = try #require(named.key)
    let offset = try #require(try Repository(at: path).find(key)).offset
    try turn(offset + 5)
    try turn(offset + 44 + 1 + 66 + 100)
    if !isNameLeft { try turn(offset + 44 + 1 + 20) }
    #expect(try verify().1 == [isNameLeft ? named : nil])
    // The header of one that is named by its SHA-256 and lost tells nothing, and the room that it had does.
    try turn(try self.offset(of: 1) + 5)
    try turn(try self.offset(of: 1) + 44 + 100)
    #expect(Set(try verify().1) == [isNameLeft ? named : nil, cid(1)])
  }

  /// What looks like a record in a block, behind damage, is none, and is not told of.
  @Test func recordsWithinABlockAreNone() throws {
    let batch = try Repository(at: path).batch()
    var bytes: [UInt8] = []
    Pack.appendHeader(
      SHA256.hash([1]), length: 100, to: &bytes)
    bytes += [UInt8](repeating: 7, count: 300)
    let outer = CID(hashing: bytes, codec: .raw)
    try unsafe batch.put(bytes.span.bytes, of: outer)
    let behind = Array("behind".utf8)
    try unsafe batch.put(behind.span.bytes, of: CID(hashing: behind, codec: .raw))
    try batch.commit()
    batch.close()
    let place = try #require(try Repository(at: path).find(SHA256.hash(bytes)))
    try turn(place.offset + 5)
    let (found, flaws) = try verify()
    #expect(flaws.isEmpty && found.blocks == 6)
    try turn(place.offset + Pack.headerLength + 200)
    #expect(try verify().1 == [outer])
  }
}
