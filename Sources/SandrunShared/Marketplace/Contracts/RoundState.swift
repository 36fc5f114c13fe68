internal import ABI

/// A round of a job with all that its course depends on; what time alone makes of it can be told in advance.
///
/// It mirrors ProofVerification's `openFrom` and ConsensusManager's `settle`.
public struct RoundState: Hashable, Sendable {
  /// One of the round's recorded claims.
  public struct Claim: Hashable, Sendable {
    /// The last second for its commitment.
    public var deadline: UInt64
    /// Whether its node committed.
    public var isCommitted: Bool
    /// Whether its node opened the commitment.
    public var isOpened: Bool

    /// Makes a claim.
    public init(deadline: UInt64, isCommitted: Bool, isOpened: Bool) {
      self.deadline = deadline
      self.isCommitted = isCommitted
      self.isOpened = isOpened
    }
  }

  /// 0 for the first round, 1 for the challenge's.
  public var index: Int
  /// How many nodes can claim.
  public var slots: Int
  /// How many must agree.
  public var quorum: Int
  /// The time of the block that opened it.
  public var startedAt: UInt64
  /// How long its phases are.
  public var windows: JobWindows
  /// Whether all its slots were once taken.
  public var isFilled: Bool
  /// The claims that are recorded: neither those dropped nor those of the other round.
  public var claims: [Claim]
  /// The time of its last commitment; 0 where there is none.
  public var lastCommitment: UInt64

  /// Makes a round's state.
  public init(
    index: Int, slots: Int, quorum: Int, startedAt: UInt64, windows: JobWindows, isFilled: Bool,
    claims: [Claim], lastCommitment: UInt64
  ) {
    self.index = index
    self.slots = slots
    self.quorum = quorum
    self.startedAt = startedAt
    self.windows = windows
    self.isFilled = isFilled
    self.claims = claims
    self.lastCommitment = lastCommitment
  }

  /// Puts together what the contracts gave of a round, all of one block; throws where that cannot be.
  public init(
    index: Int, of job: PostedJob, round: JobRound, tally: CommitmentTally, claims: [Claim]
  ) throws(ContractAnswerError) {
    self.init(
      index: index, slots: round.slots, quorum: job.quorum, startedAt: round.startedAt,
      windows: job.windows, isFilled: round.isFilled, claims: claims, lastCommitment: tally.last)
    guard claims.count == round.claimed else {
      throw ContractAnswerError(
        function: JobMarketplace.claimants.signature,
        reason: "\(claims.count) claims of \(round.claimed): the answers are of different blocks")
    }
    guard committed == tally.count else {
      throw ContractAnswerError(
        function: ProofVerification.tally.signature,
        reason: "\(tally.count) commitments, not \(committed): the answers are of different blocks")
    }
  }

  /// The last second in which its slots can be claimed.
  public var claimDeadline: UInt64 { startedAt.adding(windows.claim) }

  /// How many commitments it has.
  public var committed: Int { claims.count(where: \.isCommitted) }

  /// The time from which its commitments may be opened; nil while another could follow.
  public func openFrom(at now: UInt64) -> UInt64? {
    guard slots > 0 else { return nil }
    if committed == slots { return lastCommitment }
    guard now > claimDeadline else { return nil }
    let late = claims.filter { !$0.isCommitted }.map(\.deadline)
    guard late.allSatisfy({ now > $0 }) else { return nil }
    return late.reduce(max(claimDeadline, lastCommitment), max)
  }

  /// The last second in which commitments may be opened; nil while another could follow.
  public func openDeadline(at now: UInt64) -> UInt64? {
    openFrom(at: now)?.adding(windows.open)
  }

  /// Whether `settle` decides the round now; the round must be the current one, and not settled yet.
  public func canSettle(at now: UInt64) -> Bool {
    if index == 0 {
      guard openFrom(at: now) != nil else {
        return now > claimDeadline && live(at: now) < quorum
      }
      return committed < quorum || areOpeningsOver(at: now)
    }
    return now > claimDeadline && !isFilled || areOpeningsOver(at: now)
  }

  /// The claims that `expireClaim` drops now, by their places in `claims`: each opens its slot again.
  public func expired(at now: UInt64) -> [Int] {
    guard now <= claimDeadline else { return [] }
    return claims.indices.filter { !claims[$0].isCommitted && now > claims[$0].deadline }
  }

  /// The claims that had committed, or had time to, at a moment.
  private func live(at moment: UInt64) -> Int {
    claims.count { $0.isCommitted || moment <= $0.deadline }
  }

  private func areOpeningsOver(at now: UInt64) -> Bool {
    guard let deadline = openDeadline(at: now) else { return false }
    return now > deadline || claims.count(where: \.isOpened) == committed
  }
}

extension UInt64 {
  /// The sum; the largest number where it is beyond that: a chain's node may tell any time.
  func adding(_ other: UInt64) -> UInt64 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }
}
