import ArgumentParser
import Commands
import Ethereum
import Files
import Hashing
import IPFS
import Marketplace
import MarketplaceClient
import Networking
import NodeClient
import Records
import Synchronization
import SystemPackage
import TestSupport
import Testing
import WideInteger

@testable import Matching

/// A node that looks at jobs, with a repository of its own and nobody to ask.
struct Looker {
  private let scratch: Scratch
  private let folder: FilePath
  let repository: Repository
  let matcher: JobMatcher

  init(_ policy: MatchPolicy = MatchPolicy(), memory: Int = 1 << 40) throws {
    scratch = try Scratch()
    folder = scratch.path
    repository = try Repository(at: folder.appending("ipfs"))
    let silent = Silence()
    let world = World(
      tool: "sr-node", input: silent, output: silent, errors: silent,
      environment: ["HOME": folder.string], now: { Timestamp(seconds: 0) })
    var policy = policy
    policy.patience = .zero
    matcher = JobMatcher(
      market: try Escrow.market(), node: try Escrow.account(2),
      offer: NodeOffer(memory: memory) { _ in nil }, policy: policy,
      sources: try ContentSources(try NetworkOptions.parse([]), in: world), in: world)
    // Nobody asks the chain for nodes, however long the test waits for its turn.
    matcher.known.withLock { $0 = (.now + .seconds(3600), []) }
  }

  /// Puts files into the repository as a folder.
  func add(_ files: [String: String]) throws -> CID {
    let tree = folder.appending("tree")
    try Files.makeDirectories(tree)
    for (name, text) in files {
      try Files.writeAtomically(Array(text.utf8), to: tree.appending(name))
    }
    let batch = repository.batch()
    let root = try Importer(into: batch).add(tree).cid
    try batch.commit()
    return root
  }

  /// What comes of a job in no escrow.
  func refusal(
    _ code: CID, _ change: (inout JSONObject) -> Void = { _ in }
  ) async throws -> JobRefusal? {
    let result = try await matcher.match(
      sampleJob(change), code: code, into: ContentStore(repository))
    guard case .failure(let refusal) = result else { return nil }
    return refusal
  }
}

/// Nobody listens, nobody speaks.
private struct Silence: ByteSink, ByteSource {
  var isReady: Bool { true }
  func write(_ bytes: [UInt8]) {}
  func read(limit: Int) -> [UInt8] { [] }
  func cancel() {}
}

/// What a node makes of a job, but for what only a chain can say.
@Suite("Matching") struct JobMatcherTests {
  private func place(_ escrow: Escrow, _ node: RegisteredNode, number: UInt256 = 7) throws
    -> (isOurs: Bool?, refusal: JobRefusal?)
  {
    let (matcher, job) = (try Looker().matcher, try escrow.job())
    do throws(JobRefusal) {
      return (try matcher.checkPlace(in: job, (number: number, node: node)), nil)
    } catch { return (nil, error) }
  }

  @Test("a slot is free for a node that was there, is another's, and can bind the bond")
  func places() throws {
    let node = try Escrow.node()
    #expect(try place(Escrow(), node).isOurs == false)
    var exact = try Escrow.node(stake: 1000)
    #expect(try place(Escrow(), exact).isOurs == false)
    exact.bound = 1
    #expect(try place(Escrow(), exact).refusal?.code == .bond)
    #expect(try place(Escrow(), node, number: 8).refusal?.code == .notForUs)
    // The submitter is account 1.
    var own = node
    own.owner = try Escrow.account(1)
    #expect(try place(Escrow(), own).refusal?.code == .notForUs)
  }

  @Test("a round that is over is closed, and so is one without a free slot") func closed() throws {
    let node = try Escrow.node()
    var escrow = Escrow()
    escrow.time = 600
    #expect(try place(escrow, node).isOurs == false)
    escrow.time = 601
    #expect(try place(escrow, node).refusal?.code == .closed)
    escrow.time = 10
    for stage in [JobStage.agreed, .final, .paid, .refunded] {
      escrow.stage = stage
      #expect(try place(escrow, node).refusal?.code == .closed, "\(stage)")
    }
    escrow.stage = .running
    escrow.claimants = try [4, 5, 6].map { try Escrow.account($0) }
    #expect(try place(escrow, node).refusal?.code == .closed)
  }

