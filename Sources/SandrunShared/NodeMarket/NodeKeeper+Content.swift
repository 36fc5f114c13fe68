internal import Hashing
internal import IPFS
internal import Marketplace
internal import MarketplaceClient
internal import NodeAPI
internal import NodeEngine
internal import Records
internal import Synchronization
internal import Timing

/// What a node is about to run is what was posted: a reorganisation can bring a post back with other code.
extension NodeKeeper {
  /// Why a job is not taken whose result was seen.
  static let shownAlready = "this node has run the very same job, and its result may be known"

  /// A job as the engine has it now.
  func run(of job: Digest32) async throws(Failure) -> EscrowedRun? {
    try await engine { engine throws(EngineError) in
      try await engine.escrow(Escrow.name(of: job))
    }
  }

  /// Has a job looked at anew: its post is another one than it was.
  func lookAgain(at job: Digest32) {
    state.withLock { state in
      state.candidates[job] = Candidate(content: state.candidates[job]?.content)
      state.resting["consider \(job)"] = nil
    }
    bell.ring()
  }

  /// Whether the chain says for sure that something else is to be run.
  func isOther(
    _ run: EscrowedRun, than job: MarketJob, in market: Market
  ) async -> Bool {
    guard let content = run.content else { return false }
    do throws(Failure) {
      try await content.check(job, in: market.forRecord())
      return false
    } catch {
      parts.detail(error.message)
      return error.code == "other-code"
    }
  }

  /// Lets a claimed job be run, where it is still the one that was posted.
  func begin(_ job: MarketJob, in market: Market) async throws(Failure) {
    let id = Escrow.name(of: job.jobId)
    guard let run = try await run(of: job.jobId), run.isHeld else { return }
    guard await isOther(run, than: job, in: market) else {
      return try await engine { engine throws(EngineError) in try await engine.begin(id) }
    }
    try await engine { engine throws(EngineError) in
      try await engine.drop(id, because: Self.postedAnew)
    }
    lookAgain(at: job.jobId)
  }

  /// Lets go of a held job that is another now, so that it can be taken up again.
  func replace(_ task: KeeperTask, with submission: Submission) async throws(Failure) {
    guard let run = try await run(of: task.job), run.isHeld,
      run.code?.v1 != submission.code.v1 || run.specification != submission.specification
    else { return }
    parts.note("job \(task.job): its post came back with other code, and is looked at again")
    try await engine { engine throws(EngineError) in
      try await engine.drop(task.id, because: Self.postedAnew)
    }
  }

  private static let postedAnew = "its post came back with other code"

  /// Whether another job that began here shows what would come of this one.
  ///
  /// In a challenge's round the first results are known to all, and whoever wants a wrong verdict to stand must not be able to
  /// keep nodes from judging it.
  func isShown(
    _ job: MarketJob, _ specification: CID?, _ code: CID?
  ) async throws(Failure) -> Bool {
    guard job.current.index == 0, let specification, let code else { return false }
    let id = Escrow.name(of: job.jobId)
    return try await engine { engine throws(EngineError) in
      try await engine.hasBegun(specification, code, besides: id)
    }
  }
}

extension EscrowedRun {
  /// What the log of its post must say.
  var content: JobContent? {
    guard let code, let digest = specification?.sha256 else { return nil }
    return JobContent(code: code, specification: digest)
  }
}
