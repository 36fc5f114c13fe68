import Files
import Hashing
import IPFS
import SystemPackage
import TestSupport
import Testing

/// Blocks that are named by another hash than SHA-256: kept, found again without the index, followed and swept as all others.
@Suite struct NamedBlockTests {
  let scratch: Scratch
  let path: FilePath

  init() throws {
    scratch = try Scratch()
    path = scratch.path.appending("ipfs")
  }

  private func bytes(_ name: String) -> [UInt8] {
    Array("\(name) ".utf8) + [UInt8](repeating: 7, count: 500)
  }

  /// The CID of a block by the hash function of a number; a digest is no longer than 127 bytes here.
  private func cid(
    _ bytes: [UInt8], _ function: CID.HashFunction, codec: CID.Codec = .raw
  ) throws -> CID {
    let digest = try #require(unsafe function.digest(of: bytes.span.bytes))
    return try CID(
      bytes: [1, UInt8(codec.rawValue), UInt8(function.rawValue), UInt8(digest.count)] + digest)
  }

  private func put(_ blocks: [([UInt8], CID)], into batch: Batch) throws {
    for (bytes, cid) in blocks { try unsafe batch.put(bytes.span.bytes, of: cid) }
  }

  private func removeIndex() throws {
    for name in try Files.list(path.appending("index")) where name.extension == "seg" {
      try Files.removeTree(path.appending("index").appending(name))
    }
  }

  @Test(arguments: [CID.HashFunction.sha512, .blake3])
  func foundAgainWithoutTheIndex(function: CID.HashFunction) throws {
    let content = bytes("content")
    let name = try cid(content, function)
    let batch = try Repository(at: path).batch()
    try put(
      [(content, name), (bytes("other"), CID(hashing: bytes("other"), codec: .raw))], into: batch)
    try batch.commit()
    batch.close()
    for removesIndex in [false, true] {
      if removesIndex { try removeIndex() }
      let opened = try Repository(at: path)
      #expect(try opened.block(name) == content)
      #expect(try opened.block(CID(hashing: bytes("other"), codec: .raw)) == bytes("other"))
      #expect(try !opened.contains(CID(hashing: content, codec: .raw)), "it has one name only")
    }
    let found = try Repository(at: path).verify { _ in }
    #expect(found.blocks == 2 && found.damaged == 0)
  }

  /// A record lies after the pack's 8 bytes, and its block after 44, 1 and the multihash.
  @Test(arguments: [CID.HashFunction.sha512, .blake3])
  func damageIsSeen(function: CID.HashFunction) throws {
    let content = bytes("content")
    let name = try cid(content, function)
    let batch = try Repository(at: path).batch()
    try put([(content, name)], into: batch)
    try batch.commit()
    batch.close()
    let pack = path.appending("packs/00000001.pack")
    var damaged = try Files.read(pack)
    #expect(damaged[8..<12].elementsEqual("SRB2".utf8))
    damaged[damaged.count - 1] ^= 1
    try Files.writeAtomically(damaged, to: pack)
    #expect(throws: RepositoryError.corrupt(name, pack: pack, offset: 8)) {
      try Repository(at: path).block(name)
    }
    var flaws: [Repository.Flaw] = []
    #expect(try Repository(at: path).verify { flaws.append($0) }.damaged == 1)
    #expect(flaws.map(\.cid) == [name])
    let mending = try Repository(at: path).batch()
    try put([(content, name)], into: mending)
    try mending.commit()
    #expect(try Repository(at: path).block(name) == content)
  }

  @Test func whatCannotBeProvedIsRefused() throws {
    let batch = try Repository(at: path).batch()
    for multihash in [[0x11, 20] + [UInt8](repeating: 1, count: 20), [0x1e, 4, 1, 2, 3, 4]] {
      let name = try CID(bytes: [1, 0x55] + multihash)
      #expect(throws: RepositoryError.unsupportedHash(name)) {
        try put([([1, 2, 3], name)], into: batch)
      }
    }
  }

  /// A sweep follows the links of DAG-CBOR, whatever hash names the blocks at both of their ends.
  @Test(arguments: [CID.HashFunction.sha256, .sha512, .blake3], [true, false])
  func linksOfCBORAreFollowed(function: CID.HashFunction, removesIndex: Bool) throws {
    let leaves = try [CID.HashFunction.sha256, .sha512, .blake3].map {
      (bytes("leaf \($0)"), try cid(bytes("leaf \($0)"), $0))
    }
    // {"links": [42(h'00…'), …]}
    var node: [UInt8] = [0xa1, 0x65] + Array("links".utf8) + [0x80 | UInt8(leaves.count)]
    for (_, leaf) in leaves {
      node += [0xd8, 42, 0x58, UInt8(leaf.bytes.count + 1), 0] + leaf.bytes
    }
    let root = try cid(node, function, codec: .dagCBOR)
    let garbage = try cid(bytes("garbage"), function)
    let batch = try Repository(at: path).batch()
    try put(leaves + [(node, root), (bytes("garbage"), garbage)], into: batch)
    try batch.pin([Pin(root)])
    batch.close()
    if removesIndex { try removeIndex() }
    var losses: [Repository.Loss] = []
    let sweep = try Repository(at: path).sweep { losses.append($0) }
    #expect(sweep.removed == 1 && sweep.kept == 4 && losses.isEmpty)
    let after = try Repository(at: path)
    #expect(try after.block(root) == node)
    for (content, leaf) in leaves { #expect(try after.block(leaf) == content) }
    #expect(try !after.contains(garbage))
    try after.pins.remove([root])
    #expect(try Repository(at: path).sweep { losses.append($0) }.removed == 4)
  }

  /// A repository that knew no pins is read as it is, and is one that knows them from the first write on.
  @Test func formatOneIsTakenOver() throws {
    let repository = try Repository(at: path)
    let kept = try repository.put(bytes("kept"))
    let gone = try repository.put(bytes("gone"))
    for name in ["pins", "leases", "sweep", "gc"] {
      try Files.removeTree(path.appending(name))
    }
    let format = path.appending("format")
    try Files.writeAtomically(Array("sandrun-ipfs 1\n".utf8), to: format)
    let old = try Repository(at: path)
    #expect(try old.block(kept) == bytes("kept"))
    #expect(try old.pins.all().pins.isEmpty)
    #expect(try Files.read(format) == Array("sandrun-ipfs 1\n".utf8))
    try old.pins.pin(Pin(kept))
    #expect(try Files.read(format) == Array("sandrun-ipfs 2\n".utf8))
    #expect(try Repository(at: path).sweep { _ in }.removed == 1)
    #expect(try Repository(at: path).block(kept) == bytes("kept"))
    #expect(try !Repository(at: path).contains(gone))
  }
}
