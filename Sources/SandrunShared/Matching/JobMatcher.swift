public import Commands
public import Ethereum
internal import EthereumRPC
public import Hashing
internal import HTTP
internal import IPFS
public import Marketplace
public import MarketplaceClient
public import NodeClient
public import Records
internal import Synchronization
public import WideInteger

/// Looks at jobs before a node claims them: brings their content, holds it against the chain, and all against the node's demands.
///
/// Nothing of what a log or a record says is believed but the job's id: terms come from the contract's state, specification and code
/// from the log that the chain has of the post, and the id is computed anew from both.
public final class JobMatcher: Sendable {
  /// The marketplace.
  public let market: Market
  /// The node's operator.
  public let node: Address
  let offer: NodeOffer
  let policy: MatchPolicy
  let sources: ContentSources
  let world: World
  let known = Mutex<(time: ContinuousClock.Instant, endpoints: [Endpoint])?>(nil)

  /// A node's registration.
  public typealias Registration = (number: UInt256, node: RegisteredNode)

  /// Makes a matcher for a node.
  public init(
    market: Market, node: Address, offer: NodeOffer, policy: MatchPolicy, sources: ContentSources,
    in world: World
  ) {
    self.market = market
    self.node = node
    self.offer = offer
    self.policy = policy
    self.sources = sources
    self.world = world
  }

  /// What NodeRegistry says of the node; throws 77 where it may claim nothing.
  public func registration() async throws(Failure) -> Registration {
    guard let found = try await market.forRecord().registration(of: node) else {
      throw Failure(
        .permission, "\(node) is no node of NodeRegistry at \(market.nodeRegistry)",
        code: "not-registered",
        hint: "register it: sr-node describe --price … --region … | sr-node register")
    }
    guard found.node.isActive else {
      throw Failure(
        .permission, "node \(found.number), \(node), has retired and may claim nothing",
        code: "retired", hint: "register another key: sr-node register")
    }
    return found
  }

  /// Judges a job in escrow; its content is in the store where the node takes it.
  ///
  /// A job that the node has a claim of is taken whatever is demanded, as long as its round is not over: its terms bind already.
  /// Throws where chain or store fail; that nobody gives the content is a refusal.
  public func match(
    _ jobId: Digest32, into store: ContentStore
  ) async throws(Failure) -> Result<MatchedJob, JobRefusal> {
    do throws(MatchEnd) {
      return .success(try await judge(jobId, into: store))
    } catch {
      switch error {
      case .refused(let refusal): return .failure(refusal)
      case .failed(let failure): throw failure
      }
    }
  }

  private func judge(
    _ jobId: Digest32, into store: ContentStore
  ) async throws(MatchEnd) -> MatchedJob {
    let market = market.forRecord()
    let registration = try await MatchEnd.attempt { () throws(Failure) in
      try await self.registration()
    }
    let state = try await self.state(of: jobId, in: market)
    let isOurs = try MatchEnd.check { () throws(JobRefusal) in
      try checkPlace(in: state, registration)
    }
    if !isOurs { try await checkTerms(of: state, in: market) }
    let (post, code) = try await self.post(of: state, in: market)
    let found = try await specification(post, of: state, into: store)
    if !isOurs {
      try MatchEnd.check { () throws(JobRefusal) in try policy.check(state.posted, for: found.job) }
    }
    try MatchEnd.check { () throws(JobRefusal) in try offer.check(found.job) }
    try await bring(
      found.job, code: code, into: store, until: Self.end(of: state, isOurs: isOurs))
    var escrow = try await MatchEnd.attempt { () throws(Failure) in
      try EscrowMember(jobId, in: market)
    }
    escrow.set(submitter: state.submitter, terms: state.terms)
    escrow.set(tx: post.tx, block: post.block)
    return MatchedJob(
      job: found.job, specification: found.object, specificationCID: found.cid, code: code,
      escrow: escrow, state: state)
  }

  // MARK: The chain

  /// The job's state; a node of the chain may be a moment behind the one that told of the job.
  private func state(of jobId: Digest32, in market: Market) async throws(MatchEnd) -> MarketJob {
    for attempt in 0..<3 {
      if attempt > 0 { try await MatchEnd.sleep(.seconds(1)) }
      let found = try await MatchEnd.attempt { () throws(Failure) in try await market.job(jobId) }
      if let found { return found }
    }
    throw .refused(JobRefusal(.noSuchJob, "the chain has no job \(jobId)"))
  }

