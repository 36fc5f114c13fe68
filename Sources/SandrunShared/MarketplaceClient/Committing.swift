internal import ABI
public import Commands
public import Ethereum
internal import EthereumRPC
internal import Hashing
public import Marketplace
public import Records
internal import Sending
internal import Signing

/// Commits a node to what it found out, unseen: the result, or that it could not run the job.
public struct Committing: Sendable {
  /// What came of it.
  public enum Outcome: Sendable {
    /// The chain has the commitment.
    case committed(EscrowMember.Commitment, to: JobResult)
    /// Nothing was sent: what would be, in `tx`.
    case dry(Record)
  }

  let parts: MarketParts
  let salts: Salts
  let kept: KeptCommitments
  let world: World
  /// Who commits.
  public let node: Address

  /// Commits for the account that signs, with its secret in the user's own key store.
  public init(_ parts: MarketParts, in world: World) throws(Failure) {
    self.parts = parts
    self.world = world
    node = try parts.sender.account()
    salts = Salts(node, KeyStore(try world.folders), in: world)
    kept = try KeptCommitments(of: node, in: world)
  }

  /// Commits to a result of the job that a record's `escrow` names, and keeps it for the opening.
  ///
  /// What was committed to before stands: another run of the same result has another proof. Throws 1 where the node has
  /// no claim (`no-claim`) or its time is over, 65 where it has committed to another result, where the chain has other
  /// code than was run, and where the proof is of another job.
  public func commit(
    _ escrow: EscrowMember, of content: JobContent?, to result: JobResult,
    within limit: Duration? = nil
  ) async throws(Failure) -> Outcome {
    let market = try await parts.finder.market()
    try escrow.check(market)
    let job = try await parts.watch.claimed(escrow, by: node, within: limit)
    guard let entry = job.entry(of: node) else { throw .noClaim(job.jobId, node) }
    if entry.commitment == nil { try checkTime(job, entry) }
    let salt = try salts.salt(
      of: job.jobId, in: market, mayMake: entry.commitment == nil, isDryRun: parts.sender.isDryRun)
    if let made = entry.commitment {
      guard let result = try committed(result, job, made, salt, in: market) else {
        throw .otherCommitment(job.jobId, node)
      }
      let history = try await market.forRecord().history(of: job)
      guard let found = history.commitment(of: node)?.commitment(of: node) else {
        throw .noLog("a commitment", job.jobId, node)
      }
      return .committed(found, to: result)
    }
    if result.resultHash != nil { try await content?.check(job, in: market) }
    var act = MarketAct(
      "prove", .proofVerification, ProofVerification.submitProof, [], in: market,
      onceFor: "\(job.jobId)", subject: "job \(job.jobId)", seen: job.block)
    let isBegun = try parts.sender.hasBegun(act, in: market)
    let result = try standing(result, job, mayReplace: isBegun == false, in: market)
    let commitment = try result.commitment(to: job.jobId, of: node, salt: salt).hash
    act.arguments = [.bytes(job.jobId.bytes), .bytes(commitment.bytes)]
    switch try await parts.sender.send(act) {
    case .dry(let record): return .dry(record)
    case .sent(let sent):
      return .committed(
        EscrowMember.Commitment(
          node: node, round: entry.claim.round, commitment: commitment, tx: sent.tx), to: result)
    }
  }

  /// Refuses what comes too late.
  private func checkTime(_ job: MarketJob, _ entry: MarketJob.Entry) throws(Failure) {
    func late(_ reason: String) -> Failure {
      Failure(
        .answerNo, "\(node) cannot commit to job \(job.jobId): \(reason)", code: "too-late")
    }
    guard entry.claim.isLive else { throw late("its claim expired without a commitment") }
    guard [.running, .challenged].contains(job.verdict.stage),
      entry.claim.round == job.current.index
    else { throw late("its round is settled") }
    guard job.time <= entry.claim.deadline else {
      throw late("its deadline was \(Timestamp(blockTime: entry.claim.deadline))")
    }
  }
}

