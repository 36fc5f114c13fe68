internal import ABI
public import Commands
public import Ethereum
internal import EthereumRPC
internal import Hashing
public import Marketplace
public import Records
internal import Sending
internal import Signing
internal import WideInteger

/// Opens what a node committed to, as soon as no other commitment can follow.
public struct Opening: Sendable {
  /// What came of it.
  public enum Outcome: Sendable {
    /// The chain has the opening.
    case opened(EscrowMember.Vote, of: JobResult)
    /// Nothing was sent: what would be, in `tx`; nil where the opening would be held for now.
    case dry(Record?)
  }

  private static let signatureLength = 65
  /// What an opening takes at most, and a little more.
  private static let openingGas: UInt64 = 150_000

  private enum Step: Sendable {
    case done(MarketJob)
    case open(MarketJob)
    case hold
  }

  private let parts: MarketParts
  private let salts: Salts
  private let kept: KeptCommitments
  private let world: World
  /// Who opens.
  public let node: Address

  /// Opens for the account that signs, with its secret in the user's own key store.
  public init(_ parts: MarketParts, in world: World) throws(Failure) {
    self.parts = parts
    self.world = world
    node = try parts.sender.account()
    salts = Salts(node, KeyStore(try world.folders), in: world)
    kept = try KeptCommitments(of: node, in: world)
  }

  /// Opens a commitment to the job that a record's `escrow` names, holding until openings are allowed.
  ///
  /// What was kept at the commitment is opened where the result is another run's, or nil. Throws 65 where the record says
  /// another result than was committed, 1 where there is nothing to open or its time is
  /// over, 75 where the time is up.
  public func open(
    _ escrow: EscrowMember, _ given: JobResult?, within limit: Duration? = nil
  ) async throws(Failure) -> Outcome {
    let market = try await parts.finder.market()
    try escrow.check(market)
    let end = limit.map { ContinuousClock.now + $0 }
    let first = try await parts.watch.claimed(escrow, by: node, within: limit)
    if first.entry(of: node)?.commitment == nil,
      !escrow.commitments.contains(where: { $0.node == node })
    {
      throw .noCommitment(first.jobId, node)
    }
    let salt = try salts.salt(of: first.jobId, in: market, mayMake: false)
    let made =
      first.entry(of: node)?.commitment
      ?? escrow.commitments.last { $0.node == node }?.commitment
    let result = try committed(given, first.jobId, made, salt, in: market)
    let commitment = try result.commitment(to: first.jobId, of: node, salt: salt)
    let isTold = escrow.commitments.contains { $0.node == node && $0.commitment == commitment.hash }
    let held = try await parts.watch.held(
      first.jobId, of: [node], within: end.map { $0 - .now }, awaiting: "the time of openings"
    ) { (job) throws(Failure) -> Step? in
      guard let job else { throw Failure.notPosted(escrow.jobId) }
      let step = try step(job, commitment.hash, isTold: isTold)
      if case .hold = step, !parts.sender.isDryRun { return nil }
      return step
    }
    switch held {
    case .hold:
      world.note("job \(first.jobId) would be held: openings are not allowed yet")
      return .dry(nil)
    case .done(let job):
      return .opened(try await opened(job, in: market), of: result)
    case .open(let job): return try await open(job, result, salt, in: market)
    }
  }

  /// What a commitment is to: the result itself, or the one that was kept.
  private func committed(
    _ given: JobResult?, _ jobId: Digest32, _ made: Digest32?, _ salt: Digest32, in market: Market
  ) throws(Failure) -> JobResult {
    if let given, try given.commitment(to: jobId, of: node, salt: salt).hash == made {
      return given
    }
    guard let known = try kept.result(of: jobId, in: market) else {
      guard given != nil else { throw .noCommitment(jobId, node) }
      throw .otherCommitment(jobId, node)
    }
    guard given.map(known.mayStand) ?? true,
      try known.commitment(to: jobId, of: node, salt: salt).hash == made
    else { throw .otherCommitment(jobId, node) }
    return known
  }

