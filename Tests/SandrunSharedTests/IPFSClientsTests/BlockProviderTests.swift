import IPFS
import IPFSClients
import Records
import Testing

/// What a place may be asked for.
@Suite struct BlockProviderTests {
  private struct Empty: BlockProvider {
    let name = "nowhere"
    func block(_ cid: CID) async throws(Failure) -> [UInt8] {
      throw Failure(.unavailable, "nowhere has no \(cid)", code: "not-found")
    }
  }

  @Test func saysWhatItLacks() async {
    let place: any BlockProvider = Empty()
    await #expect(throws: Failure.self) {
      try await place.block(CID(hashing: [1], codec: .raw))
    }
  }
}
