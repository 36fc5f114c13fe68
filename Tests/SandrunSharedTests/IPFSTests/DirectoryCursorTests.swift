import Files
import Hashing
import IPFS
import Records
import SystemPackage
import TestSupport
import Testing

/// Directories of any size, read entry by entry, and names found in them without reading the rest.
@Suite struct DirectoryCursorTests {
  private let store = MemoryStore()

  private func names(_ count: Int) -> [(name: String, cid: CID)] {
    let file = store.keep([7], codec: .raw)
    return (0..<count).map { ("file-\($0)", file) }
  }

  private func read(_ cid: CID) throws -> [String] {
    var cursor = try DirectoryCursor(cid, in: store)
    var names: [String] = []
    while let entry = try cursor.next() {
      names.append(String(decoding: entry.name, as: UTF8.self))
    }
    #expect(try cursor.next() == nil)
    return names
  }

  @Test(arguments: [8, 16, 32, 64, 128, 256, 512, 1024])
  func everyFanout(fanout: Int) throws {
    for count in [0, 1, 2, 300, 5000] {
      let entries = names(count)
      let root = TestHAMT(fanout: fanout).keep(entries, in: store)
      let found = try read(root)
      #expect(found.count == count && Set(found) == Set(entries.map(\.name)))
      let hashes = found.map { Murmur3.hash64(Array($0.utf8)) }
      #expect(zip(hashes, hashes.dropFirst()).allSatisfy { $0 < $1 })
      for name in found.prefix(50) {
        #expect(try ContentReader(store).entry(Array(name.utf8), of: root).cid == entries[0].cid)
      }
      #expect(throws: ReadError.noEntry(root, "none")) {
        try ContentReader(store).entry(Array("none".utf8), of: root)
      }
      #expect(try ContentReader(store).fanout(of: root) == fanout)
    }
  }

  /// Of a hundred thousand entries, the first costs a handful of blocks, and so does each name.
  @Test func littleIsRead() throws {
    let entries = names(100_000)
    let root = TestHAMT().keep(entries, in: store)
    let slow = SlowSource(store)
    var cursor = try slow.retrying { () throws(ReadError) in try DirectoryCursor(root, in: slow) }
    #expect(cursor.isSharded)
    _ = try slow.retrying { () throws(ReadError) in try cursor.next() }
    #expect(slow.fetched <= 4)
    let one = try slow.retrying { () throws(ReadError) in
      try ContentReader(slow).entry(Array("file-77777".utf8), of: root)
    }
    #expect(one.cid == entries[0].cid && slow.fetched <= 8)
    var count = 1
    while try slow.retrying({ () throws(ReadError) in try cursor.next() }) != nil { count += 1 }
    #expect(count == 100_000)
  }

  /// A cursor that missed a block is the same as before, be it stepped again or a copy of it.
  @Test func missedBlocks() throws {
    let entries = names(2000)
    let root = TestHAMT(fanout: 16).keep(entries, in: store)
    let expected = try read(root)
    let slow = SlowSource(store)
    var cursor = try slow.retrying { () throws(ReadError) in try DirectoryCursor(root, in: slow) }
    var found: [String] = []
    var isAtEnd = false
    while !isAtEnd {
      let before = cursor
      var missing: CID?
      do throws(ReadError) {
        if let entry = try cursor.next() {
          found.append(String(decoding: entry.name, as: UTF8.self))
          if found.count.isMultiple(of: 3) { cursor.park() }
        } else {
          isAtEnd = true
        }
      } catch {
        guard case .repository(.notFound(let cid)) = error else { throw error }
        missing = cid
      }
      guard let missing else { continue }
      if found.count.isMultiple(of: 2) { cursor = before }
      try slow.fetch(missing)
    }
    #expect(found == expected)
  }

  @Test func whatIsNoDirectory() throws {
    let file = store.keep([1], codec: .raw)
    #expect(throws: ReadError.notDirectory(file)) { try DirectoryCursor(file, in: store) }
    #expect(throws: ReadError.notDirectory(file)) { try ContentReader(store).entry([1], of: file) }
  }

  @Test func sharedHAMT() throws {
    guard let folder = Vectors.shared?.appending("ipfs/car") else {
      print("skipped: 1 archive of ipfs/car with a HAMT, not here")
      return
    }
    var reader = CARReader(into: store)
    try reader.feed(Files.read(folder.appending("hamt-v0.car")))
    let root = try #require(try reader.finish().first)
    let description = try JSON(parsing: Files.read(folder.appending("hamt-v0.json")))
    #expect("\(root)" == description["root"]?.string)
    var cursor = try DirectoryCursor(root, in: store)
    var made: [(name: String, cid: CID)] = []
    while let entry = try cursor.next() {
      made.append((String(decoding: entry.name, as: UTF8.self), entry.cid))
      #expect(try ContentReader(store).entry(entry.name, of: root) == entry)
    }
    #expect(cursor.isSharded && made.count == 120)
  }
}
