internal import Ethereum
internal import Hashing
internal import Marketplace
internal import MarketplaceClient
internal import NodeAPI
internal import NodeEngine
internal import Records
internal import Synchronization
internal import WideInteger

extension NodeKeeper {
  typealias Due = (work: KeeperTask.Work, name: String)

  // MARK: Jobs that the node has claimed

  /// What a claim asks for now, and what is owed for it.
  func claimed(
    _ job: MarketJob, _ entry: MarketJob.Entry, _ run: EscrowedRun?
  ) -> (work: [Due], debt: Debt?) {
    let id = job.jobId
    state.withLock { $0.candidates[id] = nil }
    guard entry.claim.isLive else {
      tellOnce("job \(id): its claim expired without a commitment, and the bond is lost")
      return (run.map { $0.state.isFinal } ?? true ? [] : [(.stop, "stop \(id)")], nil)
    }
    guard let commitment = entry.commitment else {
      return toCommit(job, entry.claim, run)
    }
    guard entry.opening == .none, job.rounds.indices.contains(entry.claim.round) else {
      return ([], nil)
    }
    let round = job.rounds[entry.claim.round].state
    let isCurrent = entry.claim.round == job.current.index
    guard isCurrent, [.running, .challenged].contains(job.verdict.stage) else { return ([], nil) }
    guard round.openFrom(at: job.time) != nil, let deadline = round.openDeadline(at: job.time)
    else {
      return ([], Debt(job: id, kind: .opening, deadline: Self.lastOpening(round), isDue: false))
    }
    guard job.time <= deadline else {
      tellOnce("job \(id): its commitment was not opened in time, and the bond is lost")
      return ([], nil)
    }
    guard let outcome = outcome(of: commitment, job, run) else {
      tellOnce(
        "job \(id): what was committed to is not known here, and cannot be opened: is this the node's own state and secret?"
      )
      return ([], nil)
    }
    return (
      [(.open(job, outcome), "vote \(id)")],
      Debt(job: id, kind: .opening, deadline: deadline, isDue: true)
    )
  }

  private func toCommit(
    _ job: MarketJob, _ claim: JobClaim, _ run: EscrowedRun?
  ) -> (work: [Due], debt: Debt?) {
    let id = job.jobId
    guard job.time <= claim.deadline, claim.round == job.current.index else {
      tellOnce("job \(id): no commitment was made in time, and the bond is lost")
      return (run.map { $0.state.isFinal } ?? true ? [] : [(.stop, "stop \(id)")], nil)
    }
    let reserve = min(options.reserve, job.posted.windows.commit / 4)
    let isLate = claim.deadline - job.time <= reserve
    let debt = Debt(
      job: id, kind: .commitment, deadline: claim.deadline,
      isDue: isLate || run?.outcome != nil)
    guard let run else {
      // Its content is brought anew; where nobody gives it, "could not run" is said in time.
      return (
        isLate ? [(.commit(job, .couldNotRun), "prove \(id)")] : [(.consider, "consider \(id)")],
        debt
      )
    }
    if let outcome = run.outcome { return ([(.commit(job, outcome), "prove \(id)")], debt) }
    if isLate { return ([(.stop, "stop \(id)")], debt) }
    return (run.isHeld ? [(.begin(job), "begin \(id)")] : [], debt)
  }

  /// What a commitment on the chain is to; nil where it is none of ours.
  func outcome(of commitment: Digest32, _ job: MarketJob, _ run: EscrowedRun?) -> RunOutcome? {
    let outcomes = [run?.outcome ?? .couldNotRun, .couldNotRun]
    return outcomes.first { outcome in
      guard let market = state.withLock({ $0.market }),
        let made = try? self.commitment(to: outcome, of: job.jobId, in: market)
      else { return false }
      return made.hash == commitment
    }
  }

  /// The last second in which openings could be allowed, as far as it is known before they are.
  private static func lastOpening(_ round: RoundState) -> UInt64 {
    let last = round.claims.filter { !$0.isCommitted }.map(\.deadline)
      .reduce(max(round.claimDeadline, round.lastCommitment), max)
    return last.addingReportingOverflow(round.windows.open).partialValue
  }

  // MARK: What anyone may do

