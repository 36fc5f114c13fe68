import IPFS
import Testing

/// A set that holds many CIDs in little room.
@Suite struct CIDSetTests {
  @Test func tellsWhatIsNew() {
    var set = CIDSet()
    var known: Set<CID> = []
    // Each twice, in an order that mixes what is there with what is not.
    for step in 0..<60_000 {
      let number = step % 3 == 0 ? step / 3 : step / 2
      let codec: CID.Codec = step % 5 == 0 ? .dagPB : .raw
      let cid = CID(
        hashing: Array("\(number)".utf8), codec: codec, version: step % 7 == 0 ? .v0 : .v1)
      #expect(set.insert(cid) == known.insert(cid).inserted)
    }
    #expect(set.count == known.count)
  }
}
