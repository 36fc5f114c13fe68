import Files
import Hashing
import SystemPackage
import Testing

@testable import IPFS

/// Damage in what comes before a block in its pack: readers go by the index and do not even notice, and a sweep loses nothing.
@Suite struct SweepDamageTests {
  private static let kept = ["one", "two", "three"]

  /// Three pinned blocks, one of them named by its SHA-512, between blocks that nobody wants.
  private func make() throws -> (place: TestRepository, cids: [CID]) {
    let place = try TestRepository()
    let cids = try [
      TestRepository.raw("one"), TestRepository.named("two"), TestRepository.raw("three"),
    ]
    let batch = try place.opened().batch()
    for (name, cid) in zip(Self.kept, cids) {
      let garbage = "garbage before \(name)"
      try TestRepository.put(
        TestRepository.bytes(garbage), as: TestRepository.raw(garbage), into: batch)
      try TestRepository.put(TestRepository.bytes(name), as: cid, into: batch)
    }
    try batch.pin(cids.map { Pin($0) })
    batch.close()
    return (place, cids)
  }

  /// Where the records of the pack begin, and where their blocks do.
  private func records(of place: TestRepository) throws -> [Range<Int>] {
    let file = try OpenFile(place.pack(1), .readOnly)
    let pack = Pack(number: 1, file: file)
    var found: [Range<Int>] = []
    var offset = Pack.magic.count
    while let record = try pack.record(at: offset, to: try file.size()) {
      found.append(record.offset..<record.start)
      offset = record.end
    }
    return found
  }

  /// One byte of one header, of each field there is.
  @Test(arguments: [0, 4, 8, 39, 40, 44, 45, 46, 80])
  func aDamagedHeaderLosesNothing(field: Int) throws {
    let records = try records(of: make().place)
    #expect(records.count == 6 && records[3].count == 44 + 67)
    for header in records where header.count > field {
      let (place, cids) = try make()
      try place.edit(place.pack(1)) { $0[header.lowerBound + field] ^= 3 }
      for cid in cids { _ = try place.opened().block(cid) }
      var losses: [Repository.Loss] = []
      _ = try place.sweep { losses.append($0) }
      #expect(losses.isEmpty)
      for (name, cid) in zip(Self.kept, cids) {
        #expect(throws: Never.self, "\(name) with byte \(field) at \(header) flipped") {
          let found = try place.opened().block(cid)
          #expect(found == TestRepository.bytes(name))
        }
      }
    }
  }

  /// Each byte of a header in turn: as many blocks of both kinds, of which each has another byte of its header flipped.
  @Test func aFlippedByteOfAHeaderLosesNothing() throws {
    let place = try TestRepository()
    let batch = try place.opened().batch()
    var blocks: [(name: String, cid: CID)] = []
    for byte in 0..<44 { blocks.append(("plain \(byte)", TestRepository.raw("plain \(byte)"))) }
    for byte in 0..<111 {
      blocks.append(("named \(byte)", try TestRepository.named("named \(byte)")))
    }
    try TestRepository.put(
      TestRepository.bytes("garbage"), as: TestRepository.raw("garbage"), into: batch)
    for block in blocks {
      try TestRepository.put(TestRepository.bytes(block.name), as: block.cid, into: batch)
    }
    try batch.pin(blocks.map { Pin($0.cid) })
    batch.close()
    let records = try records(of: place)
    #expect(records.count == 156)
    try place.edit(place.pack(1)) { bytes in
      for (index, header) in records[1...].enumerated() {
        bytes[header.lowerBound + (index < 44 ? index : index - 44)] ^= 3
      }
    }
    var losses: [Repository.Loss] = []
    let swept = try place.sweep { losses.append($0) }
    #expect(losses.isEmpty && swept.packs == 1)
    #expect(try Files.status(place.pack(1)) == nil)
    let repository = try place.opened()
    for block in blocks {
      #expect(throws: Never.self, "\(block.name)") {
        let found = try repository.block(block.cid)
        #expect(found == TestRepository.bytes(block.name))
      }
    }
  }

  /// Header and block damaged both: it is told, and what can be read stays.
  @Test func aDamagedBlockBehindADamagedHeaderKeepsItsPack() throws {
    let (place, cids) = try make()
    let start = try records(of: place)[1]
    try place.edit(place.pack(1)) { bytes in
      bytes[start.lowerBound] ^= 1
      bytes[start.upperBound] ^= 1
    }
    for _ in 0..<2 {
      var losses: [CID] = []
      _ = try place.sweep { losses.append($0.cid) }
      #expect(throws: RepositoryError.self) { try place.opened().block(cids[0]) }
      #expect(try Files.status(place.pack(1)) != nil, "it may be mended by hand")
      for cid in cids[1...] { _ = try place.opened().block(cid) }
    }
  }

  /// A block whose content passes for records, of which the last claims what comes behind it; its own header is damaged.
  private func makeHostile(key: Digest32) throws -> (place: TestRepository, cids: [CID]) {
    let place = try TestRepository()
    let names = (0..<20).map { "pinned \($0)" }
    let cids = names.map(TestRepository.raw)
    var hostile = TestRepository.bytes("hostile")
    // It ends with the sixteenth of those behind it.
    Pack.appendHeader(
      key, length: 16 * (44 + TestRepository.bytes("pinned 10").count), to: &hostile)
    let batch = try place.opened().batch()
    try TestRepository.put(hostile, as: CID(hashing: hostile, codec: .raw), into: batch)
    for (name, cid) in zip(names, cids) {
      try TestRepository.put(TestRepository.bytes(name), as: cid, into: batch)
    }
    try batch.pin(cids.map { Pin($0) })
    batch.close()
    try place.edit(place.pack(1)) { $0[Pack.magic.count + 5] ^= 1 }
    return (place, cids)
  }

  /// The false record bears the name of a block that stays, and of one that does not.
  @Test(arguments: [false, true])
  func aFalseHeaderHidesNothingFromASweep(isKept: Bool) throws {
    let key = SHA256.hash(TestRepository.bytes(isKept ? "pinned 3" : "nothing"))
    let (place, cids) = try makeHostile(key: key)
    _ = try place.sweep()
    for cid in cids { #expect(throws: Never.self) { try place.opened().block(cid) } }
    #expect(try Files.status(place.pack(1)) == nil, "and the garbage is gone")
  }

  @Test func aFalseHeaderHidesNothingFromARebuilding() throws {
    let (place, cids) = try makeHostile(key: SHA256.hash([1]))
    try place.clearIndex()
    for cid in cids { #expect(throws: Never.self) { try place.opened().block(cid) } }
  }
}
