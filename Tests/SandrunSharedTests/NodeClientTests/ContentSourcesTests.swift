import ArgumentParser
import Commands
import Files
import Hashing
import IPFS
import Networking
import NodeClient
import Records
import SystemPackage
import TestSupport
import Testing

/// Content in a folder from which `Tests/Peers/content-server.py` serves it, and a repository that has none of it.
struct ContentPlace {
  let scratch = try? Scratch()
  let folder: FilePath
  let origin: Repository
  let here: Repository
  /// A folder of files, one of them of several blocks.
  let root: CID
  /// A block without links.
  let leaf: CID
  /// A block that no root leads to.
  let stranger: CID

  init() throws {
    folder = try #require(scratch).path
    origin = try Repository(at: folder.appending("origin"))
    here = try Repository(at: folder.appending("here"))
    let tree = folder.appending("tree")
    try Files.makeDirectories(tree.appending("below"))
    let large = (0..<(3 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 7) }
    try Files.writeAtomically(large, to: tree.appending("large"))
    try Files.writeAtomically(Array("print('hello')\n".utf8), to: tree.appending("below/a.py"))
    let batch = origin.batch()
    root = try Importer(into: batch).add(tree).cid
    try batch.commit()
    leaf = try origin.put(Array("a specification".utf8))
    stranger = try origin.put(Array("nobody asked".utf8))
    try lay()
  }

  /// Writes what the server serves.
  private func lay() throws {
    for cid in [root, leaf] {
      var archive = try CARWriter([cid], from: origin)
      var bytes: [UInt8] = []
      while let piece = try archive.piece() { bytes += piece }
      try write(bytes, "\(cid).car")
      var walk = DAGWalk([cid], in: origin)
      var all: [CID] = []
      while let step = try walk.next() {
        all.append(step.cid)
        try write(try origin.block(step.cid), "\(step.cid).raw")
      }
      var short = try CARWriter([cid], holding: all.dropLast(), from: origin)
      bytes = []
      while let piece = try short.piece() { bytes += piece }
      try write(bytes, "\(cid).short")
      // A header and a block that nobody asked for.
      var header = try CARWriter([cid], holding: [], from: origin)
      try write((try header.piece() ?? []) + section(stranger), "\(cid).strange")
    }
    try write(try section(stranger), "stranger.section")
    try write(try section(root), "block.section")
  }

  private func section(_ cid: CID) throws -> [UInt8] {
    let block = try origin.block(cid)
    return Varint.encode(UInt64(cid.byteCount + block.count)) + cid.bytes + block
  }

  private func write(_ bytes: [UInt8], _ name: String) throws {
    try Files.writeAtomically(bytes, to: folder.appending(name))
  }
}

@Suite("Content from sources that nobody need trust")
struct ContentSourcesTests {
  /// What came of a visit to the server.
  struct Visit {
    var failure: Failure?
    var said: String
    var asked: [String]
  }

  /// Limits under which a slow source is left at once, and a large one soon.
  static var impatient: ContentLimits {
    var limits = ContentLimits(bytes: 8 << 20, blocks: 64, time: .seconds(120))
    limits.patience = .seconds(1)
    return limits
  }

