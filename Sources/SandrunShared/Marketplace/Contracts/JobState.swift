public import Ethereum
public import Hashing
public import WideInteger

// What the contracts tell of a job, each read from the data that a call gave.

/// A job as it was posted, and what became of its money: JobMarketplace's `jobs`.
public struct PostedJob: Hashable, Sendable {
  /// Who posted it; nil where there is no such job.
  public var submitter: Address?
  /// How many nodes run it.
  public var nodes: Int
  /// How many of them must agree.
  public var quorum: Int
  /// What each claim binds of its node's stake, in wei.
  public var bond: UInt256
  /// How long its phases are.
  public var windows: JobWindows
  /// The currency: an ERC-20's address; nil for ETH.
  public var token: Address?
  /// What is in escrow for it, or was.
  public var payment: UInt256
  /// The last registration number of its post: later nodes cannot claim it.
  public var registered: UInt256
  /// Who challenged its result.
  public var challenger: Address?
  /// What the challenger put up.
  public var challengeBond: UInt256
  /// Whether its escrow is empty.
  public var isClosed: Bool

  /// Reads what `jobs` gave.
  public init(answer data: [UInt8]) throws(ContractAnswerError) {
    var answer = try ContractAnswer(data, of: JobMarketplace.jobs)
    submitter = answer.address().unlessZero
    nodes = try answer.count(through: Quorum.nodeLimit)
    quorum = try answer.count(through: nodes)
    bond = answer.number()
    windows = try answer.windows()
    token = answer.address().unlessZero
    payment = answer.number()
    registered = answer.number()
    challenger = answer.address().unlessZero
    challengeBond = answer.number()
    isClosed = answer.flag()
  }

  /// What a node on the verdict gets: the payment's part, rounded down; zero where there is no such job.
  public var share: UInt256 { nodes == 0 ? 0 : payment / UInt256(low: UInt128(nodes)) }
}

/// One round of a job: JobMarketplace's `round`; 0 is the first, 1 the challenge's.
public struct JobRound: Hashable, Sendable {
  /// How many nodes can claim; 0 where there is no such round.
  public var slots: Int
  /// The time of the block that opened it.
  public var startedAt: UInt64
  /// The number of that block.
  public var startedIn: UInt64
  /// By what nodes are drawn; nil where it is not kept yet.
  public var seed: Digest32?
  /// How many claims are recorded.
  public var claimed: Int
  /// Whether all its slots were once taken.
  public var isFilled: Bool

  /// Reads what `round` gave.
  public init(answer data: [UInt8]) throws(ContractAnswerError) {
    var answer = try ContractAnswer(data, of: JobMarketplace.round)
    slots = try answer.count(through: 2 * Quorum.nodeLimit + 1)
    startedAt = try answer.small()
    startedIn = try answer.small()
    seed = answer.digest().unlessZero
    claimed = try answer.count(through: slots)
    isFilled = answer.flag()
  }
}

/// A node's claim of a job: JobMarketplace's `claims`.
public struct JobClaim: Hashable, Sendable {
  /// The node's registration number; nil where it never claimed the job.
  public var number: UInt256?
  /// The round of the claim.
  public var round: Int
  /// The last second for the commitment.
  public var deadline: UInt64
  /// Whether it has a slot: it was not dropped for want of a commitment.
  public var isLive: Bool

  /// Reads what `claims` gave.
  public init(answer data: [UInt8]) throws(ContractAnswerError) {
    var answer = try ContractAnswer(data, of: JobMarketplace.claims)
    let number = answer.number()
    self.number = number == 0 ? nil : number
    round = try answer.count(through: 1)
    deadline = try answer.small()
    isLive = answer.flag()
  }
}

/// A round's commitments: ProofVerification's `tally`.
public struct CommitmentTally: Hashable, Sendable {
  /// How many there are.
  public var count: Int
  /// The time of the last; 0 where there is none.
  public var last: UInt64

  /// Makes a tally.
  public init(count: Int, last: UInt64) {
    self.count = count
    self.last = last
  }

  /// Reads what `tally` gave.
  public init(answer data: [UInt8]) throws(ContractAnswerError) {
    var answer = try ContractAnswer(data, of: ProofVerification.tally)
    count = try answer.count(through: 2 * Quorum.nodeLimit + 1)
    last = try answer.small()
  }
}

/// How far a job is, and what was decided: ConsensusManager's `verdicts`.
public struct JobVerdict: Hashable, Sendable {
  /// How far the job is.
  public var stage: JobStage
  /// What nodes agreed on; nil where there is no agreement.
  public var resultHash: Digest32?
  /// The last second for a challenge; 0 before an agreement.
  public var challengeDeadline: UInt64
  /// Who challenged the result.
  public var challenger: Address?
  /// Whether the challenge brought another result.
  public var isTurned: Bool
  /// Whether the challenge found all its nodes.
  public var isFilled: Bool
  /// How many openings are of the result.
  public var votes: Int

  /// Makes a verdict.
  public init(
    stage: JobStage, resultHash: Digest32? = nil, challengeDeadline: UInt64 = 0,
    challenger: Address? = nil, isTurned: Bool = false, isFilled: Bool = false, votes: Int = 0
  ) {
    self.stage = stage
    self.resultHash = resultHash
    self.challengeDeadline = challengeDeadline
    self.challenger = challenger
    self.isTurned = isTurned
    self.isFilled = isFilled
    self.votes = votes
  }

  /// Reads what `verdicts` gave.
  public init(answer data: [UInt8]) throws(ContractAnswerError) {
    var answer = try ContractAnswer(data, of: ConsensusManager.verdicts)
    let number = try answer.count(through: JobStage.allCases.count - 1)
    guard let stage = JobStage(rawValue: UInt8(number)) else {
      preconditionFailure("the stages have no gap")
    }
    self.stage = stage
    resultHash = answer.digest().unlessZero
    challengeDeadline = try answer.small()
    challenger = answer.address().unlessZero
    isTurned = answer.flag()
    isFilled = answer.flag()
    votes = try answer.count(through: 3 * Quorum.nodeLimit + 1)
  }
}

/// What a node opened of its commitment: ConsensusManager's `openings`.
public enum JobOpening: Hashable, Sendable {
  /// Nothing, so far.
  case none
  /// That it could not run the job.
  case couldNotRun
  /// A result, by its hash.
  case result(Digest32)

  /// Reads what `openings` gave.
  public init(answer data: [UInt8]) throws(ContractAnswerError) {
    var answer = try ContractAnswer(data, of: ConsensusManager.openings)
    let isOpened = answer.flag()
    let hash = answer.digest()
    guard isOpened else {
      self = .none
      return
    }
    self = hash == .zero ? .couldNotRun : .result(hash)
  }
}

extension Address {
  fileprivate var unlessZero: Address? { self == Address(word: 0) ? nil : self }
}

extension Digest32 {
  fileprivate var unlessZero: Digest32? { self == .zero ? nil : self }
}