  /// What can be done at a block.
  private func step(
    _ job: MarketJob, _ commitment: Digest32, isTold: Bool
  ) throws(Failure) -> Step {
    func no(_ reason: String, _ code: String = "too-late") -> Failure {
      Failure(.answerNo, "\(node) cannot open job \(job.jobId): \(reason)", code: code)
    }
    guard let entry = job.entry(of: node), entry.claim.number != nil else {
      throw .noClaim(job.jobId, node)
    }
    guard let made = entry.commitment else {
      // One endpoint may lack the block of a commitment that another told of.
      if isTold, entry.claim.isLive, job.time <= entry.claim.deadline { return .hold }
      throw no("it committed to nothing", "no-commitment")
    }
    guard made == commitment else { throw .otherCommitment(job.jobId, node) }
    if entry.opening != .none { return .done(job) }
    guard [.running, .challenged].contains(job.verdict.stage),
      entry.claim.round == job.current.index
    else { throw no("its round is settled") }
    let round = job.current.state
    guard let deadline = round.openDeadline(at: job.time) else { return .hold }
    guard round.index > 0 || round.committed >= round.quorum else {
      throw no(
        "\(round.committed) of the \(round.quorum) nodes that must agree have committed, and no more can",
        "too-few-commitments")
    }
    guard job.time <= deadline else {
      throw no("the time for it was over at \(Timestamp(blockTime: deadline))")
    }
    return .open(job)
  }

  // MARK: The transaction

  private func open(
    _ job: MarketJob, _ result: JobResult, _ salt: Digest32, in market: Market
  ) async throws(Failure) -> Outcome {
    let statement = ResultStatement(
      jobId: job.jobId, node: node, resultHash: result.resultHash ?? .zero,
      traceRoot: result.traceRoot)
    let signature = try signature(statement, result.signature, in: market)
    var act = MarketAct(
      "vote", .consensusManager, ConsensusManager.submitVote,
      [
        .bytes(job.jobId.bytes), .bool(result.resultHash != nil),
        .bytes(statement.resultHash.bytes), .string(result.proofCID),
        .bytes(statement.traceRoot.bytes), .bytes(salt.bytes),
        .bytes(signature?.bytes ?? [UInt8](repeating: 0, count: Self.signatureLength)),
      ], in: market, onceFor: "\(job.jobId)", subject: "job \(job.jobId)", seen: job.block)
    if signature == nil {
      // No estimate: the contract refuses zeros.
      act.gas = Self.openingGas
      world.note(
        "job \(job.jobId): nothing is signed in a dry run; zeros stand for the signature, and \(Self.openingGas) gas for an estimate"
      )
    }
    switch try await parts.sender.send(act) {
    case .dry(let record): return .dry(record)
    case .sent(let sent):
      return .opened(
        EscrowMember.Vote(
          node: node, round: job.current.index, accept: result.resultHash != nil,
          resultHash: statement.resultHash, proofCid: result.proofCID,
          traceRoot: statement.traceRoot, tx: sent.tx), of: result)
    }
  }

  /// The proof's own signature where it is of this job, else one made now; nil in a dry run, which asks no signer.
  private func signature(
    _ statement: ResultStatement, _ known: Signature?, in market: Market
  ) throws(Failure) -> Signature? {
    let domain = ResultStatement.domain(
      chainId: market.chain.chainId, verifier: market.consensusManager)
    let digest = statement.digest(in: domain)
    if let known, known.isValid(for: digest, by: node) { return known }
    guard !parts.sender.isDryRun else { return nil }
    return try parts.signatory.sign(
      digest, as: node, of: Record(["typedData": statement.typedData(in: market)]))
  }

  /// The opening that the chain has already.
  private func opened(
    _ job: MarketJob, in market: Market
  ) async throws(Failure) -> EscrowMember.Vote {
    let history = try await market.forRecord().history(of: job)
    guard let (event, opening) = history.opening(of: node) else {
      throw .noLog("an opening", job.jobId, node)
    }
    return EscrowMember.Vote(
      node: node, round: opening.round, accept: opening.resultHash != nil,
      resultHash: opening.resultHash ?? .zero, proofCid: opening.proofCID,
      traceRoot: opening.traceRoot, tx: event.tx)
  }
}

extension ResultStatement {
  /// The statement as EIP-712 data, for a signer that wants to know what it signs.
  fileprivate func typedData(in market: Market) -> JSON {
    func members(_ list: [(String, String)]) -> JSON {
      .array(list.map { ["name": .string($0.0), "type": .string($0.1)] })
    }
    return [
      "types": [
        "EIP712Domain": members([
          ("name", "string"), ("version", "string"), ("chainId", "uint256"),
          ("verifyingContract", "address"),
        ]),
        "Result": members([
          ("jobId", "bytes32"), ("node", "address"), ("resultHash", "bytes32"),
          ("traceRoot", "bytes32"),
        ]),
      ],
      "primaryType": "Result",
      "domain": [
        "name": "Sandrun", "version": "1", "chainId": .string("\(market.chain.chainId)"),
        "verifyingContract": .string("\(market.consensusManager)"),
      ],
      "message": [
        "jobId": .string("\(jobId)"), "node": .string("\(node)"),
        "resultHash": .string("\(resultHash)"), "traceRoot": .string("\(traceRoot)"),
      ],
    ]
  }
}
