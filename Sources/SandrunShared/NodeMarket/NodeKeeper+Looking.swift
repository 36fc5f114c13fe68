internal import Ethereum
internal import EthereumRPC
internal import Hashing
internal import Marketplace
internal import MarketplaceClient
internal import NodeAPI
internal import NodeEngine
internal import Proofs
internal import Records
internal import Synchronization
internal import WideInteger

/// Something that is due.
struct KeeperTask: Sendable {
  enum Work: Sendable {
    /// Look at the job and bring its content.
    case consider
    case draw(MarketJob)
    case claim(MarketJob)
    /// Run it: the claim is there.
    case begin(MarketJob)
    /// End a run that would not be over in time.
    case stop
    case commit(MarketJob, RunOutcome)
    case open(MarketJob, RunOutcome)
    case chore(JobChore, MarketJob)
    /// Show what came of it.
    case unseal
    /// The chain is done with it.
    case settle
    /// Nobody will claim it any more: why.
    case drop(String)
  }

  var job: Digest32
  var work: Work
  /// Two tasks of the same name are not done at once.
  var name: String
}

extension NodeKeeper {
  /// So many jobs are asked for at once.
  private static let stretch = 32
  /// So many jobs wait for their claims at most.
  private static let heldLimit = 16

  /// Looks at all jobs that may matter; gives what is due and not in hand.
  func look() async throws(Failure) -> [KeeperTask] {
    let market = try await parts.finder.market().forRecord()
    state.withLock { $0.market = market }
    let runs = try await runs(in: market)
    let ids = Set(runs.keys).union(state.withLock { $0.candidates.keys })
    let questions = ids.sorted { "\($0)" < "\($1)" }.map { MarketQuestion($0, of: [account]) }
    let registration = try await market.registration(of: account)
    if registration == nil {
      tellOnce("\(account) is no node of this marketplace: nothing is claimed until it is")
    }
    var jobs: [MarketJob] = []
    var missed: [KeeperTask] = []
    var head: UInt64 = 0
    for start in stride(from: 0, to: max(questions.count, 1), by: Self.stretch) {
      let part = Array(questions.dropFirst(start).prefix(Self.stretch))
      let look = try await market.look(part)
      head = look.header.number
      for (question, found) in zip(part, look.jobs) {
        switch found {
        case .success(let job?): jobs.append(job)
        case .success(nil): missed += miss(question.jobId, runs[question.jobId])
        case .failure(let failure): tellOnce(failure.message)
        }
      }
    }
    let tasks = missed + judge(jobs, runs, registration, head)
    let now = ContinuousClock.now
    return state.withLock { state in
      state.looks += 1
      return tasks.filter { task in
        if let rest = state.resting[task.name], now < rest.until { return false }
        return state.inHand.insert(task.name).inserted
      }
    }
  }

  /// The jobs that the engine has for this marketplace.
  private func runs(in market: Market) async throws(Failure) -> [Digest32: EscrowedRun] {
    let found: [EscrowedRun]
    do throws(EngineError) { found = try await parts.engine.escrows() } catch {
      throw Failure(.io, "the node's jobs cannot be read: \(error)")
    }
    var runs: [Digest32: EscrowedRun] = [:]
    for run in found {
      guard UInt256(run.escrow.job.chainID) == market.chain.chainId,
        run.escrow.job.contract == market.jobMarketplace
      else {
        tellOnce("job \(run.escrow.job.jobID) is of another marketplace, and is left alone")
        continue
      }
      runs[run.escrow.job.jobID] = run
    }
    return runs
  }

  /// Takes in that the chain has no such job: its post may come, or come back.
  private func miss(_ job: Digest32, _ run: EscrowedRun?) -> [KeeperTask] {
    let isLong = state.withLock { state in
      let since = state.missing[job] ?? .now
      state.missing[job] = since
      let isLong = ContinuousClock.now - since > .seconds(600)
      if isLong { state.candidates[job] = nil }
      return isLong
    }
    guard isLong, let run, run.isHeld else { return [] }
    return [KeeperTask(job: job, work: .drop("its post is not on the chain"), name: "drop \(job)")]
  }