  /// What moves a job on in which the node has a stake; each node waits a little longer than the one before it.
  func chores(of job: MarketJob, _ entry: MarketJob.Entry) -> [KeeperTask] {
    let rank = job.rounds.flatMap(\.entries).firstIndex { $0.node == account } ?? 0
    return job.chores.compactMap { chore in
      if case .distribute = chore, !isPaid(entry, by: job.verdict) { return nil }
      return waited(for: chore, of: job, rank: rank)
    }
  }

  private func isPaid(_ entry: MarketJob.Entry, by verdict: JobVerdict) -> Bool {
    guard case .result(let hash) = entry.opening else { return false }
    return hash == verdict.resultHash
  }

  func waited(for chore: JobChore, of job: MarketJob, rank: Int) -> KeeperTask? {
    let name = "\(chore.verb)/\(job.current.index) \(job.jobId)"
    let since = state.withLock { state in
      let since = state.waiting[name] ?? .now
      state.waiting[name] = since
      return since
    }
    guard ContinuousClock.now - since >= .seconds(3) * rank else { return nil }
    return KeeperTask(job: job.jobId, work: .chore(chore, job), name: name)
  }

  // MARK: Jobs that the node has not claimed

  /// What is to be done for a slot of a job.
  func unclaimed(
    _ job: MarketJob, _ run: EscrowedRun?,
    _ registration: (number: UInt256, node: RegisteredNode)?, isDraining: Bool, mayClaim: Bool,
    mayHold: Bool
  ) -> [Due] {
    let id = job.jobId
    if let run, !run.isHeld {
      // The chain took its claim back: it is claimed again where it can be.
      guard !run.state.isFinal || run.outcome?.resultHash != nil else { return [] }
    }
    let round = job.current
    let isRunning = [.running, .challenged].contains(job.verdict.stage)
    guard isRunning, job.time <= round.state.claimDeadline,
      round.state.committed < round.terms.slots
    else {
      guard let run, run.isHeld else { return [] }
      return [(.drop("no slot was free as long as it could be claimed"), "drop \(id)")]
    }
    guard !isDraining else {
      guard let run, run.isHeld, state.withLock({ $0.isLeaving }) else { return [] }
      return [(.drop("this node claims nothing more"), "drop \(id)")]
    }
    guard let registration, registration.node.isActive,
      registration.number <= job.posted.registered, job.submitter != account,
      job.posted.challenger != account, registration.node.owner != job.submitter,
      registration.node.owner != job.posted.challenger
    else {
      guard let run, run.isHeld else { return [] }
      return [(.drop("this node cannot claim it"), "drop \(id)")]
    }
    var due: [Due] = []
    let isFull = round.entries.count >= round.terms.slots
    if isFull {
      for case .expire(let node) in job.chores {
        if let task = waited(for: .expire(node), of: job, rank: 1) {
          due.append((task.work, task.name))
        }
      }
    }
    let known = state.withLock { $0.candidates[id]?.terms }
    guard let run, let terms = known, terms.difference(from: job.terms) == nil else {
      if run != nil || mayHold { due.append((.consider, "consider \(id)")) }
      return due
    }
    guard !isFull, mayClaim, registration.node.freeStake >= job.posted.bond else { return due }
    _ = run
    return due + turn(job, registration.number)
  }

  /// What the draw allows.
  private func turn(_ job: MarketJob, _ number: UInt256) -> [Due] {
    let round = job.current
    let depth = job.block >= round.terms.startedIn ? job.block - round.terms.startedIn + 1 : 0
    if round.terms.slots > 1 {
      guard let seed = round.terms.seed else {
        // Any node may draw; the others wait a little for the one whose turn it is.
        guard depth > 1 else { return [] }
        let name = "draw/\(round.index) \(job.jobId)"
        let since = state.withLock { state in
          let since = state.waiting[name] ?? .now
          state.waiting[name] = since
          return since
        }
        let rank = Int(truncatingIfNeeded: number.low % 4)
        guard ContinuousClock.now - since >= .seconds(2) * rank else { return [] }
        return [(.draw(job), name)]
      }
      let admitted = Sortition.admittedFrom(
        seed: seed, number: number, startedAt: round.terms.startedAt,
        claimWindow: job.posted.windows.claim)
      guard job.time >= admitted else { return [] }
    }
    guard depth >= options.confirmations else { return [] }
    // One at a time: the next one must see it.
    return [(.claim(job), "claim")]
  }
}
