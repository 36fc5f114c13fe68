import Hashing
import IPFS
import IPFSClients
import Records
import SystemPackage
import TestSupport
import Testing

/// A node that works, and nodes that do not: nothing that one sends is believed.
@Suite struct KuboNodeTests {
  /// A file of several blocks in a repository of its own.
  struct Place {
    let scratch: Scratch
    let repository: Repository
    let root: CID

    init() throws {
      scratch = try Scratch()
      repository = try Repository(at: scratch.path.appending("repository"))
      var links: [DAGNode.Link] = []
      for byte in UInt8(0)..<40 {
        let leaf = try repository.put(Array(repeating: byte, count: 5000))
        links.append(DAGNode.Link(leaf, name: [], cumulativeSize: 5000))
      }
      // The same leaves again: each is one block all the same.
      let inner = try repository.put(DAGNode(links: links, data: [8, 1]).bytes, codec: .dagPB)
      links.append(DAGNode.Link(inner, name: [], cumulativeSize: 1))
      root = try repository.put(DAGNode(links: links, data: [8, 1]).bytes, codec: .dagPB)
    }
  }

  private func failure(_ options: String..., prove: Bool = false) async throws -> Failure? {
    let place = try Place()
    return try await Peer.run("kubo-node.py", options) { peer in
      let node = try KuboWorld.node(at: peer.port)
      do throws(Failure) {
        _ = try await Replication(place.root, from: place.repository, proves: prove).run(to: node)
        return nil
      } catch { return error }
    }.value
  }

  @Test func aDAGIsSentOnceAndAgainInParts() async throws {
    let place = try Place()
    _ = try await Peer.run("kubo-node.py") { peer in
      let node = try KuboWorld.node(at: peer.port)
      let replication = try await Replication(place.root, from: place.repository)
      let first = try await replication.run(to: node)
      #expect(first.blocks == 42 && first.sent == 42)
      let again = try await replication.run(to: node)
      #expect(again.blocks == 42 && again.sent == 0 && again.size == first.size)
      // What was taken away is what is sent.
      try await node.unpin(place.root)
      let gone = CID(hashing: Array(repeating: 7, count: 5000), codec: .raw)
      #expect(try await node.remove(gone))
      #expect(try await node.length(of: gone) == nil)
      let mended = try await replication.run(to: node)
      #expect(mended.blocks == 42 && mended.sent == 1)
      // A repository that has nothing of it: the node is taken at its blocks.
      let elsewhere = try Repository(at: place.scratch.path.appending("empty"))
      let remote = try await Replication(place.root, from: elsewhere, proves: true).run(to: node)
      #expect(remote.blocks == 42 && remote.sent == 0 && remote.size == first.size)
    }
  }

  @Test func aNodeThatFetchesWhatItLacks() async throws {
    let place = try Place()
    _ = try await Peer.run("kubo-node.py") { first in
      _ = try await Replication(place.root, from: place.repository).run(
        to: KuboWorld.node(at: first.port))
      _ = try await Peer.run("kubo-node.py", ["--peer", "http://127.0.0.1:\(first.port)"]) { peer in
        let elsewhere = try Repository(at: place.scratch.path.appending("empty"))
        let held = try await Replication(place.root, from: elsewhere).run(
          to: KuboWorld.node(at: peer.port))
        #expect(held.blocks == 42 && held.sent == 0)
      }
    }
  }

  @Test(arguments: [
    ("lie@dag/import", Failure.Status.protocolViolation), ("lie@block/stat", .protocolViolation),
    ("truncate@dag/import", .protocolViolation), ("close@dag/import", .temporary),
    ("trailer@dag/import", .unavailable), ("error@dag/import", .unavailable),
    ("empty@dag/import", .protocolViolation), ("html@pin/ls", .protocolViolation),
    ("endless@dag/import", .protocolViolation),
    ("500@block/stat", .unavailable), ("429@pin/ls", .temporary), ("401", .permission),
    ("403@dag/import", .permission), ("404", .protocolViolation),
  ])
  func aNodeThatIsNoGoodIsNotBelieved(fault: String, status: Failure.Status) async throws {
    let failure = try await failure("--fault", fault)
    #expect(failure?.status == status, "\(fault): \(String(describing: failure))")
  }

