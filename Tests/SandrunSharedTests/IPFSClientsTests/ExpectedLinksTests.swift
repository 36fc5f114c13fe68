import Hashing
import IPFS
import Testing

@testable import IPFSClients

/// What an archive may bring next, in little memory.
@Suite struct ExpectedLinksTests {
  private func cid(_ numbers: Int..., codec: CID.Codec = .raw) -> CID {
    CID(hashing: Array("\(numbers)".utf8), codec: codec)
  }

  /// Takes a block out by its key, and puts in what it links to; false where nothing led to it.
  private func take(_ one: CID, _ links: [CID] = [], in expected: inout ExpectedLinks) -> Bool {
    guard let key = one.key, let found = expected.remove(key) else { return false }
    #expect(found == one)
    expected.append(links)
    return true
  }

  /// A directory spread over many blocks, whose entries' own blocks do not come: they wait in vain, and may not fill the room.
  @Test func whatIsPassedOverTakesNoRoom() {
    let root = cid(codec: .dagPB)
    var expected = ExpectedLinks(root, room: 1024)
    let shards = (0..<64).map { cid($0, codec: .dagPB) }
    #expect(take(root, shards, in: &expected))
    for (place, shard) in shards.enumerated() {
      let below = (0..<64).map { cid(place, $0, codec: .dagPB) }
      #expect(take(shard, below, in: &expected))
      for (number, one) in below.enumerated() {
        let entries = (0..<16).map { cid(place, number, $0) }
        #expect(take(one, entries, in: &expected))
        #expect(expected.count <= 1024)
      }
    }
  }

  /// An archive in another order is taken, as long as there is room.
  @Test func anyOrderWillDo() {
    let root = cid(codec: .dagPB)
    var expected = ExpectedLinks(root, room: 1024)
    let children = (0..<8).map { cid($0, codec: .dagPB) }
    #expect(take(root, children, in: &expected))
    for (place, child) in children.enumerated() {
      #expect(take(child, (0..<8).map { cid(place, $0) }, in: &expected))
    }
    for place in (0..<8).reversed() {
      for number in 0..<8 { #expect(take(cid(place, number), in: &expected)) }
    }
    #expect(expected.count == 0)
    #expect(!expected.hasForgotten)
    #expect(!take(cid(1, 1), in: &expected))
    #expect(!take(root, in: &expected))
  }

  @Test func whatHasNoRoomIsForgottenAndSaidSo() {
    let root = cid(codec: .dagPB)
    var expected = ExpectedLinks(root, room: 16)
    let children = (0..<32).map { cid($0) }
    #expect(take(root, children, in: &expected))
    #expect(expected.count == 16)
    #expect(expected.hasForgotten)
    #expect(take(cid(15), in: &expected))
    #expect(!take(cid(16), in: &expected))
  }

  /// The name is the one by which it is linked, whatever the archive calls it.
  @Test func otherHashesAndVersionsKeepTheirNames() throws {
    let old = CID(hashing: [1], codec: .dagPB, version: .v0)
    let long = try CID(bytes: [0x01, 0x70, 0x13, 0x40] + SHA512.hash([2]))
    let root = cid(codec: .dagPB)
    var expected = ExpectedLinks(root)
    #expect(take(root, [old, long], in: &expected))
    #expect(take(old, in: &expected))
    #expect(take(long, in: &expected))
  }

  /// A chain is as deep as it likes.
  @Test func aChainTakesOneLink() {
    var expected = ExpectedLinks(cid(0, codec: .dagPB), room: 16)
    for number in 0..<5000 {
      #expect(take(cid(number, codec: .dagPB), [cid(number + 1, codec: .dagPB)], in: &expected))
      #expect(expected.count == 1)
    }
  }
}
