import ABI
import Ethereum
import EthereumRPC
import HTTP
import Hashing
import Records
import SystemPackage
import TestSupport
import Testing
import WideInteger

@testable import Marketplace
@testable import MarketplaceClient

/// What the real contracts answered about a job, and what somebody may make of it.
///
/// `Tests/Vectors/marketplace-phases.jsonl` has the answers; who claimed they do not tell, so that nodes are named here.
struct RecordedJob {
  /// What the contracts say of a node.
  struct Entry {
    var claim: [UInt8]
    var commitment: [UInt8]
    var opening: [UInt8]
  }

  /// What was true at a second.
  struct Moment {
    var time: UInt64
    var step: String
  }

  var jobId = Keccak256.hash([7])
  var jobs: [UInt8]
  var verdicts: [UInt8]
  /// Both rounds.
  var rounds: [[UInt8]]
  var tallies: [[UInt8]]
  var claimants: [[Address]]
  var entries: [Address: Entry] = [:]
  var moments: [Moment] = []

  /// All that were recorded.
  static func all() throws -> [RecordedJob] {
    try Vectors.lines(of: Vectors.own.appending("marketplace-phases.jsonl"))
      .map { try JSON(parsing: $0) }.filter { $0["answers"] != nil }.map { try RecordedJob($0) }
  }

