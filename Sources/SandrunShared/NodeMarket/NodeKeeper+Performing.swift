internal import ABI
internal import Ethereum
internal import EthereumRPC
internal import Hashing
internal import Marketplace
internal import MarketplaceClient
internal import NodeAPI
internal import NodeContent
internal import NodeEngine
internal import Records
internal import Synchronization
internal import Timing

extension NodeKeeper {
  /// Does what is due; what fails rests for a while, and is judged anew by the chain.
  func perform(_ task: KeeperTask) async {
    defer { state.withLock { _ = $0.inHand.remove(task.name) } }
    do throws(Failure) {
      try await attempt(task)
      state.withLock { $0.resting[task.name] = nil }
    } catch {
      guard !Task.isCancelled else { return }
      rest(task.name, isLong: false)
      let text = "job \(task.job): \(error.message)"
      // What the contracts refuse, another was faster with, or the look was old.
      if error.code == "reverted" { parts.detail(text) } else { tellOnce(text) }
    }
  }

  /// Keeps a task from being tried again for a while.
  private func rest(_ name: String, isLong: Bool) {
    state.withLock { state in
      if let known = state.resting[name], known.until > .now { return }
      var backoff =
        state.resting[name]?.backoff ?? Backoff(base: .seconds(2), limit: .seconds(30))
      let wait = isLong ? Duration.seconds(300) : .milliseconds(500) + backoff.next()
      state.resting[name] = Rest(until: .now + wait, backoff: backoff)
    }
  }

  private func attempt(_ task: KeeperTask) async throws(Failure) {
    let market = try await parts.finder.market()
    switch task.work {
    case .consider: try await consider(task, in: market)
    case .draw(let job):
      try await send(
        MarketAct(
          "draw", .jobMarketplace, JobMarketplace.draw, [.bytes(job.jobId.bytes)], in: market,
          onceFor: "\(job.jobId)/\(job.current.index)", subject: "job \(job.jobId)",
          seen: job.block))
    case .claim(let job): try await claim(task, job, in: market)
    case .begin(let job): try await begin(job, in: market)
    case .stop:
      try await engine { engine throws(EngineError) in
        _ = try await engine.cancel(task.id, isOwn: true)
      }
    case .commit(let job, var outcome):
      if outcome.resultHash != nil, let run = try await run(of: job.jobId),
        await isOther(run, than: job, in: market)
      {
        // The result is another job's, and would cost the bond.
        outcome = .couldNotRun
      }
      let commitment = try commitment(to: outcome, of: job.jobId, in: market)
      try await send(
        MarketAct(
          "prove", .proofVerification, ProofVerification.submitProof,
          [.bytes(job.jobId.bytes), .bytes(commitment.hash.bytes)], in: market,
          onceFor: "\(job.jobId)", subject: "job \(job.jobId)", seen: job.block))
      parts.note("job \(job.jobId): committed")
    case .open(let job, let outcome): try await open(job, outcome, in: market)
    case .chore(let chore, let job):
      let id =
        chore == .settle && job.verdict.stage == .challenged ? "\(job.jobId)/1" : "\(job.jobId)"
      try await send(
        MarketAct(
          chore.verb, chore.contract, chore.function, chore.arguments(job.jobId), in: market,
          onceFor: id, subject: "job \(job.jobId)", seen: job.block))
      parts.note("job \(job.jobId): \(Self.told(chore))")
    case .unseal:
      try await engine { engine throws(EngineError) in try await engine.unseal(task.id) }
    case .settle:
      try await engine { engine throws(EngineError) in try await engine.settle(task.id) }
      state.withLock { state in
        state.opened[task.job] = nil
        state.waiting = state.waiting.filter { !$0.key.hasSuffix(" \(task.job)") }
      }
      parts.note("job \(task.job): over")
    case .drop(let why):
      try await engine { engine throws(EngineError) in
        try await engine.drop(task.id, because: why)
      }
      parts.note("job \(task.job): not claimed: \(why)")
    }
  }

  private static func told(_ chore: JobChore) -> String {
    switch chore {
    case .settle: "settled"
    case .distribute: "paid out"
    case .expire(let node): "the claim of \(node) is dropped"
    }
  }

  @discardableResult
  func engine<Value: Sendable>(
    _ body: (Engine) async throws(EngineError) -> Value
  ) async throws(Failure) -> Value {
    do throws(EngineError) { return try await body(parts.engine) } catch {
      throw Failure(.io, "the node's own state: \(error)")
    }
  }

  @discardableResult
  private func send(_ act: MarketAct) async throws(Failure) -> MarketSender.Sent? {
    guard case .sent(let sent) = try await parts.sender.send(act) else { return nil }
    return sent
  }

  // MARK: Steps

