import Files
import Testing

@testable import IPFS

/// Blocks that were missing, and are put back while a sweep is at work: what lies below them stays.
@Suite struct SweepRepairTests {
  /// A pinned root, below it a node that is missing, and below that a leaf that is there, among garbage.
  private struct World {
    let place: TestRepository
    let leaf = TestRepository.raw("leaf")
    let inner: (cid: CID, bytes: [UInt8])
    let root: (cid: CID, bytes: [UInt8])

    init() throws {
      place = try TestRepository()
      inner = TestRepository.node(over: [leaf])
      root = TestRepository.node(over: [inner.cid])
      try place.put(["leaf", "garbage", "more garbage"])
      let batch = try place.opened().batch()
      try TestRepository.put(root.bytes, as: root.cid, into: batch)
      try batch.pin([Pin(root.cid)])
      batch.close()
    }

    /// The node alone, as `import` of a block or a reader from afar would keep it.
    func putNode() throws {
      let batch = try place.opened().batch()
      try TestRepository.put(inner.bytes, as: inner.cid, into: batch)
      try batch.commit()
      batch.close()
    }

    /// All of it and the pin, as `add` does, which finds the leaf and the pin there already.
    func addAll() throws {
      let batch = try place.opened().batch()
      try TestRepository.put(TestRepository.bytes("leaf"), as: leaf, into: batch)
      try TestRepository.put(inner.bytes, as: inner.cid, into: batch)
      try TestRepository.put(root.bytes, as: root.cid, into: batch)
      try batch.pin([Pin(root.cid)])
      batch.close()
    }

    func expectWhole(_ comment: Comment) throws {
      #expect(throws: Never.self, comment) {
        for cid in [root.cid, inner.cid, leaf] { _ = try place.opened().block(cid) }
        try place.opened().pins.pin(Pin(root.cid))
      }
    }
  }

  @Test(arguments: [false, true])
  func whatLiesBelowABlockThatComesBackStays(all: Bool) throws {
    let world = try World()
    var losses: [CID] = []
    var failure: (any Error)?
    _ = try world.place.sweep {
      losses.append($0.cid)
      // It was just found missing.
      do { try all ? world.addAll() : world.putNode() } catch { failure = error }
    }
    #expect(failure == nil)
    #expect(losses == [world.inner.cid])
    try world.expectWhole("as it was told missing")
    #expect(try !world.place.opened().contains(TestRepository.raw("garbage")))
  }

  /// The same at each moment at which the sweep asks whether it is to go on.
  @Test(arguments: [false, true])
  func atWhicheverMomentItComes(all: Bool) throws {
    var moment = 0
    while true {
      let world = try World()
      var asked = 0
      var failure: (any Error)?
      _ = try world.place.sweep(
        isCancelled: {
          defer { asked += 1 }
          if asked == moment {
            do { try all ? world.addAll() : world.putNode() } catch { failure = error }
          }
          return false
        })
      #expect(failure == nil)
      if asked <= moment { break }
      try world.expectWhole("at question \(moment)")
      moment += 1
    }
    #expect(moment >= 4, "while it marks, counts and copies")
  }

  /// A node that is there and damaged, noted only as it is followed; put again, it is followed anew.
  @Test func whatLiesBelowADamagedBlockThatIsMendedStays() throws {
    let world = try World()
    try world.putNode()
    let pack = world.place.pack(1)
    try world.place.edit(pack) { bytes in
      // The node is the last record.
      bytes[bytes.count - 1] ^= 1
    }
    var losses: [CID] = []
    var failure: (any Error)?
    _ = try world.place.sweep {
      losses.append($0.cid)
      do { try world.putNode() } catch { failure = error }
    }
    #expect(failure == nil)
    #expect(losses == [world.inner.cid])
    try world.expectWhole("mended as it was told")
  }
}
