import Hashing
import IPFS
import Records
import Synchronization
import SystemPackage
import TestSupport
import Testing

@testable import IPFSClients

/// What an archive may cost, whatever it holds.
@Suite struct GleanerTests {
  /// A ladder: each step leads to two blocks that both lead to the next step, so that there are more ways down than atoms.
  private struct Ladder {
    var blocks: [(cid: CID, bytes: [UInt8])] = []

    init(steps: Int) {
      var foot = add(DAGNode(data: [0]))
      for step in 1...steps {
        let sides = [UInt8(1), 2].map { side in
          add(DAGNode(links: [link(foot)], data: [UInt8(step & 255), side]))
        }
        foot = add(DAGNode(links: sides.map(link), data: nil))
      }
      blocks.reverse()
    }

    private func link(_ cid: CID) -> DAGNode.Link {
      DAGNode.Link(cid, name: [], cumulativeSize: nil)
    }

    private mutating func add(_ node: DAGNode) -> CID {
      let bytes = node.bytes
      let cid = CID(hashing: bytes, codec: .dagPB)
      blocks.append((cid, bytes))
      return cid
    }
  }

  private static func header() -> [UInt8] {
    // {"roots": [], "version": 1}
    let map: [UInt8] =
      [0xa2, 0x65] + Array("roots".utf8) + [0x80, 0x67] + Array("version".utf8) + [0x01]
    return [UInt8(map.count)] + map
  }

  private static func section(_ cid: CID, _ bytes: [UInt8]) -> [UInt8] {
    var section: [UInt8] = []
    Varint.append(UInt64(cid.byteCount + bytes.count), to: &section)
    return section + cid.bytes + bytes
  }

  private func harvest(_ root: CID, _ scratch: Scratch) throws -> Harvest {
    Harvest(
      ContentPath(root), .all, from: [Shelf()],
      into: try Repository(at: scratch.path.appending("kept")), in: KuboWorld.world)
  }

  private struct Shelf: BlockProvider {
    let name = "the shelf"
    func block(_ cid: CID) async throws(Failure) -> [UInt8] {
      throw Failure(.unavailable, "none", code: "not-found")
    }
  }

  /// Feeds sections until no more are taken; the reason.
  private func refusal(
    _ gleaner: inout Gleaner, _ sections: some Sequence<[UInt8]>
  ) -> Gleaner.Refusal? {
    do throws(Gleaner.Refusal) {
      var header = Self.header()
      for section in sections {
        try gleaner.feed(header + section)
        header = []
      }
      try gleaner.finish()
      return nil
    } catch {
      return error
    }
  }

  @Test func eachBlockOfALadderIsTakenOnce() throws {
    let scratch = try Scratch()
    let ladder = Ladder(steps: 40)
    let harvest = try harvest(ladder.blocks[0].cid, scratch)
    var gleaner = Gleaner(ladder.blocks[0].cid, for: harvest, Stream(), from: 0)
    #expect(
      refusal(&gleaner, ladder.blocks.map { Self.section($0.cid, $0.bytes) }) == nil)
    #expect(harvest.state.withLock { $0.blocks } == ladder.blocks.count)
  }

  /// The same way down again and again is known, not wanted; where nothing else comes for long enough the archive is left.
  @Test func theSameBlocksForEverAreLeft() throws {
    let scratch = try Scratch()
    let ladder = Ladder(steps: 3)
    let (top, left, right) = (ladder.blocks[0], ladder.blocks[1], ladder.blocks[2])
    let below = ladder.blocks[3]
    let harvest = try harvest(top.cid, scratch)
    var gleaner = Gleaner(top.cid, for: harvest, Stream(), from: 0, patience: .zero)
    // One side, the next step, the other side, the next step once more.
    let way = [top, left, below, right].flatMap { Self.section($0.cid, $0.bytes) }
    guard case .stale? = refusal(&gleaner, [way, Self.section(below.cid, below.bytes)]) else {
      Issue.record("it is read on")
      return
    }
    #expect(harvest.state.withLock { $0.blocks } == 4)
  }

  /// Eight megabytes that nobody asked for, be they ever so small.
  @Test func aFloodOfNothingIsLeft() throws {
    let scratch = try Scratch()
    let wanted = CID(hashing: [1], codec: .raw)
    let harvest = try harvest(wanted, scratch)
    var gleaner = Gleaner(wanted, for: harvest, Stream(), from: 0)
    let inline = CID(inlining: Array(repeating: 7, count: 120), codec: .raw)
    let piece = Array(
      repeatElement(Self.section(inline, Array(repeating: 7, count: 120)), count: 256).joined())
    var fed = 0
    let flood = sequence(state: 0) { (_: inout Int) -> [UInt8]? in
      fed += piece.count
      return fed < 1 << 28 ? piece : nil
    }
    guard case .stranger? = refusal(&gleaner, flood) else {
      Issue.record("it is read on")
      return
    }
    #expect(fed < 10 << 20)
  }

  @Test func whatLinksInCBORIsFollowed() throws {
    let scratch = try Scratch()
    let leaf: [UInt8] = Array(repeating: 5, count: 1 << 20)
    let leaves = (0..<12).map { CID(hashing: leaf + [UInt8($0)], codec: .raw) }
    // A list of links: tag 42 around a zero and a CID.
    var node: [UInt8] = [0x8c]
    for cid in leaves { node += [0xd8, 0x2a, 0x58, UInt8(cid.byteCount + 1), 0] + cid.bytes }
    let root = CID(hashing: node, codec: .dagCBOR)
    let harvest = try harvest(root, scratch)
    var gleaner = Gleaner(root, for: harvest, Stream(), from: 0)
    var sections = [Self.section(root, node)]
    for (place, cid) in leaves.enumerated() {
      sections.append(Self.section(cid, leaf + [UInt8(place)]))
    }
    #expect(refusal(&gleaner, sections) == nil)
    #expect(harvest.state.withLock { $0.blocks } == 13)
  }
}
