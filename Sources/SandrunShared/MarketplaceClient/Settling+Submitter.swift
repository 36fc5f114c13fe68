internal import ABI
public import Hashing
internal import Marketplace
public import Records

extension Settling {
  /// Holds until a job is settled, settles where nobody has, and pays at once: by its submitter.
  ///
  /// Throws 1 where the verdict is not what `resultHash` says, so that nobody pays for a result that he has not seen.
  public func released(
    _ jobId: Digest32, for resultHash: Digest32, within limit: Duration?, isPatient: Bool
  ) async throws(Failure) -> End {
    let end = limit.map { ContinuousClock.now + $0 }
    var seen: Digest32?
    var patience = Patience()
    while true {
      let left = end.map { max($0 - .now, .milliseconds(1)) }
      let settled = try await settled(
        jobId, isPatient: isPatient, within: left, isMain: false, after: seen)
      guard case .reached(let job) = settled, job.verdict.stage != .refunded else { return settled }
      guard let found = job.verdict.resultHash, found == resultHash else {
        let found = job.verdict.resultHash.map { "\($0)" } ?? "nothing"
        throw Failure(
          .answerNo,
          "the nodes of job \(jobId) agreed on \(found), and the record's verdict is \(resultHash)",
          code: "other-verdict",
          hint: "nothing was released; 'sr-chain challenge' disputes a result")
      }
      guard job.verdict.stage != .paid else { return settled }
      seen = job.blockHash
      let act = MarketAct(
        "release", .jobMarketplace, JobMarketplace.releasePayment, [.bytes(jobId.bytes)],
        in: market, onceFor: "\(jobId)", subject: "job \(jobId)", seen: job.block)
      do throws(Failure) {
        if case .dry(let record) = try await sender.send(act) { return .dry(record) }
      } catch {
        // Somebody challenged, or had it distributed, while this was on its way.
        guard error.code == "reverted" else { throw error }
        if let now = try await market.forRecord().job(jobId),
          now.verdict.stage != job.verdict.stage
        {
          continue
        }
        try patience.wait(after: error)
      }
    }
  }

  /// Holds until a job can be settled, and has the payment given back; throws 1 where a quorum agrees.
  public func refunded(
    _ jobId: Digest32, isPatient: Bool, within limit: Duration?
  ) async throws(Failure) -> End {
    var seen: Digest32?
    var patience = Patience()
    while true {
      let job = try await watch.held(jobId, after: seen, within: limit, awaiting: "a refund") {
        (job) throws(Failure) -> MarketJob? in
        guard let job else { throw .noJob(jobId) }
        switch job.verdict.stage {
        case .refunded: return job
        case .agreed, .challenged, .final, .paid: throw .quorum(job)
        case .running:
          if job.chores.contains(.settle) { return job }
          guard isPatient else { throw job.tooEarly("a refund") }
          return nil
        }
      }
      guard job.verdict.stage != .refunded else { return .reached(job) }
      seen = job.blockHash
      let act = MarketAct(
        "refund", .jobMarketplace, JobMarketplace.refund, [.bytes(jobId.bytes)], in: market,
        onceFor: "\(jobId)", subject: "job \(jobId)", seen: job.block)
      do throws(Failure) {
        if case .dry(let record) = try await sender.send(act) { return .dry(record) }
      } catch {
        guard error.code == "reverted" else { throw error }
        let now = try await market.forRecord().job(jobId)
        if let now, now.verdict.stage != .running { continue }
        // Settling it now would not give the payment back.
        if error.message.hasSuffix("there is a quorum") { throw .quorum(job) }
        try patience.wait(after: error)
      }
    }
  }
}

extension Failure {
  /// Nodes agree on a job's result, so that nothing is given back: 1.
  fileprivate static func quorum(_ job: MarketJob) -> Failure {
    Failure(
      .answerNo, "there is a quorum for job \(job.jobId): its payment is not given back",
      code: "quorum", hint: job.words)
  }
}