  /// Throws where this node can claim it no more; gives whether it has a claim of it.
  func checkPlace(
    in state: MarketJob, _ registration: Registration
  ) throws(JobRefusal) -> Bool {
    let phase = state.phase
    guard [.claiming, .committing, .opening].contains(phase.step) else {
      throw JobRefusal(.closed, "its round is over: it is \(phase.step.rawValue)")
    }
    if let entry = state.rounds.flatMap(\.entries).first(where: { $0.node == node }) {
      guard entry.claim.round == state.current.index else {
        throw JobRefusal(.notForUs, "this node was of the round that is judged")
      }
      return true
    }
    guard phase.step == .claiming else {
      throw JobRefusal(.closed, "no slot is free: it is \(phase.step.rawValue)")
    }
    guard registration.number <= state.posted.registered else {
      throw JobRefusal(
        .notForUs,
        "it was posted before this node, number \(registration.number), was registered")
    }
    guard state.submitter != node, state.submitter != registration.node.owner else {
      throw JobRefusal(.notForUs, "it is this node's owner's or operator's own")
    }
    guard registration.node.freeStake >= state.posted.bond else {
      throw JobRefusal(
        .bond,
        "its bond is \(Amount.shown(state.posted.bond)), and \(Amount.shown(registration.node.freeStake)) of the stake are free"
      )
    }
    return false
  }

  private func checkTerms(of state: MarketJob, in market: Market) async throws(MatchEnd) {
    try MatchEnd.check { () throws(JobRefusal) in try policy.check(state.posted) }
    guard state.posted.token == nil, policy.gas > 0 else { return }
    let price = try await MatchEnd.attempt { () throws(Failure) in
      do throws(RPCError) {
        let answer = try await market.client.call("eth_gasPrice")
        return try RPCValue(answer, method: "eth_gasPrice").quantity()
      } catch { throw Failure(error) }
    }
    try MatchEnd.check { () throws(JobRefusal) in try policy.check(state.posted, gasPrice: price) }
  }

  /// What is known of a post that is on the chain.
  struct Post: Sendable {
    var specification: Digest32
    var tx: Digest32
    var block: UInt64
  }

  /// The post as the chain's own log has it, and the CID of the code there.
  private func post(
    of state: MarketJob, in market: Market
  ) async throws(MatchEnd) -> (Post, code: CID) {
    let history = try await MatchEnd.attempt { () throws(Failure) in
      try await market.history(
        of: state.jobId, from: state.postedIn, through: state.postedIn)
    }
    guard let event = history.posted,
      case .posted(let submitter, let specification, let text, _) = event.content,
      submitter == state.submitter
    else {
      throw .failed(
        Failure(
          .protocolViolation,
          "block \(state.postedIn) has no log of the post of job \(state.jobId)",
          code: "bad-answer"))
    }
    guard let code = try? CID(parsing: text) else {
      throw .refused(
        JobRefusal(.specification, "its code is \(JSON.string(text).text), which is no CID"))
    }
    return (Post(specification: specification, tx: event.tx, block: event.block), code)
  }

  /// When nobody needs its content any more, in seconds from now at the most.
  private static func end(of state: MarketJob, isOurs: Bool) -> Duration {
    guard !isOurs else { return .seconds(3600) }
    let deadline = state.current.state.claimDeadline
    return .seconds(deadline > state.time ? Int(clamping: deadline - state.time) : 0)
  }

  // MARK: Who may have content

  /// Where registered nodes say they are; read again after a minute.
  func endpoints() async throws(Failure) -> [Endpoint] {
    if let known = known.withLock({ $0 }), ContinuousClock.now - known.time < .seconds(60) {
      return known.endpoints
    }
    let market = market.forRecord()
    let directory = NodeDirectory(
      client: market.client, registry: market.nodeRegistry, detail: { [world] in world.detail($0) })
    var endpoints: [Endpoint] = []
    for listed in try await directory.listing().nodes where listed.address != node {
      guard let endpoint = Endpoint(listed.endpoint), !endpoints.contains(endpoint) else {
        continue
      }
      endpoints.append(endpoint)
    }
    known.withLock { $0 = (.now, endpoints) }
    return endpoints
  }
}

/// How looking at a job ends before it is taken.
enum MatchEnd: Error {
  case refused(JobRefusal)
  case failed(Failure)

  static func check<Value>(_ body: () throws(JobRefusal) -> Value) throws(MatchEnd) -> Value {
    do throws(JobRefusal) { return try body() } catch { throw .refused(error) }
  }

  static func attempt<Value: Sendable>(
    _ body: () async throws(Failure) -> Value
  ) async throws(MatchEnd) -> Value {
    do throws(Failure) { return try await body() } catch { throw .failed(error) }
  }

  static func sleep(_ duration: Duration) async throws(MatchEnd) {
    do { try await Task.sleep(for: duration) } catch { throw .failed(.interrupted) }
  }
}