  // MARK: Judging

  private func judge(
    _ jobs: [MarketJob], _ runs: [Digest32: EscrowedRun],
    _ registration: (number: UInt256, node: RegisteredNode)?, _ head: UInt64
  ) -> [KeeperTask] {
    var tasks: [KeeperTask] = []
    var owed: [Digest32: Debt] = [:]
    var open = 0
    var free: [(job: MarketJob, run: EscrowedRun?)] = []
    for job in jobs {
      let run = runs[job.jobId]
      state.withLock { $0.missing[job.jobId] = nil }
      tasks += shown(job, run, head)
      guard let entry = job.entry(of: account), entry.claim.number != nil else {
        free.append((job, run))
        continue
      }
      let (work, debt) = claimed(job, entry, run)
      if debt?.kind == .commitment { open += 1 }
      owed[job.jobId] = debt
      tasks += work.map { KeeperTask(job: job.jobId, work: $0.work, name: $0.name) }
      tasks += chores(of: job, entry)
    }
    let now = ContinuousClock.now
    let (isDraining, claimedIn, resting) = state.withLock { state in
      state.owed = owed
      return (
        state.isDraining, state.claimedIn, Set(state.resting.filter { now < $1.until }.keys)
      )
    }
    var held = runs.values.count(where: \.isHeld)
    for (job, run) in free {
      if run == nil { forgetClosed(job) }
      let work = unclaimed(
        job, run, registration, isDraining: isDraining,
        mayClaim: open < options.maxOpen && head >= claimedIn, mayHold: held < Self.heldLimit)
      for one in work {
        if case .claim = one.work { open += 1 }
        // What was refused a while ago takes nobody's place.
        if case .consider = one.work, run == nil, !resting.contains(one.name) { held += 1 }
        tasks.append(KeeperTask(job: job.jobId, work: one.work, name: one.name))
      }
    }
    return tasks
  }

  /// Lets go of a job that nobody can claim any more; a challenge brings it back.
  private func forgetClosed(_ job: MarketJob) {
    let isOpen = [.running, .challenged].contains(job.verdict.stage)
    guard !isOpen || job.time > job.current.state.claimDeadline else { return }
    state.withLock { state in
      state.candidates[job.jobId] = nil
      state.resting["consider \(job.jobId)"] = nil
      state.waiting = state.waiting.filter { !$0.key.hasSuffix(" \(job.jobId)") }
    }
  }

  /// Whether what came of a job may be seen, and whether the chain is done with it.
  private func shown(_ job: MarketJob, _ run: EscrowedRun?, _ head: UInt64) -> [KeeperTask] {
    let isOver = job.verdict.stage == .paid || job.verdict.stage == .refunded
    if isOver { state.withLock { $0.candidates[job.jobId] = nil } }
    guard let run, !run.isHeld else { return [] }
    let round = job.entry(of: account)?.claim.round ?? 0
    let isOpen =
      isOver
      || job.rounds.indices.contains(round) && isClaimed(job)
        && job.rounds[round].state.openFrom(at: job.time) != nil
    let since = state.withLock { state -> UInt64? in
      guard isOpen else {
        state.opened[job.jobId] = nil
        return nil
      }
      state.opened[job.jobId] = state.opened[job.jobId] ?? head
      return state.opened[job.jobId]
    }
    guard let since, head - min(since, head) + 1 >= options.confirmations else { return [] }
    guard run.state.isFinal else {
      // What nobody can commit to any more is not worth a run.
      guard isOver else { return [] }
      return [KeeperTask(job: job.jobId, work: .stop, name: "stop \(job.jobId)")]
    }
    if run.isSealed {
      return [KeeperTask(job: job.jobId, work: .unseal, name: "unseal \(job.jobId)")]
    }
    guard isOver else { return [] }
    return [KeeperTask(job: job.jobId, work: .settle, name: "close \(job.jobId)")]
  }

  private func isClaimed(_ job: MarketJob) -> Bool {
    job.entry(of: account)?.claim.number != nil
  }
}
