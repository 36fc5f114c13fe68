import Hashing
import IPFS
import TestSupport
import Testing

/// Stretches of files: the bytes that a read of the whole has there, and no block read in vain.
@Suite struct FileCursorTests {
  private let store = MemoryStore()

  private func file(_ length: Int, options: ImportOptions) throws -> (CID, [UInt8]) {
    let content = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 8) }
    return (try Importer(options, into: store).add(bytes: content).cid, content)
  }

  private func read(_ cid: CID, from offset: Int, count: Int) throws -> [UInt8] {
    var cursor = try FileCursor(cid, in: store)
    cursor.narrow(to: UInt64(offset)..<UInt64(offset + count))
    var bytes: [UInt8] = []
    while let piece = try cursor.next() {
      #expect(!piece.isEmpty)
      bytes += piece
    }
    #expect(try cursor.next() == nil)
    return bytes
  }

  @Test(arguments: [true, false])
  func everyStretch(rawLeaves: Bool) throws {
    var options = ImportOptions()
    options.chunker = .size(16)
    options.maximumFileLinks = 3
    options.rawLeaves = rawLeaves
    for length in [0, 1, 16, 17, 48, 49, 200] {
      let (cid, content) = try file(length, options: options)
      #expect(try FileCursor(cid, in: store).size == UInt64(length))
      for offset in stride(from: 0, through: length + 1, by: length < 60 ? 1 : 7) {
        for count in [0, 1, 15, 16, 17, 40, 300] {
          let expected = content.dropFirst(offset).prefix(count)
          #expect(try read(cid, from: offset, count: count).elementsEqual(expected))
        }
      }
    }
  }

  @Test func whatIsNotInTheStretchIsNotRead() throws {
    var options = ImportOptions()
    options.chunker = .size(1000)
    let (cid, content) = try file(10_000, options: options)
    let fewer = MemoryStore()
    _ = fewer.keep(try store.block(cid), codec: .dagPB)
    _ = fewer.keep(Array(content[4000..<5000]), codec: .raw)
    var cursor = try FileCursor(cid, in: fewer)
    cursor.narrow(to: 4100..<5000)
    #expect(try cursor.next() == Array(content[4100..<5000]))
    #expect(try cursor.next() == nil)
    var more = try FileCursor(cid, in: fewer)
    more.narrow(to: 4100..<5001)
    #expect(try more.next() != nil)
    #expect(throws: ReadError.self) { try more.next() }
  }

  @Test func sizesThatLieAndWhatIsNoFile() throws {
    let leaf = store.keep([1, 2, 3], codec: .raw)
    let data = UnixFSData(.file, fileSize: 4, blockSizes: [4])
    let node = DAGNode(
      links: [DAGNode.Link(leaf, name: [], cumulativeSize: 3)], data: data.bytes)
    let liar = store.keep(node.bytes, codec: .dagPB)
    var cursor = try FileCursor(liar, in: store)
    #expect(throws: ReadError.wrongSize(leaf)) { try cursor.next() }
    let folder = store.keep(
      DAGNode(data: UnixFSData(.directory).bytes).bytes, codec: .dagPB)
    #expect(throws: ReadError.notFile(folder)) { try FileCursor(folder, in: store) }
  }
}
