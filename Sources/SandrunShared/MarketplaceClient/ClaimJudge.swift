internal import Ethereum
internal import Hashing
internal import Marketplace
internal import Records
internal import WideInteger

/// What a node does next to have a slot of a job, by the chain alone.
struct ClaimJudge: Sendable {
  enum Step: Sendable {
    /// It has one.
    case done(MarketJob)
    /// Nobody has kept the hash that admits nodes.
    case draw(MarketJob)
    /// It may claim.
    case claim(MarketJob)
    /// It must wait: why, for people.
    case hold(String)

    var isHolding: Bool { if case .hold = self { true } else { false } }
  }

  let escrow: EscrowMember
  let node: Address
  let number: UInt256
  let limits: Claiming.Limits

  /// Throws 1 where there is nothing to be had any more, 65 where the chain tells other terms than the record.
  func step(_ job: MarketJob?) throws(Failure) -> Step {
    guard let job else { throw .notPosted(escrow.jobId) }
    if let entry = job.entry(of: node), entry.claim.number != nil {
      guard entry.claim.isLive else {
        throw no("its claim expired without a commitment, and a node claims a job once", "expired")
      }
      return .done(job)
    }
    try escrow.check(job)
    let round = job.current
    guard [.running, .challenged].contains(job.verdict.stage), !job.posted.isClosed else {
      throw no("it is settled: there is nothing left to claim", "too-late")
    }
    guard job.time <= round.state.claimDeadline else {
      throw no("its claim window is over", "too-late")
    }
    guard number <= job.posted.registered else {
      throw no("it was posted before \(node) was registered", "not-admitted")
    }
    guard node != job.submitter, node != job.posted.challenger else {
      throw no("its submitter and its challenger cannot be its nodes", "not-admitted")
    }
    guard round.entries.count < round.terms.slots else {
      throw no("all \(round.terms.slots) slots are taken", "no-slot")
    }
    if round.terms.slots > 1, round.terms.seed == nil {
      // The contract has no hash of a block before the next one.
      return job.block > round.terms.startedIn ? .draw(job) : .hold("it has not been drawn yet")
    }
    let depth = job.block >= round.terms.startedIn ? job.block - round.terms.startedIn + 1 : 0
    guard depth >= limits.confirmations else {
      return .hold("\(depth) of \(limits.confirmations) blocks hold its post")
    }
    if let seed = round.terms.seed, round.terms.slots > 1 {
      let admitted = Sortition.admittedFrom(
        seed: seed, number: number, startedAt: round.terms.startedAt,
        claimWindow: job.posted.windows.claim)
      guard job.time >= admitted else {
        return .hold("the draw admits \(node) in \(admitted - job.time) s")
      }
    }
    return .claim(job)
  }

  /// Refuses a node that could not bind the bond.
  func check(_ registered: RegisteredNode, _ job: MarketJob) throws(Failure) {
    guard registered.isActive else {
      throw no("node \(number) has retired", "not-a-node")
    }
    guard registered.owner != job.submitter, registered.owner != job.posted.challenger else {
      throw no("its submitter and its challenger cannot own its nodes", "not-admitted")
    }
    guard registered.freeStake >= job.posted.bond else {
      throw no(
        "its bond is \(Amount.shown(job.posted.bond)), and \(Amount.shown(registered.freeStake)) of the stake of \(node) is free",
        "no-stake")
    }
  }

  private func no(_ reason: String, _ code: String) -> Failure {
    Failure(.answerNo, "job \(escrow.jobId) cannot be claimed: \(reason)", code: code)
  }
}

extension Failure {
  /// A job that the chain does not have: 75, since a post may still come, or come back.
  static func notPosted(_ jobId: Digest32) -> Failure {
    Failure(
      .temporary, "there is no job \(jobId) on the chain", code: "no-such-job",
      hint: "its post is not in a block yet, or a reorganisation took it")
  }
}

extension MarketWatch {
  /// How long a job may be unknown: one endpoint may lack a block that another told of.
  static let grace = Duration.seconds(15)

  /// The job, once the chain has it; throws 75 where it does not come.
  func existing(
    _ jobId: Digest32, of nodes: [Address] = [], within limit: Duration?
  ) async throws(Failure) -> MarketJob {
    do throws(Failure) {
      return try await held(
        jobId, of: nodes, within: min(limit ?? Self.grace, Self.grace), awaiting: "the job"
      ) { (job) throws(Failure) in job }
    } catch {
      guard error.code == "not-yet" else { throw error }
      throw .notPosted(jobId)
    }
  }
}