  @Test("a job that the node has claimed binds it already, whatever it demands") func ours()
    throws
  {
    var escrow = Escrow()
    escrow.claimants = try [4, 2, 6].map { try Escrow.account($0) }
    let broke = try Escrow.node(stake: 0)
    #expect(try place(escrow, broke, number: 99).isOurs == true)
  }

  @Test("what is whole and fits comes out anew: specification, code and nothing else")
  func matched() async throws {
    let looker = try Looker()
    let code = try looker.add(["b.py": "print(1)\n"])
    let given = try sampleJob { $0["source"] = "/etc" }
    let result = try await looker.matcher.match(
      given, code: code, into: ContentStore(looker.repository))
    let job = try result.get()
    let record = job.record
    #expect(try record.object("job")?["source"] == nil)
    #expect(try record.object("code")?["cid"] == .string("\(code)"))
    #expect(!record.has("escrow"))
    #expect(job.roots.first == code)
  }

  @Test("content that nobody gives is not found; what cannot be run is refused as content")
  func content() async throws {
    let looker = try Looker()
    let absent = CID(SHA256.hash([1]), codec: .dagPB)
    #expect(try await looker.refusal(absent)?.code == .notFound)
    let code = try looker.add(["b.py": "print(1)\n"])
    let file = try looker.repository.put(Array("no folder".utf8))
    #expect(try await looker.refusal(file)?.code == .content)
    #expect(try await looker.refusal(code) { $0["entrypoint"] = "c.py" }?.code == .content)
    let input = CID(SHA256.hash([2]), codec: .raw)
    let missing = try await looker.refusal(code) {
      $0["inputs"] = [["cid": .string("\(input)"), "name": "data"]]
    }
    #expect(missing?.code == .notFound)
    #expect(missing?.reason.hasPrefix("its inputs: ") == true)
    #expect(try await looker.refusal(code) == nil)
    // Code lies in memory, of which it may be half.
    let large = try looker.add(["b.py": String(repeating: "#", count: (2 << 20) + 1)])
    #expect(try await looker.refusal(large) { $0["memory"] = .integer(4 << 20) }?.code == .content)
  }

  @Test("a job that is none is refused by its specification, before anything is fetched")
  func specifications() async throws {
    let looker = try Looker()
    let absent = CID(SHA256.hash([1]), codec: .dagPB)
    let changes: [(inout JSONObject) -> Void] = [
      { $0["id"] = nil }, { $0["timeout"] = "long" }, { $0["entrypoint"] = "../b.py" },
      { $0["more"] = 1 }, { $0["consensus"] = "3-of-2" },
    ]
    for change in changes {
      #expect(try await looker.refusal(absent, change)?.code == .specification)
    }
  }

  @Test("demands are held against a job before its content is asked for") func order()
    async throws
  {
    let absent = CID(SHA256.hash([1]), codec: .dagPB)
    var policy = MatchPolicy()
    policy.price = NodePrice(cpu: 6_000_001)
    #expect(try await Looker(policy).refusal(absent)?.code == .pay)
    #expect(try await Looker(memory: 1).refusal(absent)?.code == .requirements)
  }

  @Test("each refusal has a word of its own, and a record tells it") func words() {
    let words = Set(JobRefusal.Code.allCases.map(\.rawValue))
    #expect(words.count == JobRefusal.Code.allCases.count)
    let refusal = JobRefusal(.notFound, "nobody has it")
    #expect(refusal.json["ok"] == .bool(false))
    #expect(refusal.json["code"] == "not-found-anywhere")
    #expect(refusal.json["reason"] == "nobody has it")
  }
}