  static func visit(
    _ place: ContentPlace, nodes: [String] = [], gateways: [String] = [],
    _ talk: (ContentSources, [Endpoint]) async throws(Failure) -> Void
  ) async throws -> Visit {
    let teller = Teller()
    var world = World(
      tool: "sr-node", input: teller, output: teller, errors: teller,
      environment: ["HOME": "/nonexistent"], now: { Timestamp(seconds: 0) })
    world.verbosity = .verbose
    let visit = try await Peer.run("content-server.py", [place.folder.string]) { peer in
      func url(_ way: String) -> String {
        way.hasPrefix("http") ? way : "http://127.0.0.1:\(peer.port)/\(way)"
      }
      let sources = try ContentSources(
        try NetworkOptions.parse(["--retries", "0"]), gateways: gateways.map(url), in: world)
      let endpoints = try nodes.map { try #require(Endpoint(url($0))) }
      do throws(Failure) {
        try await talk(sources, endpoints)
        return Failure?.none
      } catch {
        return error
      }
    }
    return Visit(failure: visit.value, said: teller.text, asked: visit.said)
  }

  static func bring(
    _ roots: [CID], to place: ContentPlace, nodes: [String] = [], gateways: [String] = [],
    limits: ContentLimits = ContentSourcesTests.impatient
  ) async throws -> Visit {
    try await visit(place, nodes: nodes, gateways: gateways) {
      (sources, endpoints) throws(Failure) in
      try await sources.bring(
        roots, into: ContentStore(place.here), from: endpoints, limits: limits)
    }
  }

  @Test("comes whole from a node", arguments: ["good"])
  func good(_ way: String) async throws {
    let place = try ContentPlace()
    let visit = try await Self.bring([place.root, place.leaf], to: place, nodes: [way])
    #expect(visit.failure == nil, "\(visit.said)")
    #expect(try ContentSources.holds([place.root, place.leaf], in: place.here))
    // What has no links is one small question.
    #expect(visit.asked.filter { $0.contains("\(place.leaf)") }.count == 1)
    #expect(visit.asked.allSatisfy { $0.hasPrefix("GET /good/ipfs/") })
  }

  @Test("is not asked for where it is there")
  func there() async throws {
    let place = try ContentPlace()
    let visit = try await Self.visit(place, nodes: ["good"]) { (sources, nodes) throws(Failure) in
      try await sources.bring([place.root], into: ContentStore(place.origin), from: nodes)
    }
    #expect(visit.failure == nil)
    #expect(visit.asked == [""])
  }

  @Test(
    "comes from the next where one has nothing, is slow, or cannot be reached",
    arguments: [
      "nothing", "broken", "silent", "silent-archive", "drip", "cut", "http://127.0.0.1:1",
    ])
  func next(_ way: String) async throws {
    let place = try ContentPlace()
    let visit = try await Self.bring([place.root], to: place, nodes: [way, "good"])
    #expect(visit.failure == nil, "\(visit.said)")
    #expect(try ContentSources.holds([place.root], in: place.here))
    #expect(!visit.said.contains("is not asked again"), "\(visit.said)")
  }

  @Test(
    "never comes from one that lies, who is named and left",
    arguments: [
      "wrong-block", "wrong-archive", "half", "short", "early-stranger", "long-block", "away",
      "round", "page",
    ])
  func liar(_ way: String) async throws {
    let place = try ContentPlace()
    // Alone, so that it is not passed over for a faster one.
    let alone = try await Self.bring([place.root], to: place, nodes: [way])
    #expect(alone.failure?.status == .unavailable, "\(alone.said)")
    #expect(alone.failure?.code == "not-found-anywhere")
    #expect(alone.said.contains("/\(way) is not asked again"), "\(alone.said)")
    #expect(alone.asked.allSatisfy { $0.hasPrefix("GET /\(way)/") }, "no redirect is followed")
    #expect(throws: RepositoryError.self) { try place.here.block(place.stranger) }
    let both = try await Self.bring([place.root], to: place, nodes: [way, "good"])
    #expect(both.failure == nil, "\(both.said)")
    #expect(try ContentSources.holds([place.root], in: place.here))
  }

  @Test(
    "comes without what a source sends besides, and the source is left",
    arguments: ["stranger", "again"])
  func more(_ way: String) async throws {
    let place = try ContentPlace()
    let visit = try await Self.bring([place.root], to: place, nodes: [way])
    #expect(visit.failure == nil, "\(visit.said)")
    #expect(visit.said.contains("/\(way) is not asked again"), "\(visit.said)")
    #expect(throws: RepositoryError.self) { try place.here.block(place.stranger) }
  }

  @Test("is asked of a liar once only")
  func once() async throws {
    let place = try ContentPlace()
    let visit = try await Self.visit(place, nodes: ["wrong-block"]) {
      (sources, nodes) throws(Failure) in
      for _ in 0..<3 {
        do throws(Failure) {
          try await sources.bring([place.leaf], into: ContentStore(place.here), from: nodes)
        } catch {
          guard error.code == "not-found-anywhere" else { throw error }
        }
      }
    }
    #expect(visit.failure == nil)
    #expect(visit.asked.count == 1)
  }

  @Test(
    "comes from a gateway, as an archive, block by block, or by a redirect",
    arguments: [
      "good", "blocks", "cut", "half", "away",
    ])
  func gateway(_ way: String) async throws {
    let place = try ContentPlace()
    let visit = try await Self.bring(
      [place.root], to: place, nodes: ["nothing"], gateways: [way, "good"])
    #expect(visit.failure == nil, "\(visit.said)")
    #expect(try ContentSources.holds([place.root], in: place.here))
  }

  @Test("is bounded in bytes and in blocks, whoever has it")
  func bounded() async throws {
    let place = try ContentPlace()
    for limits in [ContentLimits(bytes: 1 << 20), ContentLimits(blocks: 2)] {
      for way in ["good", "blocks"] {
        let visit = try await Self.bring(
          [place.root], to: place, gateways: [way], limits: limits)
        #expect(visit.failure?.status == .data, "\(visit.said)")
        #expect(visit.failure?.code == "content-too-large")
        #expect(!visit.said.contains("is not asked again"))
      }
    }
  }

  @Test("is refused where it is none that can be taken, and its source is not blamed")
  func malformed() async throws {
    let place = try ContentPlace()
    let bad = try place.origin.put([0x0A, 0xFF], codec: .dagPB)
    let node = DAGNode(links: [.init(bad, name: [], cumulativeSize: 2)], data: [8, 1])
    let root = try place.origin.put(node.bytes, codec: .dagPB)
    for cid in [root, bad] {
      try Files.writeAtomically(
        try place.origin.block(cid), to: place.folder.appending("\(cid).raw"))
    }
    let visit = try await Self.bring([root], to: place, gateways: ["good"])
    #expect(visit.failure?.status == .data, "\(visit.said)")
    #expect(visit.failure?.code == "bad-content")
    #expect(!visit.said.contains("is not asked again"))
  }

  @Test("is nowhere: that is an error of its own, and may be tried again")
  func nowhere() async throws {
    let place = try ContentPlace()
    let visit = try await Self.bring([place.root], to: place, nodes: ["nothing", "broken"])
    let failure = try #require(visit.failure)
    #expect(failure.status == .unavailable && failure.isRetryable)
    #expect(failure.message == "nobody has \(place.root) whole; 2 sources were asked")
    #expect(visit.said.contains("404 Not Found"))
  }

  @Test("is found though most who are asked never answer")
  func crowd() async throws {
    let place = try ContentPlace()
    let crowd = (0..<20).map { "silent/\($0)" } + ["good"]
    let visit = try await Self.bring([place.root], to: place, nodes: crowd)
    #expect(visit.failure == nil, "\(visit.said)")
  }

  @Test("comes not at all once the time is up")
  func late() async throws {
    let place = try ContentPlace()
    let visit = try await Self.bring(
      [place.root], to: place, nodes: ["silent"], limits: ContentLimits(time: .seconds(1)))
    #expect(visit.failure?.code == "not-found-anywhere")
    #expect(visit.failure?.message.contains("in time") == true)
  }

  @Test("goes to a node as a CAR, to no other place than the one named")
  func push() async throws {
    let place = try ContentPlace()
    for (way, status) in [
      ("good", nil), ("refuses", Failure.Status.data), ("away", .protocolViolation),
    ] {
      let visit = try await Self.visit(place, nodes: [way]) { (sources, nodes) throws(Failure) in
        for node in nodes { try await sources.push([place.root], from: place.origin, to: node) }
      }
      #expect(visit.failure?.status == status, "\(way): \(visit.said)")
      let length = try Files.read(place.folder.appending("\(place.root).car")).count
      #expect(visit.asked == ["POST /\(way)/ipfs \(length)"])
    }
  }

  @Test("goes nowhere where a block of it is missing")
  func half() async throws {
    let place = try ContentPlace()
    let visit = try await Self.visit(place, nodes: ["good"]) { (sources, nodes) throws(Failure) in
      for node in nodes { try await sources.push([place.root], from: place.here, to: node) }
    }
    #expect(visit.failure?.status == .missingInput)
    #expect(visit.asked == [""])
  }
}
