internal import ABI
internal import EthereumRPC
internal import Hashing
internal import Marketplace
public import Records
public import WideInteger

/// What accounts pay into jobs that are posted: more payment, or a challenger's bond.
public struct JobFunding: Sendable {
  private let market: Market
  private let sender: MarketSender

  /// Pays by an account's transactions.
  public init(_ market: Market, _ sender: MarketSender) {
    (self.market, self.sender) = (market, sender)
  }

  /// Adds to a job's payment, by its submitter, until it is first settled.
  ///
  /// What was sent before is not sent again, whatever the account has by now, and whether the job is settled or not.
  /// Gives the record of what would be sent where nothing is to be; nil where it was.
  public func fund(_ job: MarketJob, with amount: UInt256) async throws(Failure) -> Record? {
    let account = try sender.account()
    guard job.submitter == account else {
      throw Failure(
        .permission, "job \(job.jobId) was posted by \(job.submitter), who alone can add to it",
        code: "not-submitter", hint: "--from and SANDRUN_KEY choose another of your keys")
    }
    let act = { @Sendable (value: UInt256) in
      MarketAct(
        "fund", .jobMarketplace, JobMarketplace.escrowPayment,
        [.bytes(job.jobId.bytes), .uint(amount)], value: value, in: market,
        onceFor: "\(job.jobId)", subject: "job \(job.jobId)", seen: job.block)
    }
    switch try await begun(job, amount, act) {
    case .dry(let record): return record
    case .sent: return nil
    case nil: break
    }
    guard job.verdict.stage == .running else {
      throw Failure(
        .answerNo, "job \(job.jobId) is settled: nothing more can be added", code: "settled",
        hint: job.words)
    }
    return try await pay(
      amount, job, "what is added", id: "fund/\(job.jobId)", act)
  }

  /// Has an agreed result judged by new nodes, for a bond.
  ///
  /// Gives the record of what would be sent where nothing is to be; nil where it was, or where we did it before.
  public func challenge(
    _ job: MarketJob, bond: UInt256, evidence: String
  ) async throws(Failure) -> Record? {
    if let challenger = job.posted.challenger {
      if try challenger == sender.account() { return nil }
      throw Failure(
        .answerNo, "job \(job.jobId) was challenged before, by \(challenger)", code: "challenged",
        hint: job.words)
    }
    switch job.verdict.stage {
    case .running:
      throw Failure(
        .temporary, "job \(job.jobId) is not settled: there is no result to challenge",
        code: "not-settled", hint: job.words)
    case .agreed where job.time <= job.verdict.challengeDeadline: break
    case .agreed, .challenged, .final, .paid, .refunded:
      throw Failure(
        .answerNo, "job \(job.jobId) cannot be challenged any more", code: "too-late",
        hint: job.words)
    }
    guard let least = job.terms.challengeBond, bond >= least else {
      let least = job.terms.challengeBond.map { "\($0)" } ?? "more than there can be"
      throw Failure(
        .data,
        "a challenge of job \(job.jobId) takes a bond of \(least) at least: \(job.terms.challengeSlots) shares",
        code: "small-bond")
    }
    let act = { @Sendable (value: UInt256) in
      MarketAct(
        "challenge", .consensusManager, ConsensusManager.challengeResult,
        [.bytes(job.jobId.bytes), .string(evidence), .uint(bond)], value: value, in: market,
        onceFor: "\(job.jobId)", subject: "job \(job.jobId)", seen: job.block)
    }
    switch try await begun(job, bond, act) {
    case .dry(let record): return record
    case .sent: return nil
    case nil: break
    }
    return try await pay(bond, job, "the challenge's bond", id: "challenge/\(job.jobId)", act)
  }

  /// What comes of a payment that the journal has already; nil where it has none, or where that failed.
  ///
  /// The purse is not asked: what was paid is not in it any more, and an approval that was used would be made anew.
  private func begun(
    _ job: MarketJob, _ amount: UInt256, _ act: @Sendable (UInt256) -> MarketAct
  ) async throws(Failure) -> MarketSender.Outcome? {
    let act = act(job.posted.token == nil ? amount : 0)
    guard try sender.hasBegun(act, in: market) == true else { return nil }
    do throws(Failure) { return try await sender.send(act) } catch {
      guard error.code == "reverted" else { throw error }
      return nil
    }
  }

  private func pay(
    _ amount: UInt256, _ job: MarketJob, _ what: String, id: String,
    _ act: @Sendable (UInt256) -> MarketAct
  ) async throws(Failure) -> Record? {
    let purse = Purse(market, sender)
    switch try await purse.opened(for: amount, of: job.posted.token, what, id: id) {
    case .approvalFirst(let record): return record
    case .ready(let value):
      guard case .dry(let record) = try await sender.send(act(value)) else { return nil }
      return record
    }
  }
}
