public import Ethereum
public import Hashing
public import Marketplace

/// The whole state of a job in escrow at one block.
public struct MarketJob: Hashable, Sendable {
  /// What a node did in the job.
  public struct Entry: Hashable, Sendable {
    /// The node's operator.
    public let node: Address
    /// Its claim; without a number it never claimed the job.
    public let claim: JobClaim
    /// What it committed to; nil where it did not.
    public let commitment: Digest32?
    /// What it opened.
    public let opening: JobOpening
  }

  /// One round: the first, or the challenge's.
  public struct Round: Hashable, Sendable {
    /// 0 for the first, 1 for the challenge's.
    public let index: Int
    /// Its slots, when it began, and its seed.
    public let terms: JobRound
    /// Its commitments.
    public let tally: CommitmentTally
    /// Who claimed, in that order: neither those dropped nor those of the other round.
    public let entries: [Entry]
    /// What time makes of it.
    public let state: RoundState
  }

  /// The job's id in the contract.
  public let jobId: Digest32
  /// The height of the block that all of it is of.
  public let block: UInt64
  /// That block.
  public let blockHash: Digest32
  /// Its time: deadlines are held against it.
  public let time: UInt64
  /// The job as it was posted.
  public let posted: PostedJob
  /// Who posted it.
  public let submitter: Address
  /// How far it is.
  public let verdict: JobVerdict
  /// The first round, and that of the challenge where there is one.
  public let rounds: [Round]
  /// What was asked about single nodes, whether they claimed or not.
  public let asked: [Address: Entry]

  /// The round that nodes act in.
  public var current: Round { rounds[rounds.count - 1] }

  /// What can be done, and until when.
  public var phase: JobPhase { JobPhase(of: verdict, round: current.state, at: time) }

  /// The block of the post.
  public var postedIn: UInt64 { rounds[0].terms.startedIn }

  /// How many blocks hold the post or lie on it.
  public var confirmations: UInt64 { block >= postedIn ? block - postedIn + 1 : 0 }

  /// What it was posted with.
  public var terms: JobTerms { JobTerms(posted) }

  /// What a node did, where it was asked for or has a claim; nil where nothing is known of it.
  public func entry(of node: Address) -> Entry? {
    for round in rounds {
      if let entry = round.entries.first(where: { $0.node == node }) { return entry }
    }
    return asked[node]
  }
}
