import ArgumentParser
import Commands
import Hashing
import Marketplace
import MarketplaceClient
import Records
import Sending

/// `sr-chain release`: pays for a result that was judged.
struct Release: JobVerb {
  static let configuration = CommandConfiguration(
    abstract: "Pay for jobs whose verdict is good, and add 'settlement'.",
    discussion: """
      $ … | sr-proof verify | sr-proof consensus | sr-chain release | jq .settlement
      By the submitter, who need not wait until the challenge window is over. A record is held until \
      it can be settled, and settled where nobody has. It needs 'verdict.ok', and is refused where the \
      chain's verdict is another; ends with 1 where there was no quorum: the payment went back.
      """)

  @OptionGroup var holding: HoldingOptions
  @OptionGroup var market: MarketOptions
  @OptionGroup var sending: SendingOptions
  @OptionGroup var stream: StreamOptions

  // Nobody pays for a result by its job's name alone: there is no operand.
  static var operandMember: String? { nil }

  func answer(
    _ hand: JobInHand, _ parts: MarketParts, in world: World
  ) async throws(Failure) -> JobAnswer {
    let verdict = try hand.record.releasedVerdict()
    let job = try await hand.job()
    let account = try parts.sender.account()
    guard job.submitter == account else {
      throw Failure(
        .permission, "job \(job.jobId) was posted by \(job.submitter), who alone can release it",
        code: "not-submitter",
        hint: "'sr-chain distribute' pays once the challenge window is over, by anyone")
    }
    guard let verdict else { return try await unpaid(hand, job, parts) }
    let end = try await settling(hand, parts).released(
      job.jobId, for: verdict, within: parts.timeout, isPatient: !holding.now)
    return try await told(hand, end)
  }

  /// What becomes of a record whose verdict is no: the payment goes back where the chain has no quorum either.
  private func unpaid(
    _ hand: JobInHand, _ job: MarketJob, _ parts: MarketParts
  ) async throws(Failure) -> JobAnswer {
    if job.verdict.stage == .refunded
      || job.chores.contains(.settle) && job.verdict.stage == .running
    {
      do throws(Failure) {
        let end = try await settling(hand, parts).refunded(
          job.jobId, isPatient: false, within: parts.timeout)
        return (try await told(hand, end).record, .answerNo)
      } catch { guard error.code == "quorum" else { throw error } }
    }
    throw Failure(
      .answerNo, "job \(job.jobId): the record's verdict is no, so that nothing is released",
      code: "verdict-no",
      hint:
        "'sr-chain refund' gives the payment back where nodes do not agree, 'challenge' disputes")
  }
}

extension Record {
  /// The result that the record's verdict says is good; nil where it says that none is.
  ///
  /// Throws 65 where there is no verdict, or where it does not tell which result.
  fileprivate func releasedVerdict() throws(Failure) -> Digest32? {
    guard let verdict = try object("verdict"), let ok = verdict["ok"]?.boolean else {
      throw Failure(
        .data, "the record has no \"verdict.ok\"", code: "no-verdict",
        hint: "'sr-proof verify' and 'sr-proof consensus' judge its proofs")
    }
    guard ok else { return nil }
    let texts =
      if let told = verdict["resultHash"] { [told] } else {
        try self["proofs"]?.elements?.compactMap { $0["resultHash"] } ?? []
      }
    let hashes = Set(texts.map { $0.string.flatMap { try? Digest32(hex: $0) } })
    guard hashes.count == 1, let hash = hashes.first, let hash else {
      throw Failure(
        .data, "the record does not tell one result that its verdict is about", code: "no-verdict",
        hint: "'sr-proof consensus' adds \"verdict.resultHash\"")
    }
    return hash
  }
}
