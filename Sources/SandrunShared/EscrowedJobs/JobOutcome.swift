public import Hashing
public import Marketplace
public import MarketplaceClient

/// What a chain has decided of a job, or will as soon as somebody calls it.
public enum JobOutcome: Hashable, Sendable {
  /// Nodes agree on a result.
  case agreed(Digest32)
  /// They do not, and the payment goes back.
  case failed(Reason)

  /// Why there is no result: each clock of a job has its own.
  public enum Reason: String, CaseIterable, Sendable {
    /// No node took the job while it could be claimed.
    case nobodyClaimed = "nobody-claimed"
    /// Fewer nodes took it than must agree.
    case tooFewClaims = "too-few-claims"
    /// Nodes took it, and fewer than must agree committed to a result in time.
    case tooFewCommitments = "too-few-commitments"
    /// Nodes committed, and fewer than must agree opened what they had.
    case notOpened = "not-opened"
    /// Nodes say that they could not run it.
    case couldNotRun = "could-not-run"
    /// Nodes have results, and not enough the same.
    case noConsensus = "no-consensus"
  }

  /// Judges a job as it is on the chain; nil while something may still change it.
  public init?(_ job: MarketJob) {
    self.init(
      job.verdict, round: job.current.state, at: job.time,
      openings: job.rounds.map { $0.entries.map(\.opening) })
  }

  /// Judges a verdict together with the round that it waits for, and what was opened in each round.
  public init?(
    _ verdict: JobVerdict, round: RoundState, at now: UInt64, openings: [[JobOpening]]
  ) {
    switch verdict.stage {
    case .agreed, .final, .paid:
      guard let hash = verdict.resultHash else { return nil }
      self = .agreed(hash)
    case .refunded: self = Self.first(round, openings.first ?? [])
    case .running:
      guard round.canSettle(at: now) else { return nil }
      self = Self.first(round, openings.first ?? [])
    case .challenged:
      guard round.canSettle(at: now), let hash = verdict.resultHash else { return nil }
      self = .agreed(round.isFilled ? Self.judged(hash, openings.flatMap { $0 }) : hash)
    }
  }

  /// The first round's: so many equal results as the quorum says.
  private static func first(_ round: RoundState, _ openings: [JobOpening]) -> JobOutcome {
    let counts = counts(openings)
    if let agreed = counts.first(where: { $0.value >= round.quorum }) { return .agreed(agreed.key) }
    guard !round.claims.isEmpty else { return .failed(.nobodyClaimed) }
    guard round.committed >= round.quorum else {
      return .failed(round.claims.count < round.quorum ? .tooFewClaims : .tooFewCommitments)
    }
    guard openings.count(where: { $0 != .none }) >= round.quorum else { return .failed(.notOpened) }
    let results = counts.values.reduce(0, +)
    return .failed(results < round.quorum ? .couldNotRun : .noConsensus)
  }

  /// A challenge's: the result of more than half of all; where none has so many, the one that there was.
  private static func judged(_ before: Digest32, _ openings: [JobOpening]) -> Digest32 {
    let counts = counts(openings)
    let all = counts.values.reduce(0, +)
    return counts.first { 2 * $0.value > all }?.key ?? before
  }

  private static func counts(_ openings: [JobOpening]) -> [Digest32: Int] {
    var counts: [Digest32: Int] = [:]
    for case .result(let hash) in openings { counts[hash, default: 0] += 1 }
    return counts
  }
}
