import Ethereum
import EthereumRPC
import HTTP
import Hashing
import Marketplace
import Records
import WideInteger

@testable import MarketplaceClient
@testable import Matching

/// A job in escrow as the contracts would tell it, each member to be changed by a test.
struct Escrow {
  var nodes: UInt256 = 3
  var quorum: UInt256 = 2
  var bond: UInt256 = 1000
  var windows = JobWindows(claim: 600, commit: 1200, open: 600, challenge: 3600)
  var token: Address?
  var payment: UInt256 = 300_000
  var registered: UInt256 = 7
  var stage = JobStage.running
  /// Who has claimed, in the first round.
  var claimants: [Address] = []
  /// The second that it is.
  var time: UInt64 = 10

  static func account(_ number: UInt8) throws -> Address {
    try Address(bytes: [UInt8](repeating: number, count: 20))
  }

  private static func word(_ address: Address?) throws -> UInt256 {
    guard let address else { return 0 }
    return try UInt256(bytes: [UInt8](repeating: 0, count: 12) + address.bytes)
  }

  /// What `jobs` gives: the submitter is account 1.
  func posted() throws -> PostedJob {
    let seconds = [windows.claim, windows.commit, windows.open, windows.challenge]
    let words: [UInt256] =
      [try Self.word(Self.account(1)), nodes, quorum, bond]
      + seconds.map { UInt256(low: UInt128($0)) }
      + [try Self.word(token), payment, registered, 0, 0, 0]
    return try PostedJob(answer: words.flatMap(\.bytes))
  }

  /// The whole job; its round began at second 0.
  func job() throws -> MarketJob {
    let posted = try posted()
    let claim = try JobClaim(answer: ([1, 0, 1200, 1] as [UInt256]).flatMap(\.bytes))
    let entries = claimants.map {
      MarketJob.Entry(node: $0, claim: claim, commitment: nil, opening: .none)
    }
    let words: [UInt256] = [nodes, 0, 5, 0, UInt256(low: UInt128(claimants.count)), 0]
    let round = try JobRound(answer: words.flatMap(\.bytes))
    let tally = CommitmentTally(count: 0, last: 0)
    let state = try RoundState(
      index: 0, of: posted, round: round, tally: tally,
      claims: entries.map { _ in .init(deadline: 1200, isCommitted: false, isOpened: false) })
    return MarketJob(
      jobId: Keccak256.hash([7]), block: 9, blockHash: Keccak256.hash([9]), time: time,
      posted: posted, submitter: try Self.account(1), verdict: JobVerdict(stage: stage),
      rounds: [
        .init(index: 0, terms: round, tally: tally, entries: entries, state: state)
      ], asked: [:])
  }

  /// A node's registration: account 2 operates it, for the owner with account 3.
  static func node(
    stake: UInt256 = 5000, bound: UInt256 = 0
  ) throws -> RegisteredNode {
    let words: [UInt256] = [
      try word(account(2)), try word(account(3)), 1, stake, bound, 0, 0, 0, 0, 0, 0,
    ]
    guard let node = try RegisteredNode(answer: words.flatMap(\.bytes)) else {
      throw JobRefusal(.notForUs, "no node")
    }
    return node
  }

  /// A marketplace that nobody answers for.
  static func market() throws -> Market {
    Market(
      client: EthereumClient([try HTTPURL("http://127.0.0.1:9")]),
      chain: ChainIdentity(chainId: 31337, genesis: Keccak256.hash([1])),
      nodeRegistry: try account(0xa1), jobMarketplace: try account(0xa2),
      proofVerification: try account(0xa3), consensusManager: try account(0xa4))
  }
}

/// The word of a refusal; nil where there is none.
func refusal(_ check: () throws(JobRefusal) -> Void) -> JobRefusal? {
  do throws(JobRefusal) {
    try check()
    return nil
  } catch { return error }
}

/// A job for a minute, paid with 300000 wei, for two of three nodes.
func sampleJob(_ change: (inout JSONObject) -> Void = { _ in }) throws -> JSONObject {
  var job: JSONObject = [
    "id": "0123456789abcdef0123456789abcdef", "entrypoint": "b.py", "interpreter": "python3",
    "args": [], "env": [:], "inputs": [], "memory": .integer(1 << 30), "timeout": .integer(60),
    "outputs": ["@stdout"], "payment": ["amount": "300000", "token": "ETH"],
    "consensus": "2-of-3",
  ]
  change(&job)
  return job
}
