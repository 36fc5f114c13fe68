import IPFS
import Records
import Testing

@testable import IPFSClients

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

  /// A node that makes no archive of a part is asked for that of the whole below it: what it says of the part says nothing of it.
  @Test(arguments: [["a"], []]) func aPartIsNoReasonNotToAskForTheWhole(names: [String])
    async throws
  {
    let path = ContentPath(CID(hashing: [1], codec: .dagPB), names: names.map { Array($0.utf8) })
    let node = KuboProvider(try KuboWorld.node(at: 1))
    let request = ArchiveRequest(path, names.isEmpty ? .entity : .all)
    do throws(Failure) {
      try await node.archive(request) { (_) throws(Failure) in Issue.record("it gave bytes") }
      Issue.record("it made an archive")
    } catch {
      guard case .lacks = Harvest.Conduct(error) else {
        Issue.record("\(error) speaks against the node")
        return
      }
    }
  }
}
