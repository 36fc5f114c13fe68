internal import ABI
public import Commands
public import Ethereum
internal import EthereumRPC
internal import Hashing
public import Marketplace
public import Records
internal import Sending
internal import WideInteger

/// Takes slots of jobs for a node: each once, as soon as the draw admits it, and no more at a time than it can run.
public struct Claiming: Sendable {
  /// By what a node binds itself.
  public struct Limits: Sendable {
    /// So many claims may lack a commitment, this one included.
    public var maxOpen: Int
    /// So many blocks must hold the post, or the challenge, or lie on it: its own is the first.
    public var confirmations: UInt64

    /// The usual depth of a post.
    public static let usualConfirmations: UInt64 = 3

    /// One claim at a time, of a post with two blocks on it.
    public init(maxOpen: Int = 1, confirmations: UInt64 = usualConfirmations) {
      (self.maxOpen, self.confirmations) = (maxOpen, confirmations)
    }
  }

  /// What came of a claim.
  public enum Outcome: Sendable {
    /// The node has a slot.
    case claimed(EscrowMember.Claim)
    /// Nothing was sent: what would be, in `tx`; nil where the claim would be held for now.
    case dry(Record?)
  }

  let parts: MarketParts
  let limits: Limits
  let world: World
  /// One claim is made at a time: the next one must see it.
  private let gate = Gate()
  private let open: OpenClaims
  /// Whose claims they are.
  public let node: Address

  /// Claims for the account that signs.
  public init(_ parts: MarketParts, _ limits: Limits = Limits(), in world: World) throws(Failure) {
    self.parts = parts
    self.limits = limits
    self.world = world
    node = try parts.sender.account()
    open = OpenClaims(of: node)
  }

  /// Takes a slot of the job that a record's `escrow` names, holding until the draw admits the node and a run is free.
  ///
  /// Throws 65 where the chain has other terms, code or specification than the record, 1 where the node cannot have a slot any more, 75 where the
  /// time is up.
  public func claim(
    _ escrow: EscrowMember, of content: JobContent, within limit: Duration? = nil
  ) async throws(Failure) -> Outcome {
    let market = try await parts.finder.market()
    try escrow.check(market)
    guard let number = try await market.forRecord().registration(of: node)?.number else {
      throw Failure(
        .answerNo, "\(node) operates no node of NodeRegistry \(market.nodeRegistry)",
        code: "not-a-node", hint: "'sr-node register' makes it one")
    }
    let end = limit.map { ContinuousClock.now + $0 }
    let judge = ClaimJudge(escrow: escrow, node: node, number: number, limits: limits)
    _ = try await parts.watch.existing(escrow.jobId, within: limit)
    var seen: Digest32?
    while true {
      let step = try await parts.watch.held(
        escrow.jobId, of: [node], after: seen, within: end.map { $0 - .now },
        awaiting: "its turn to be claimed"
      ) { (job) throws(Failure) in
        let step = try judge.step(job)
        return step.isHolding && !parts.sender.isDryRun ? nil : step
      }
      switch step {
      case .done(let job): return .claimed(try await claimed(job, in: market))
      case .hold(let reason):
        world.note("job \(escrow.jobId) would be held: \(reason)")
        return .dry(nil)
      case .draw(let job):
        if case .dry(let record)? = try await draw(job, in: market) { return .dry(record) }
        seen = job.blockHash
      case .claim(let job):
        seen = job.blockHash
        if let outcome = try await claim(judge, content, market) { return outcome }
      }
    }
  }

  // MARK: The draw

  /// Keeps the hash that admits nodes, where nobody else was faster.
  private func draw(
    _ job: MarketJob, in market: Market
  ) async throws(Failure) -> MarketSender.Outcome? {
    let round = job.current.index
    let act = MarketAct(
      "draw", .jobMarketplace, JobMarketplace.draw, [.bytes(job.jobId.bytes)], in: market,
      onceFor: "\(job.jobId)/\(round)", subject: "job \(job.jobId)", seen: job.block)
    do throws(Failure) { return try await parts.sender.send(act) } catch {
      guard error.code == "reverted" else { throw error }
      world.detail(error.message)
      return nil
    }
  }

  // MARK: The claim

  /// Claims, where fewer claims lack a commitment than may; nil where the chain must be looked at again.
  private func claim(
    _ judge: ClaimJudge, _ content: JobContent, _ market: Market
  ) async throws(Failure) -> Outcome? {
    try await gate.enter()
    defer { gate.leave() }
    let jobId = judge.escrow.jobId
    // Whoever was in here before may have taken long.
    guard case .claim(let job) = try judge.step(try await market.forRecord().job(jobId, of: [node]))
    else { return nil }
    guard let registered = try await market.forRecord().registration(of: node)?.node else {
      return nil
    }
    let others = try await open.jobs(in: market.forRecord(), registered)
    guard others.count < limits.maxOpen else {
      world.detail("job \(jobId) waits: \(others.count) claims lack a commitment: \(others[0]) …")
      if parts.sender.isDryRun {
        world.note("job \(jobId) would be held: \(others.count) claims lack a commitment")
        return .dry(nil)
      }
      return nil
    }
    try judge.check(registered, job)
    try await content.check(job, in: market)
    let act = MarketAct(
      "claim", .jobMarketplace, JobMarketplace.claimJob, [.bytes(jobId.bytes)], in: market,
      onceFor: "\(jobId)", subject: "job \(jobId)", seen: job.block)
    switch try await parts.sender.send(act) {
    case .dry(let record): return .dry(record)
    case .sent(let sent):
      for event in try MarketEvent.events(of: jobId, in: sent.receipt, on: market) {
        if let claim = event.claim(of: node) { return .claimed(claim) }
      }
      throw Failure(
        .protocolViolation, "\(sent.tx) claims job \(jobId), and no log of it says so",
        code: "bad-answer")
    }
  }

  /// The claim that the chain has already, with the transaction that made it.
  private func claimed(
    _ job: MarketJob, in market: Market
  ) async throws(Failure) -> EscrowMember.Claim {
    let history = try await market.forRecord().history(of: job)
    guard let claim = history.claim(of: node)?.claim(of: node) else {
      throw Failure(
        .protocolViolation, "job \(job.jobId) has a claim of \(node), and no log of it",
        code: "bad-answer")
    }
    return claim
  }
}

extension MarketEvent {
  /// The element of `claims` that it tells, where it is a node's claim.
  func claim(of node: Address) -> EscrowMember.Claim? {
    guard case .claimed(node, let number, let round, let deadline) = content else { return nil }
    return EscrowMember.Claim(
      node: node, number: number, round: round, tx: tx, deadline: deadline)
  }
}
