import Hashing
import IPFS
import Testing

/// Blocks and CIDs with bytes changed, cut and put in: they are read or refused, and what is read writes the same bytes.
@Suite struct MutationTests {
  private func mutated(
    _ bytes: [UInt8], using generator: inout some RandomNumberGenerator
  ) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &generator) {
      let place = Int.random(in: 0...bytes.count, using: &generator)
      switch Int.random(in: 0..<4, using: &generator) {
      case 0: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: place)
      case 1: bytes.removeSubrange(place..<min(bytes.count, place + 3))
      case 2:
        bytes.insert(contentsOf: [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f], at: place)
      default:
        if place < bytes.count { bytes[place] = UInt8.random(in: 0...255, using: &generator) }
      }
    }
    return bytes
  }

  @Test func nodes() throws {
    var generator = SystemRandomNumberGenerator()
    let leaf = CID(hashing: [1], codec: .raw)
    let file = DAGNode(
      links: [
        DAGNode.Link(leaf, name: [], cumulativeSize: 1),
        DAGNode.Link(leaf, name: [], cumulativeSize: 1),
      ],
      data: UnixFSData(.file, data: [9], fileSize: 3, blockSizes: [1, 1]).bytes)
    let folder = DAGNode(
      links: [DAGNode.Link(leaf, name: Array("name".utf8), cumulativeSize: 1)],
      data: UnixFSData(.directory).bytes)
    let store = MemoryStore()
    _ = store.keep([1], codec: .raw)
    let reader = ContentReader(store)
    var (read, refused) = (0, 0)
    for round in 0..<10_000 {
      let bytes = mutated(round.isMultiple(of: 2) ? file.bytes : folder.bytes, using: &generator)
      do {
        let node = try DAGNode(parsing: bytes)
        #expect(try DAGNode(parsing: node.bytes).bytes == node.bytes)
        read += 1
      } catch {
        refused += 1
      }
      let cid = store.keep(bytes, codec: .dagPB)
      _ = try? reader.node(cid)
      _ = try? reader.bytes(cid, limit: 1000)
    }
    #expect(read > 100 && refused > 100)
  }

  @Test func identifiers() throws {
    var generator = SystemRandomNumberGenerator()
    let cid = CID(hashing: [1], codec: .raw)
    for version in [cid, CID(hashing: [1], codec: .dagPB, version: .v0)] {
      for _ in 0..<5_000 {
        let bytes = mutated(version.bytes, using: &generator)
        if let read = try? CID(bytes: bytes) {
          #expect(read.bytes == bytes && read.byteCount == bytes.count)
        }
        let text = String(
          decoding: mutated(Array("\(version)".utf8), using: &generator), as: UTF8.self)
        if let read = try? CID(parsing: text) {
          #expect(try CID(parsing: "\(read)") == read)
        }
      }
    }
  }
}
