internal import Commands
internal import Ethereum
internal import Hashing
internal import IPFS
internal import Marketplace
internal import MarketplaceClient
internal import NodeAPI
internal import NodeClient
public import Records
internal import Synchronization

extension EscrowedJobs {
  /// Follows a job in escrow until its chain has decided it, or would; brings outputs and proofs of the nodes that agree.
  ///
  /// Throws 1 where there is no result, by a code for each way to have none; 75 where the time is up.
  public func wait(for input: Record) async throws(Failure) -> Record {
    guard let escrow = try input.escrow() else {
      throw Failure(.data, "the record has no \"escrow\"")
    }
    let late = Failure(
      .temporary, "job \(escrow.jobId) is not decided yet", code: "timeout",
      hint: "feed the record to 'sr-job wait' again", isRetryable: true)
    return try await nodes.inTime(late: late) { () throws(Failure) in
      let market = try await self.market(of: escrow)
      let (job, outcome) = try await self.decided(escrow)
      switch outcome {
      case .failed(let reason): throw reason.failure(of: job)
      case .agreed(let hash):
        return try await self.collect(input, job, on: market.forRecord(), agreeing: hash)
      }
    }
  }

  /// Holds until the job is decided.
  private func decided(_ escrow: EscrowMember) async throws(Failure) -> (MarketJob, JobOutcome) {
    let told = TellingOnce(world)
    return try await watch.held(escrow.jobId, awaiting: "its end") { job throws(Failure) in
      guard let job else {
        throw Failure(
          .missingInput, "there is no job \(escrow.jobId) on this chain", code: "no-such-job",
          hint: "is the post in a block already? a reorganisation may have taken it out",
          isRetryable: true)
      }
      told.tell(job)
      return JobOutcome(job).map { (job, $0) }
    }
  }

  /// The record with all that the nodes have which agree.
  private func collect(
    _ input: Record, _ job: MarketJob, on market: Market, agreeing hash: Digest32
  ) async throws(Failure) -> Record {
    let history = try await market.history(of: job)
    var openings: [MarketEvent.Opening] = []
    for entry in job.rounds.flatMap(\.entries) where entry.opening == .result(hash) {
      guard let opening = history.opening(of: entry.node)?.opening, opening.resultHash == hash
      else {
        throw Failure(
          .protocolViolation, "\(entry.node) opened \(hash), and no log says so",
          code: "bad-answer", isRetryable: true)
      }
      openings.append(opening)
    }
    let listed = try await listed(job, on: market, beside: input)
    let asked = listed.endpoints(first: Set(openings.map(\.node)))
    var proofs = try await self.proofs(openings, from: asked)
    let held = proofs.filter { $0.path != nil }
    // Those that were told of are no proof of anything, and not needed where enough are at hand.
    if held.count >= job.posted.quorum { proofs = held }
    let heard = await heard(job, listed, submittedAs: input)
    let agreeing = heard.filter { $0.opening == .result(hash) }
    var result = try await self.result(
      input, hash, job, told: agreeing, proofs: proofs, from: asked)
    result["cost"] = JobCost(job, history, agreeing: hash).json
    let done = try input.settingRun(listed.elements(heard))
      .setting("result", to: .object(result))
      .setting("proofs", to: .array(proofs.map { .object($0.json) }))
    if let id = try input.escrowedID(), try nodes.submissions.find(id) != nil { nodes.keep(done) }
    return done
  }
}

/// Tells people how far a job is, each step once.
private final class TellingOnce: Sendable {
  private let world: World
  private let last = Mutex("")

  init(_ world: World) { self.world = world }

  func tell(_ job: MarketJob) {
    let state = job.current.state
    let phase = job.phase
    let until = phase.until.map { ", until \(Timestamp(blockTime: $0)) at the latest" } ?? ""
    let words =
      "job \(job.jobId) is \(phase.isChallenge ? "challenged, and " : "")\(phase.step.rawValue): "
      + "\(state.claims.count) of \(state.slots) claimed, \(state.committed) committed\(until)"
    let isNew = last.withLock { last in
      defer { last = words }
      return last != words
    }
    if isNew { world.detail(words) }
  }
}