  @Test func aBlockThatWasNotKeptIsMissed() async throws {
    for options in [["--drop", "3"], ["--drop", "0"]] {
      let place = try Place()
      let failure = try await Peer.run("kubo-node.py", options) { peer in
        await #expect(throws: Failure.self) {
          try await Replication(place.root, from: place.repository).run(
            to: KuboWorld.node(at: peer.port))
        }
      }.value
      #expect(failure?.code == "node-lies")
    }
  }

  @Test func aBlockOfOtherBytesIsFoundByProof() async throws {
    #expect(try await failure("--fault", "lie@block/get") == nil)
    let failure = try await failure("--fault", "lie@block/get", prove: true)
    #expect(failure?.code == "node-lies")
  }

  @Test(arguments: ["silent", "stall"]) func aNodeThatIsSilentIsLeft(fault: String) async throws {
    _ = try await Peer.run("kubo-node.py", ["--fault", fault]) { peer in
      let node = try KuboWorld.node(at: peer.port, idleTimeout: .seconds(1))
      let failure = await #expect(throws: Failure.self) { try await node.version() }
      #expect(failure?.code == "silent" && failure?.status == .temporary)
    }
  }

  @Test(arguments: ["429", "502"]) func aBusyNodeIsAskedAgain(fault: String) async throws {
    _ = try await Peer.run("kubo-node.py", ["--fault", fault]) { peer in
      let version = try await KuboWorld.node(at: peer.port, retries: 4).version()
      #expect(version == "0.42.0")
    }
  }

  @Test func blocksAndArchivesComeFromANode() async throws {
    let place = try Place()
    _ = try await Peer.run("kubo-node.py") { peer in
      let node = try KuboWorld.node(at: peer.port)
      _ = try await Replication(place.root, from: place.repository).run(to: node)
      let provider = KuboProvider(node)
      #expect(try await provider.block(place.root) == place.repository.block(place.root))
      let lost = await #expect(throws: Failure.self) {
        try await provider.block(CID(hashing: [9], codec: .raw))
      }
      #expect(lost?.status == .unavailable && lost?.code == "not-found")
      var archive: [UInt8] = []
      try await provider.archive(ArchiveRequest(ContentPath(place.root), .all)) { archive += $0 }
      let target = try Repository(at: place.scratch.path.appending("target"))
      let batch = target.batch()
      var reader = CARReader(into: batch)
      try reader.feed(archive)
      #expect(try reader.finish() == [place.root])
      try batch.commit()
      #expect(try DAGWalk.firstMissing(below: [place.root], in: target) == nil)
    }
  }

  @Test func providersAreTold() async throws {
    let options = [
      "--online", "--provider", "12D3one,/ip4/1.2.3.4/tcp/4001", "--provider", "12D3two",
    ]
    _ = try await Peer.run("kubo-node.py", options) { peer in
      var found: [String] = []
      try await KuboWorld.node(at: peer.port).findProviders(
        of: CID(hashing: [1], codec: .raw), limit: 20
      ) { found.append("\($0.id) \($0.addresses)") }
      #expect(found == ["12D3one [\"/ip4/1.2.3.4/tcp/4001\"]", "12D3two []"])
    }
    _ = try await Peer.run("kubo-node.py") { peer in
      let failure = await #expect(throws: Failure.self) {
        try await KuboWorld.node(at: peer.port).findProviders(
          of: CID(hashing: [1], codec: .raw), limit: 20
        ) { _ in }
      }
      #expect(failure?.code == "offline")
    }
  }
}
