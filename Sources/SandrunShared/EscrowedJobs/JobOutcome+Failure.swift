internal import Hashing
internal import Marketplace
internal import MarketplaceClient
internal import Records

extension JobOutcome.Reason {
  /// What a job failed by, for people.
  private func words(_ job: MarketJob) -> String {
    let round = job.rounds[0].state
    let opened = job.rounds[0].entries.count { $0.opening != .none }
    switch self {
    case .nobodyClaimed: return "no node claimed it"
    case .tooFewClaims:
      return "\(round.claims.count) nodes claimed it, where \(round.quorum) must agree"
    case .tooFewCommitments:
      return
        "\(round.committed) nodes committed to a result in time, where \(round.quorum) must agree"
    case .notOpened:
      return
        "\(opened) of \(round.committed) nodes opened their results in time, where \(round.quorum) must agree"
    case .couldNotRun: return "nodes say that they could not run it"
    case .noConsensus:
      return "no consensus: no \(round.quorum) of \(opened) results are the same"
    }
  }

  /// The failure of a job that has no result: status 1.
  func failure(of job: MarketJob) -> Failure {
    let hint: String
    switch (job.verdict.stage, self) {
    case (.refunded, _): hint = "the payment went back: 'sr-chain withdraw' takes it out"
    case (_, .nobodyClaimed), (_, .tooFewClaims):
      hint = "'sr-chain refund' gives the payment back; post it anew for more, or for longer"
    default: hint = "'sr-chain refund' gives the payment back"
    }
    return Failure(
      .answerNo, "job \(job.jobId): \(words(job))", code: rawValue, hint: hint, isRetryable: true)
  }
}