  /// The first of a kind.
  static func first(_ round: Int = 0, where isMeant: (MarketJob) -> Bool) throws -> RecordedJob {
    try #require(
      all().first { recorded in
        guard let job = try recorded.read(), job.current.index == round else { return false }
        return isMeant(job)
      })
  }

  private init(_ row: JSON) throws {
    let answers = try #require(row["answers"])
    func data(_ json: JSON?) throws -> [UInt8] { try Hex.decode(#require(json?.string)) }
    (jobs, verdicts) = (try data(answers["jobs"]), try data(answers["verdicts"]))
    rounds = [try data(answers["round"])]
    tallies = [try data(answers["tally"])]
    let claims = try #require(answers["claims"]?.elements)
    let openings = try #require(answers["openings"]?.elements)
    let flags = try #require(row["claims"]?.elements).map { $0.elements?[1] == .bool(true) }
    var nodes: [Address] = []
    for (index, (claim, opening)) in zip(claims, openings).enumerated() {
      let node = try Self.node(UInt8(index + 1))
      nodes.append(node)
      entries[node] = Entry(
        claim: try data(claim),
        commitment: flags[index] ? Keccak256.hash([UInt8(index)]).bytes : Self.word(0),
        opening: try data(opening))
    }
    claimants = [nodes]
    moments = try #require(row["moments"]?.elements).map { moment in
      Moment(
        time: UInt64(try #require(moment.elements?[0].integer)),
        step: try #require(moment.elements?[1].string))
    }
    let empty = [UInt8](repeating: 0, count: 6 * 32)
    if row["round"]?.integer == 0 {
      rounds.append(empty)
      tallies.append([UInt8](repeating: 0, count: 64))
      claimants.append([])
    } else {
      // The first round of a challenged job is as long as the job has nodes; what was in it does not matter here.
      var first = empty
      try Self.put(UInt256(low: UInt128(PostedJob(answer: jobs).nodes)), at: 0, in: &first)
      rounds.insert(first, at: 0)
      tallies.insert([UInt8](repeating: 0, count: 64), at: 0)
      claimants.insert([], at: 0)
    }
  }

  // MARK: What is made of it

  static func node(_ number: UInt8) throws -> Address {
    try Address(bytes: [UInt8](repeating: number, count: 20))
  }

  static func word(_ number: UInt256) -> [UInt8] { number.bytes }

  static func word(_ address: Address) throws -> UInt256 {
    try UInt256(bytes: [UInt8](repeating: 0, count: 12) + address.bytes)
  }

  /// Sets a word of an answer.
  static func put(_ value: UInt256, at place: Int, in data: inout [UInt8]) {
    data.replaceSubrange(32 * place..<32 * place + 32, with: value.bytes)
  }

  /// Sets a number of `jobs`, by its place among the members.
  mutating func job(_ place: Int, _ value: UInt256) { Self.put(value, at: place, in: &jobs) }
  /// Sets a number of the verdict.
  mutating func verdict(_ place: Int, _ value: UInt256) {
    Self.put(value, at: place, in: &verdicts)
  }
  /// Sets a number of a round.
  mutating func round(_ index: Int, _ place: Int, _ value: UInt256) {
    Self.put(value, at: place, in: &rounds[index])
  }
  /// Sets a number of a node's claim.
  mutating func claim(_ node: UInt8, _ place: Int, _ value: UInt256) throws {
    let node = try Self.node(node)
    var entry = try #require(entries[node])
    Self.put(value, at: place, in: &entry.claim)
    entries[node] = entry
  }

  /// A node that did nothing, or claimed.
  static func entry(
    number: UInt256 = 0, round: UInt256 = 0, deadline: UInt256 = 0, live: Bool = false
  ) -> Entry {
    Entry(
      claim: word(number) + word(round) + word(deadline) + word(live ? 1 : 0), commitment: word(0),
      opening: word(0) + word(0))
  }

  // MARK: What is read of it

  /// What a contract gives to a call.
  func answer(to call: MarketCall) throws -> [UInt8] {
    func node() throws -> Entry {
      guard case .address(let node) = call.query.arguments[1] else { throw Missing() }
      return entries[node] ?? Self.entry()
    }
    func index() throws -> Int {
      guard case .uint(let index) = call.query.arguments[1] else { throw Missing() }
      return try #require(Int(exactly: index))
    }
    return switch call.function.name {
    case "jobs": jobs
    case "verdicts": verdicts
    case "round": rounds[try index()]
    case "tally": tallies[try index()]
    case "claimants":
      try call.function.encodeResult([.array(claimants[try index()].map(ABIValue.address))])
    case "claims": try node().claim
    case "commitments": try node().commitment
    case "openings": try node().opening
    default: throw Missing()
    }
  }

  /// A call that no test foresaw.
  struct Missing: Error {}

  /// The block that answers are of.
  static func header(_ number: UInt64, _ time: UInt64) throws -> BlockHeader {
    func quantity(_ number: UInt64) -> JSON { .string("0x" + String(number, radix: 16)) }
    let block: JSON = [
      "number": quantity(number), "hash": .string("\(Keccak256.hash([9]))"),
      "parentHash": .string("\(Digest32.zero)"), "timestamp": quantity(time),
      "gasLimit": "0x0", "gasUsed": "0x0",
    ]
    return try BlockHeader(RPCValue(block, method: "eth_getBlockByNumber"))
  }

  /// The job as it is read of the answers, with no node asked; throws what the reading refuses.
  func read(
    at time: UInt64? = nil, block: UInt64 = 1000, asking nodes: [Address] = []
  ) throws -> MarketJob? {
    let basis = JobBasis(MarketQuestion(jobId, of: nodes), in: try .sample)
    let first = try basis.calls.map { MarketAnswer(call: $0, data: try answer(to: $0)) }
    guard let reading = try basis.reading(first).get() else { return nil }
    let second = try reading.calls.map { MarketAnswer(call: $0, data: try answer(to: $0)) }
    let header = try Self.header(block, time ?? moments[0].time)
    return try reading.job(second, header: header, hash: Keccak256.hash([9])).get()
  }

  /// The calls about the job and its nodes, as a node of the chain is told what to answer.
  func calls(asking nodes: [Address] = []) throws -> [String: JSON] {
    let market = try Market.sample
    let question = MarketQuestion(jobId, of: nodes + Array(entries.keys))
    var calls: [String: JSON] = [:]
    for call in JobBasis(question, in: market).calls {
      calls["\(call.query.to) \(Hex.encode(call.query.data))"] = .string(
        Hex.encode(try answer(to: call)))
    }
    return calls
  }
}

extension Market {
  /// A marketplace that is nowhere.
  static var sample: Market {
    get throws { try sample(EthereumClient([try HTTPURL("http://127.0.0.1:9")])) }
  }

  static func sample(_ client: EthereumClient) throws -> Market {
    Market(
      client: client, chain: ChainIdentity(chainId: 31337, genesis: try RecordedChain.genesis),
      nodeRegistry: try RecordedJob.node(0xa1), jobMarketplace: try RecordedJob.node(0xa2),
      proofVerification: try RecordedJob.node(0xa3), consensusManager: try RecordedJob.node(0xa4))
  }
}
