import Hashing
import IPFS

/// Makes sharded directories for tests, right ones and wrong ones: by the specification, and with none of the code that reads them.
struct TestHAMT {
  var fanout = 256
  /// Changes a shard before it becomes a block; it is told how deep the shard lies.
  var spoil: (inout DAGNode, inout UnixFSData, Int) -> Void = { _, _, _ in }

  private var bits: Int { fanout.trailingZeroBitCount }
  private var width: Int { String(fanout - 1, radix: 16).count }

  /// Keeps the shards of these entries, and gives the root.
  func keep(_ entries: [(name: String, cid: CID)], in store: MemoryStore) -> CID {
    keep(entries.map { ($0.name, $0.cid, Murmur3.hash64(Array($0.name.utf8))) }, 0, in: store)
  }

  private func keep(
    _ entries: [(name: String, cid: CID, hash: UInt64)], _ depth: Int, in store: MemoryStore
  ) -> CID {
    let places = Dictionary(grouping: entries) {
      Int(($0.hash << UInt64(depth * bits)) >> UInt64(64 - bits))
    }
    var bitfield = [UInt8](repeating: 0, count: fanout / 8)
    var links: [DAGNode.Link] = []
    for (place, found) in places.sorted(by: { $0.key < $1.key }) {
      bitfield[bitfield.count - 1 - place / 8] |= 1 << UInt8(place % 8)
      let digits = String(place, radix: 16, uppercase: true)
      let prefix = String(repeating: "0", count: width - digits.count) + digits
      if found.count == 1 {
        links.append(
          DAGNode.Link(found[0].cid, name: Array((prefix + found[0].name).utf8), cumulativeSize: 1))
      } else {
        let below = keep(found, depth + 1, in: store)
        links.append(DAGNode.Link(below, name: Array(prefix.utf8), cumulativeSize: 1))
      }
    }
    var data = UnixFSData(
      .hamtShard, data: Array(bitfield.drop { $0 == 0 }), hashType: 0x22, fanout: UInt64(fanout))
    var node = DAGNode(links: links, data: nil)
    spoil(&node, &data, depth)
    node.data = data.bytes
    return store.keep(node.bytes, codec: .dagPB)
  }
}

/// Has no block until it was missed once, and then fetched: content that comes from afar.
final class SlowSource: BlockSource {
  private let store: MemoryStore
  private let here = MemoryStore()
  /// How many blocks were fetched.
  var fetched: Int { here.count }

  init(_ store: MemoryStore) {
    self.store = store
  }

  func block(_ cid: CID) throws(RepositoryError) -> [UInt8] {
    if let inline = cid.inlineBlock { return inline }
    return try here.block(cid)
  }

  /// Brings a block that was missed.
  func fetch(_ cid: CID) throws(RepositoryError) {
    _ = here.keep(try store.block(cid), codec: cid.codec)
  }

  /// Takes a step again and again, with the block that it missed fetched each time.
  func retrying<T>(_ step: () throws(ReadError) -> T) throws -> T {
    while true {
      let missing: CID
      do throws(ReadError) {
        return try step()
      } catch {
        guard case .repository(.notFound(let cid)) = error else { throw error }
        missing = cid
      }
      try fetch(missing)
    }
  }
}
