import Files
import Hashing
import IPFS
import SystemPackage
import TestSupport
import Testing

/// Sharded directories that somebody made to hurt: a walk ends with an error that names the shard.
@Suite struct HostileShardTests {
  private let store = MemoryStore()

  private func entries(_ count: Int) -> [(name: String, cid: CID)] {
    let file = store.keep([7], codec: .raw)
    return (0..<count).map { ("file-\($0)", file) }
  }

  /// The error that a walk ends with.
  private func error(_ root: CID, limit: Int = 1_000_000) -> ReadError? {
    var count = 0
    do throws(ReadError) {
      var cursor = try DirectoryCursor(root, in: store)
      while count < limit, try cursor.next() != nil { count += 1 }
    } catch {
      return error
    }
    return nil
  }

  private func shardError(
    depth wanted: Int, _ spoil: @escaping (inout DAGNode, inout UnixFSData) -> Void
  ) -> ShardError? {
    let maker = TestHAMT(fanout: 16) { node, data, depth in
      if depth == wanted { spoil(&node, &data) }
    }
    guard case .badShard(_, let found) = error(maker.keep(entries(400), in: store)) else {
      return nil
    }
    return found
  }

  @Test(arguments: [0, 1])
  func shardsThatLie(depth: Int) {
    #expect(shardError(depth: depth) { _, data in data.hashType = 0x12 } == .hashFunction(0x12))
    #expect(shardError(depth: depth) { _, data in data.hashType = nil } == .hashFunction(nil))
    #expect(shardError(depth: depth) { _, data in data.data = [0xff] } == .bitfield)
    #expect(shardError(depth: depth) { _, data in data.data = nil } == .bitfield)
    #expect(
      shardError(depth: depth) { _, data in data.data = [0] + (data.data ?? []) } == .bitfield)
    #expect(shardError(depth: depth) { node, _ in _ = node.links.removeLast() } == .bitfield)
    // A place in small digits is not how a place is written.
    #expect(
      shardError(depth: depth) { node, _ in
        for index in node.links.indices {
          node.links[index].name = node.links[index].name.map {
            Array([$0[0] | 0x20] + $0.dropFirst())
          }
        }
      }.map { if case .prefix = $0 { true } else { false } } == true)
    // Two links that change places, each with its prefix.
    #expect(
      shardError(depth: depth) { node, _ in
        let (one, two) = (node.links[0], node.links[1])
        node.links[0].name = (one.name?.prefix(1)).map { Array($0 + (two.name ?? []).dropFirst()) }
        node.links[0].cid = two.cid
        node.links[1].name = (two.name?.prefix(1)).map { Array($0 + (one.name ?? []).dropFirst()) }
        node.links[1].cid = one.cid
      } != nil)
  }

  @Test(arguments: [0, 1, 4, 12, 2048, 1 << 20, 1 << 63, .max] as [UInt64])
  func fanoutsThatCannotBe(fanout: UInt64) {
    #expect(shardError(depth: 0) { _, data in data.fanout = fanout } == .fanout(fanout))
    #expect(shardError(depth: 1) { _, data in data.fanout = fanout } == .fanout(fanout))
  }

  @Test func anotherFanoutBelow() {
    #expect(shardError(depth: 1) { _, data in data.fanout = 32 } == .fanout(32))
  }

  @Test(arguments: ["..", "a/b", "nul\0", "/"])
  func namesThatCannotBe(name: String) {
    let file = store.keep([7], codec: .raw)
    let root = TestHAMT().keep([(name, file)], in: store)
    #expect(error(root) == .badName(root, name))
  }

  /// An entry where its hash does not lead: one name could lie there twice.
  @Test func aNameTwice() throws {
    let file = store.keep([7], codec: .raw)
    let maker = TestHAMT(fanout: 256) { node, _, _ in
      node.links[1].name = (node.links[1].name?.prefix(2)).map { Array($0 + Array("file-0".utf8)) }
    }
    let root = maker.keep([("file-0", file), ("file-1", file), ("file-2", file)], in: store)
    let links = try DAGNode(parsing: store.block(root)).links
    #expect(links.count == 3)
    #expect(error(root) == .badShard(root, .misplaced("file-0")))
  }

  private func shard(_ links: [DAGNode.Link], bitfield: [UInt8], fanout: UInt64) -> CID {
    let data = UnixFSData(.hamtShard, data: bitfield, hashType: 0x22, fanout: fanout)
    return store.keep(DAGNode(links: links, data: data.bytes).bytes, codec: .dagPB)
  }

  /// Every place of each shard leads to the one shard below: 256^8 of them without an entry would never end.
  @Test(arguments: [8, 256, 1024])
  func shardsWithoutEntries(fanout: Int) {
    let width = String(fanout - 1, radix: 16).count
    let full = [UInt8](repeating: 0xff, count: fanout / 8)
    var below = shard([], bitfield: [], fanout: UInt64(fanout))
    #expect(error(below) == nil, "an empty directory")
    for _ in 0..<30 {
      let links = (0..<fanout).map { place in
        let digits = String(place, radix: 16, uppercase: true)
        let name = String(repeating: "0", count: width - digits.count) + digits
        return DAGNode.Link(below, name: Array(name.utf8), cumulativeSize: 0)
      }
      below = shard(links, bitfield: full, fanout: UInt64(fanout))
    }
    guard case .badShard(_, .tooDeep) = error(below) else {
      Issue.record("\(String(describing: error(below)))")
      return
    }
  }

  /// One shard in all places, with an entry that is right in one of them.
  @Test func oneShardForMany() {
    let file = store.keep([7], codec: .raw)
    let name = "file-0"
    let hash = Murmur3.hash64(Array(name.utf8))
    let second = Int(hash >> 48 & 0xff)
    func digits(_ place: Int) -> String {
      let digits = String(place, radix: 16, uppercase: true)
      return digits.utf8.count == 1 ? "0\(digits)" : digits
    }
    var bitfield = [UInt8](repeating: 0, count: 32)
    bitfield[31 - second / 8] = 1 << UInt8(second % 8)
    let inner = shard(
      [DAGNode.Link(file, name: Array("\(digits(second))\(name)".utf8), cumulativeSize: 1)],
      bitfield: bitfield, fanout: 256)
    let links = (0..<256).map {
      DAGNode.Link(inner, name: Array(digits($0).utf8), cumulativeSize: 1)
    }
    let root = shard(links, bitfield: [UInt8](repeating: 0xff, count: 32), fanout: 256)
    #expect(error(root) == .badShard(inner, .misplaced(name)))
  }

  /// A link of a shard that leads to a plain directory, a file, or nothing.
  @Test func whatIsNoShard() {
    let folder = store.keep(DAGNode(data: UnixFSData(.directory).bytes).bytes, codec: .dagPB)
    let root = shard(
      [DAGNode.Link(folder, name: Array("00".utf8), cumulativeSize: 0)], bitfield: [1], fanout: 256)
    #expect(error(root) == .badShard(folder, .notShard))
    let gone = CID(hashing: [1, 2, 3], codec: .dagPB)
    let open = shard(
      [DAGNode.Link(gone, name: Array("00".utf8), cumulativeSize: 0)], bitfield: [1], fanout: 256)
    #expect(error(open) == .repository(.notFound(gone)))
  }
}
