internal import ABI
public import Commands
internal import Ethereum
internal import EthereumRPC
internal import Hashing
public import Marketplace
public import Records
internal import WideInteger

/// Posts jobs, each once: a job that we have posted already is taken up.
public struct JobPoster: Sendable {
  /// What `draw` takes at most, and half as much again: it is sent before a block comes in which it would succeed.
  private static let drawGas: UInt64 = 90_000

  private let market: Market
  private let sender: MarketSender
  private let world: World

  /// Posts to a marketplace by an account's transactions.
  public init(_ market: Market, _ sender: MarketSender, in world: World) {
    (self.market, self.sender, self.world) = (market, sender, world)
  }

  /// What came of a post.
  public enum End: Sendable {
    /// The job is in escrow.
    case posted(EscrowMember)
    /// Nothing is sent, since nothing is to be: the record of what would be is in `tx`.
    case dry(Record)
  }

  /// Posts a job and pays for it; with `draws`, has its nodes drawn.
  ///
  /// Throws 1 where the account has not so much, 65 where it has posted the job on other terms.
  public func post(
    _ posting: JobPosting, draws: Bool, into known: EscrowMember? = nil
  ) async throws(Failure) -> End {
    let account = try sender.account()
    let jobId = try posting.key(in: market, by: account).jobId
    let look = try await market.forRecord().look([MarketQuestion(jobId)])
    if let job = try look.jobs[0].get() {
      let escrow = try await taken(job, posting, into: known)
      if sender.isDryRun {
        world.note("would send nothing: \(account) has posted job \(jobId) already")
      } else if draws {
        await draw(job)
      }
      return .posted(escrow)
    }
    let purse = Purse(market, sender)
    let value: UInt256
    switch try await purse.opened(
      for: posting.terms.payment, of: posting.terms.token, "the payment",
      id: "post/\(posting.job.id)")
    {
    case .ready(let wei): value = wei
    case .approvalFirst(let record):
      world.note("would then post job \(jobId): what that costs is known once the token is told")
      return .dry(record)
    }
    let key = try posting.key(in: market, by: account)
    let act = MarketAct(
      "post", .jobMarketplace, JobMarketplace.submitJob, posting.arguments(key), value: value,
      in: market, onceFor: posting.job.id, subject: "job \(jobId)", seen: look.header.number)
    switch try await sender.send(act) {
    case .dry(let record): return .dry(record)
    case .sent(let sent):
      let job = try await there(jobId, behind: sent.block)
      let escrow = try await taken(job, posting, into: known)
      if draws { await draw(job) }
      return .posted(escrow)
    }
  }

  /// The job as the chain has it, once its post is in a block.
  private func there(
    _ jobId: Digest32, behind block: UInt64
  ) async throws(Failure) -> MarketJob {
    guard let job = try await market.forRecord().job(jobId) else {
      throw Failure(
        .temporary, "the post of job \(jobId) is in block \(block), and the node has no such job",
        code: "node-behind", hint: "run it again: it takes up the post that was made")
    }
    return job
  }

  /// The escrow of a job that is posted; throws where it was posted on other terms.
  private func taken(
    _ job: MarketJob, _ posting: JobPosting, into known: EscrowMember?
  ) async throws(Failure) -> EscrowMember {
    let history = try await market.forRecord().history(of: job)
    guard case .posted(_, _, let code, let payment)? = history.posted?.content else {
      throw Failure(
        .protocolViolation, "job \(job.jobId) is posted, and the node has no log of its post",
        code: "bad-answer", hint: "a node that keeps logs has it; see --rpc-url")
    }
    if let difference = posting.difference(from: job.posted, code: code, payment: payment) {
      throw Failure(
        .data, "job \(job.jobId) is posted already, on other terms: \(difference)",
        code: "posted-otherwise",
        hint:
          "'sr-chain show \(job.jobId)' shows them; 'sr-job new' makes a job with an ID of its own")
    }
    var escrow = if let known { known } else { try EscrowMember(job.jobId, in: market) }
    escrow.add(job)
    escrow.add(history.events)
    return escrow
  }

  // MARK: The draw

  /// Has the nodes drawn while the chain still tells the hash of the post's block; what fails of it is told, no more.
  private func draw(_ job: MarketJob) async {
    let round = job.current
    guard round.terms.slots > 1, round.terms.seed == nil,
      job.time <= round.state.claimDeadline, !job.posted.isClosed
    else { return }
    var act = MarketAct(
      "draw", .jobMarketplace, JobMarketplace.draw, [.bytes(job.jobId.bytes)], in: market,
      onceFor: "\(job.jobId)", subject: "job \(job.jobId)", seen: job.block)
    // An estimate would be one for the post's own block, which refuses it.
    act.gas = Self.drawGas
    act.isMain = false
    do throws(Failure) { _ = try await sender.send(act) } catch {
      let now = try? await market.forRecord().job(job.jobId)
      guard now?.current.terms.seed == nil else { return }
      world.note(
        "job \(job.jobId): its nodes are not drawn yet (\(error.message)); the first to claim draws"
      )
    }
  }
}

extension JobPosting {
  /// In what a job on the chain differs from this; nil where it is the same.
  ///
  /// What arrived of a token may be less than was sent: some keep a part.
  fileprivate func difference(
    from posted: PostedJob, code: String, payment: UInt256
  ) -> String? {
    if code != self.code { return "the code is \(code) there, and \(self.code) here" }
    var theirs = JobTerms(posted)
    theirs.payment = payment
    var ours = terms
    if ours.token != nil { ours.payment = min(ours.payment, payment) }
    if ours.payment < payment { return "the payment is \(payment) there, and \(ours.payment) here" }
    return ours.difference(from: theirs)
  }
}
