import IPFS
import Records
import SystemPackage
import TestSupport
import Testing

@testable import IPFSClients

/// A node that is online looks for what it lacks without end: it is told to stop, and what that means is told.
@Suite struct KuboSeekingTests {
  private static let lost = CID(hashing: [1, 2, 3], codec: .raw)

  /// A node that finds nobody, and what it says in the end.
  private func seeking(
    _ ask: @Sendable (KuboRPC) async throws(Failure) -> Void
  ) async throws -> (failure: Failure?, name: String) {
    try await Peer.run("kubo-node.py", ["--seek"]) { peer in
      let node = try KuboWorld.node(at: peer.port, idleTimeout: .seconds(2))
      do throws(Failure) {
        try await ask(node)
        return (nil, node.name)
      } catch {
        return (error, node.name)
      }
    }.value
  }

  @Test(arguments: [true, false])
  func aPinThatGetsNoFurtherIsOfWhatNobodyHas(isRecursive: Bool) async throws {
    let (failure, name) = try await seeking { (node) throws(Failure) in
      try await node.pin(Self.lost, isRecursive: isRecursive)
    }
    #expect(failure?.status == .unavailable && failure?.code == "not-found")
    #expect(failure?.message.contains("\(Self.lost)") == true)
    #expect(failure?.message.contains(name) == true)
  }

  @Test func theNodeIsHungUpOnSoThatItGivesUp() async throws {
    let scratch = try Scratch()
    let log = scratch.path.appending("asked")
    _ = try await Peer.run("kubo-node.py", ["--seek", "--log", log.string]) { peer in
      let node = try KuboWorld.node(at: peer.port, idleTimeout: .seconds(2))
      await #expect(throws: Failure.self) { try await node.pin(Self.lost) }
      var told: [[UInt8]] = []
      for _ in 0..<600 where !told.contains(Array("hung up on /api/v0/pin/add".utf8)) {
        told = try Vectors.lines(of: log)
        try await Task.sleep(for: .milliseconds(100))
      }
      #expect(told.contains(Array("hung up on /api/v0/pin/add".utf8)))
      var pins = 0
      try await node.pins(ofType: "all") { _ in pins += 1 }
      #expect(pins == 0)
    }
  }

  @Test func whatGrowsIsNotGivenUp() {
    var growth = Growth()
    let start = ContinuousClock.now
    func idle(_ blocks: Int, _ bytes: Int, at second: Int) -> Duration {
      growth.idle(at: (blocks, bytes), start + .seconds(second))
    }
    #expect(idle(0, 0, at: 0) == .zero)
    #expect(idle(0, 0, at: 50) == .seconds(50))
    #expect(idle(0, 1, at: 55) == .zero)
    #expect(idle(1, 0, at: 100) == .zero)
    // Neither a count that falls nor one that comes back to what it was is growth.
    #expect(idle(0, 0, at: 130) == .seconds(30))
    #expect(idle(1, 1, at: 160) == .seconds(60))
    #expect(idle(2, 1, at: 161) == .zero)
  }

  @Test func anArchiveThatGetsNoFurtherIsOfWhatNobodyHas() async throws {
    let (failure, _) = try await seeking { (node) throws(Failure) in
      try await KuboProvider(node).archive(ArchiveRequest(ContentPath(Self.lost), .all)) { _ in }
    }
    #expect(failure?.status == .unavailable && failure?.code == "not-found")
  }

  @Test func aBlockThatIsNotFoundIsWhatNobodyHas() async throws {
    let (failure, _) = try await seeking { (node) throws(Failure) in
      _ = try await node.block(Self.lost)
    }
    #expect(failure?.status == .unavailable && failure?.code == "not-found")
  }

  @Test func anErrorThatDripsIsNotWaitedForWithoutEnd() async throws {
    _ = try await Peer.run("kubo-node.py", ["--fault", "drip@pin/add"]) { peer in
      let node = try KuboWorld.node(at: peer.port, idleTimeout: .seconds(2))
      let failure = await #expect(throws: Failure.self) { try await node.pin(Self.lost) }
      #expect(failure?.status == .unavailable && failure?.code == "node-error")
    }
  }
}