/// The salts of a node's commitments, made of its secret.
struct Salts: Sendable {
  private let node: Address
  private let store: KeyStore
  private let world: World

  init(_ node: Address, _ store: KeyStore, in world: World) {
    (self.node, self.store, self.world) = (node, store, world)
  }

  /// The salt for a job; a secret is made only where nothing was committed with one that is lost.
  ///
  /// A dry run makes none: zeros stand for the salt then.
  func salt(
    of jobId: Digest32, in market: Market, mayMake: Bool, isDryRun: Bool = false
  ) throws(Failure) -> Digest32 {
    do throws(KeyStoreError) {
      if mayMake, isDryRun, !(try hasSecret()) {
        world.note("no commitment secret is made in a dry run: the commitment will be another")
        return .zero
      }
      let secret =
        mayMake
        ? try store.findOrMakeCommitmentSecret(of: node) : try store.commitmentSecret(of: node)
      if secret.isNew {
        world.note(
          "made the commitment secret \(store.secretPath(of: node)): back it up, no bond comes back without it"
        )
      }
      return secret.salt(
        chainId: market.chain.chainId, marketplace: market.jobMarketplace, jobId: jobId)
    } catch { throw Failure(error) }
  }

  private func hasSecret() throws(KeyStoreError) -> Bool {
    do throws(KeyStoreError) { _ = try store.commitmentSecret(of: node) } catch .noSecret {
      return false
    } catch { throw error }
    return true
  }
}

extension MarketEvent {
  /// The element of `commitments` that it tells, where it is a node's commitment.
  func commitment(of node: Address) -> EscrowMember.Commitment? {
    guard case .committed(node, let round, let commitment) = content else { return nil }
    return EscrowMember.Commitment(node: node, round: round, commitment: commitment, tx: tx)
  }
}

extension MarketWatch {
  /// The job that a record's `escrow` names, with the node's claim.
  ///
  /// One endpoint may lack the block of a claim that the record tells: it is waited for a moment. Throws 1 (`no-claim`)
  /// where the node has none.
  func claimed(
    _ escrow: EscrowMember, by node: Address, within limit: Duration?
  ) async throws(Failure) -> MarketJob {
    let job = try await existing(escrow.jobId, of: [node], within: limit)
    if job.entry(of: node)?.claim.number != nil { return job }
    guard escrow.claims.contains(where: { $0.node == node }) else {
      throw .noClaim(escrow.jobId, node)
    }
    do throws(Failure) {
      return try await held(
        escrow.jobId, of: [node], after: job.blockHash,
        within: min(limit ?? Self.grace, Self.grace),
        awaiting: "the claim"
      ) { (job) throws(Failure) in job?.entry(of: node)?.claim.number == nil ? nil : job }
    } catch {
      guard error.code == "not-yet" else { throw error }
      throw .noClaim(escrow.jobId, node)
    }
  }
}

extension Failure {
  /// The code of a job that the node never claimed, as far as the chain tells.
  public static let noClaimCode = "no-claim"

  static func noClaim(_ jobId: Digest32, _ node: Address) -> Failure {
    Failure(
      .answerNo, "\(node) has no claim of job \(jobId)", code: noClaimCode,
      hint: "'sr-chain claim' makes it; a reorganisation may have taken it")
  }

  /// The code of a job in which the node committed to nothing.
  public static let noCommitmentCode = "no-commitment"

  static func noCommitment(_ jobId: Digest32, _ node: Address) -> Failure {
    Failure(
      .answerNo, "\(node) has committed to nothing in job \(jobId)", code: noCommitmentCode,
      hint: "'sr-chain prove' commits")
  }

  static func otherCommitment(_ jobId: Digest32, _ node: Address) -> Failure {
    Failure(
      .data, "\(node) has committed to something else in job \(jobId) than the record says",
      code: "other-commitment",
      hint: "another result, another proof, or another secret: what was committed stands")
  }

  static func noLog(_ what: String, _ jobId: Digest32, _ node: Address) -> Failure {
    Failure(
      .protocolViolation, "job \(jobId) has \(what) of \(node), and no log of it",
      code: "bad-answer")
  }
}
