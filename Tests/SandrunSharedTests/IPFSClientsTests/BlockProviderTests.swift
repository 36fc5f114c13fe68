import IPFS
import IPFSClients
import Records
import Testing

/// What a place that gives single blocks alone says to who wants an archive.
@Suite struct BlockProviderTests {
  private struct Shelf: BlockProvider {
    let name = "the shelf"
    func block(_ cid: CID) async throws(Failure) -> [UInt8] { [1] }
  }

  @Test func saysThatItMakesNoArchives() async {
    let place: any BlockProvider = Shelf()
    let request = ArchiveRequest(ContentPath(CID(hashing: [1], codec: .raw)), .all)
    do throws(Failure) {
      try await place.archive(request) { (_) throws(Failure) in Issue.record("it gave bytes") }
      Issue.record("it made an archive")
    } catch {
      #expect(error.code == "no-archives")
      #expect(error.message == "the shelf makes no archives")
    }
  }
}