  /// Looks at a job's content and terms, and holds it for its claim.
  private func consider(_ task: KeeperTask, in market: Market) async throws(Failure) {
    guard let job = try await market.forRecord().job(task.job, of: [account]) else { return }
    let lease = parts.engine.content.lease()
    defer { lease.release() }
    switch try await parts.consider(market, task.job, lease) {
    case .refused(let why, let mayPass): try await refuse(task, why, mayPass: mayPass)
    case .taken(let submission):
      let isOurs = job.entry(of: account)?.claim.number != nil
      if !isOurs, try await isShown(job, submission.specification, submission.code) {
        try await refuse(task, Self.shownAlready, mayPass: false)
      }
      try await replace(task, with: submission)
      try await engine { engine throws(EngineError) in
        _ = try await engine.submit(submission, written: lease, isOwed: true)
      }
      state.withLock { $0.candidates[task.job, default: Candidate()].terms = job.terms }
    }
  }

  /// Tells people why a job is not taken: of one a minute at most, and how many others there were since.
  private func tellRefusal(of job: Digest32, because why: String) {
    let text = "job \(job) is not taken: \(why)"
    let others = state.withLock { state -> Int? in
      guard !state.told.contains(text) else { return nil }
      let refusals = state.refusals
      if let last = refusals.told, ContinuousClock.now - last < .seconds(60) {
        state.refusals.others += 1
        return nil
      }
      state.told.insert(text)
      state.refusals = (.now, 0)
      return refusals.others
    }
    guard let others else { return parts.detail(text) }
    parts.note(others == 0 ? text : "\(text); \(others) others were not since the last such line")
  }

  /// Leaves a job alone for a while, or for good.
  private func refuse(_ task: KeeperTask, _ why: String, mayPass: Bool) async throws(Failure) {
    tellRefusal(of: task.job, because: why)
    rest("consider \(task.job)", isLong: !mayPass)
    if !mayPass {
      try await engine { engine throws(EngineError) in
        try await engine.drop(task.id, because: "this node does not take it: \(why)")
      }
    }
    // Done, as far as this task goes; it rests by its own name.
    throw Failure(.temporary, "not taken: \(why)", code: "reverted")
  }

  private func claim(_ task: KeeperTask, _ job: MarketJob, in market: Market) async throws(Failure)
  {
    guard let run = try await run(of: job.jobId), let content = run.content else { return }
    do throws(Failure) { try await content.check(job, in: market.forRecord()) } catch {
      if error.code == "other-code" { lookAgain(at: job.jobId) }
      throw error
    }
    if try await isShown(job, run.specification, run.code) {
      try await refuse(task, Self.shownAlready, mayPass: false)
    }
    let act = MarketAct(
      "claim", .jobMarketplace, JobMarketplace.claimJob, [.bytes(job.jobId.bytes)], in: market,
      onceFor: "\(job.jobId)", subject: "job \(job.jobId)", seen: job.block)
    guard let sent = try await send(act) else { return }
    state.withLock { $0.claimedIn = max($0.claimedIn, sent.block) }
    parts.note("job \(job.jobId): claimed")
  }

  private func open(
    _ job: MarketJob, _ outcome: RunOutcome, in market: Market
  ) async throws(Failure) {
    let commitment = try commitment(to: outcome, of: job.jobId, in: market)
    let statement = ResultStatement(
      jobId: job.jobId, node: account, resultHash: commitment.resultHash,
      traceRoot: outcome.traceRoot)
    let signature = parts.signer.sign(
      statement.digest(
        in: ResultStatement.domain(
          chainId: market.chain.chainId, verifier: market.consensusManager)))
    try await send(
      MarketAct(
        "vote", .consensusManager, ConsensusManager.submitVote,
        [
          .bytes(job.jobId.bytes), .bool(commitment.isOfResult),
          .bytes(commitment.resultHash.bytes), .string(commitment.proofCID),
          .bytes(outcome.traceRoot.bytes), .bytes(commitment.salt.bytes), .bytes(signature.bytes),
        ], in: market, onceFor: "\(job.jobId)", subject: "job \(job.jobId)", seen: job.block))
    parts.note("job \(job.jobId): opened")
  }

  /// What an outcome is committed to with.
  func commitment(
    to outcome: RunOutcome, of job: Digest32, in market: Market
  ) throws(Failure) -> Commitment {
    let salt = try parts.salt(market, job)
    do throws(CommitmentError) {
      return try Commitment(
        jobId: job, node: account, resultHash: outcome.resultHash ?? .zero,
        proofCID: outcome.proof, salt: salt)
    } catch {
      throw Failure(.internalError, "job \(job): \(error)")
    }
  }
}

extension KeeperTask {
  /// The job's name on the node.
  var id: JobID { Escrow.name(of: job) }
}
