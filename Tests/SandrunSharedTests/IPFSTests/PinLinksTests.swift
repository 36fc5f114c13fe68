import IPFS
import SystemPackage
import TestSupport
import Testing

/// What a recursive pin promises, by the codecs of the blocks below it.
@Suite struct PinLinksTests {
  let repository: Repository
  let scratch: Scratch
  let leaf: CID
  let other: CID

  private static let json = CID.Codec(rawValue: 0x200)
  private static let git = CID.Codec(rawValue: 0x78)

  init() throws {
    scratch = try Scratch()
    repository = try Repository(at: scratch.path.appending("ipfs"))
    leaf = try repository.put(Array("leaf".utf8))
    other = CID(hashing: Array("other".utf8), codec: .raw)
  }

  private func node(_ text: String) throws -> CID {
    try repository.put(Array(text.utf8), codec: .dagJSON)
  }

  private func pin(_ cid: CID, _ mode: Pin.Mode = .recursive) throws {
    try repository.pins.pin(Pin(cid, mode: mode))
  }

  /// Links of DAG-JSON are followed wherever they stand, by a pin and by a sweep.
  @Test func linksOfDAGJSONAreFollowed() throws {
    let lower = try node("{\"list\":[1,{\"/\":\"\(leaf)\"}],\"bytes\":{\"/\":{\"bytes\":\"AQ\"}}}")
    let upper = try node("[{\"a\":{\"/\":\"\(lower)\"},\"/\":\"no link\"}]")
    try pin(upper)
    #expect(try repository.pins.root(above: leaf) == upper)
    let sweep = try repository.sweep { Issue.record("\($0)") }
    #expect(sweep.kept == 3 && sweep.removed == 0)
    #expect(try repository.contains(leaf) && repository.contains(lower))
    let lacking = try node("{\"x\":{\"/\":\"\(other)\"}}")
    #expect(throws: PinError.incomplete(lacking, missing: other)) { try pin(lacking) }
    let broken = try node("{\"x\":")
    #expect(throws: PinError.unreadable(broken, .malformed(broken, .notJSON(offset: 5)))) {
      try pin(broken)
    }
    let odd = try node("{\"/\":\"no CID\"}")
    #expect { try pin(odd) } throws: { error in
      if case .unreadable(odd, .malformed(odd, .badLink)) = error as? PinError {
        true
      } else {
        false
      }
    }
    #expect(try repository.pins.all().pins == [Pin(upper)])
  }

  /// Plain JSON has no links, whatever it looks like.
  @Test func plainJSONIsALeaf() throws {
    let plain = try repository.put(Array("{\"/\":\"\(other)\"}".utf8), codec: Self.json)
    let root = try node("{\"x\":{\"/\":\"\(plain)\"}}")
    try pin(root)
    let sweep = try repository.sweep { Issue.record("\($0)") }
    #expect(sweep.kept == 2 && sweep.incomplete == 0)
  }

  /// A pin that cannot tell what it promises is none; the block alone can be kept.
  @Test func unreadLinksAreNotPromised() throws {
    let commit = try repository.put(Array("commit".utf8), codec: Self.git)
    let root = try node("[{\"/\":\"\(commit)\"},{\"/\":\"\(commit)\"},{\"/\":\"\(leaf)\"}]")
    #expect(throws: PinError.unreadLinks(root, of: commit)) { try pin(root) }
    #expect(throws: PinError.unreadLinks(commit, of: commit)) { try pin(commit) }
    #expect(try repository.pins.all().pins.isEmpty)
    try pin(commit, .direct)
    #expect(try repository.pins.all().pins == [Pin(commit, mode: .direct)])
    #expect(try repository.sweep { Issue.record("\($0)") }.incomplete == 0)
  }

  /// A sweep says of a pin that was made before where it cannot follow, once a block, and keeps that block.
  @Test func aSweepSaysWhereItCannotFollow() throws {
    let commit = try repository.put(Array("commit".utf8), codec: Self.git)
    let root = try node("[{\"/\":\"\(commit)\"},{\"/\":\"\(commit)\"},{\"/\":\"\(leaf)\"}]")
    try repository.pins.add([Pin(root), Pin(commit)])
    var losses: [Repository.Loss] = []
    let sweep = try repository.sweep { losses.append($0) }
    #expect(losses.map(\.root) == [root, commit])
    #expect(losses.allSatisfy { $0.cid == commit && $0.error == .unsupportedCodec(commit) })
    #expect(sweep.incomplete == 2 && sweep.kept == 3)
    #expect(try repository.contains(commit))
  }
}
