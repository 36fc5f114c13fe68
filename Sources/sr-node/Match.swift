import ArgumentParser
import Commands
import Ethereum
import EthereumRPC
import Marketplace
import MarketplaceClient
import Matching
import NodeClient
import Records
import Signing
import Synchronization

struct Match: StreamingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Let through the jobs that this node takes, each made anew of what was verified.",
    discussion: """
      $ sr-chain events JobSubmitted --follow | sr-node match --price cpu=0.1ETH/h | sr-chain claim
      $ sr-chain events JobSubmitted | sr-node match --keep | jq -r 'select(.match.ok | not).match.reason'
      Fetches specification, code and inputs, holds all against the chain and the node's demands, and \\
      drops what does not match; -v says why. Ends with 1 where nothing matched.
      """)

  @Flag(help: "Let out what does not match, too, with the reason in 'match'.")
  var keep = false

  @OptionGroup(title: "Demands") var demands: MatchOptions
  @OptionGroup(title: "Demands") var machine: InventoryOptions
  @OptionGroup(title: "Chain") var market: MarketOptions
  @OptionGroup(title: "Chain") var signing: SignerOptions
  @OptionGroup(title: "Chain") var chain: ChainOptions
  @OptionGroup var stream: StreamOptions

  func run(in world: World) async throws(Failure) -> Failure.Status {
    let account = try signing.signatory(in: world).account()
    let content = try TrialContent(in: world)
    let matcher = try await world.interruptible { () throws(Failure) in
      try await self.matcher(for: account, in: world)
    }
    let matched = Atomic(false)
    let status = try await pipeline(in: world).run { input, emitter throws(Failure) in
      let outcome = try await world.interruptible { () throws(Failure) in
        try await Self.match(input, by: matcher, on: content)
      }
      switch outcome {
      case .success(let job):
        matched.store(true, ordering: .relaxed)
        try emitter.emit(keep ? job.record.setting("match", to: ["ok": true]) : job.record)
      case .failure(let refusal):
        world.detail("\(Self.name(of: input)): \(refusal)")
        guard keep else { return }
        try emitter.emit(input.setting("match", to: refusal.json))
      }
    }
    return status == .done && !matched.load(ordering: .relaxed) ? .answerNo : status
  }

  /// A matcher for the account's node, which must be registered and not retired: 77.
  private func matcher(
    for account: Address, in world: World
  ) async throws(Failure) -> JobMatcher {
    let market = try await market.finder(try chain.client(in: world), in: world).market()
    let sources = try ContentSources(chain.network, gateways: demands.gateway, in: world)
    let matcher = try await MatcherMaking(demands, machine, sources, in: world)
      .matcher(for: account, in: market)
    _ = try await matcher.registration()
    return matcher
  }

  /// Judges a record; what was fetched for it stays where the job is taken, and nowhere else.
  private static func match(
    _ input: Record, by matcher: JobMatcher, on content: TrialContent
  ) async throws(Failure) -> Result<MatchedJob, JobRefusal> {
    let sighting = try JobSighting(input, in: matcher.market)
    let trial = try content.trial()
    defer { trial.end() }
    let result: Result<MatchedJob, JobRefusal> =
      switch sighting {
      case .posted(let jobId): try await matcher.match(jobId, into: trial.store)
      case .offered(let job, let code): try await matcher.match(job, code: code, into: trial.store)
      case .refused(let refusal): .failure(refusal)
      }
    if case .success(let job) = result { try await trial.keep(job.roots) }
    return result
  }

  /// What a dropped record is called in messages: a job by its id on the chain.
  private static func name(of input: Record) -> String {
    if let log = try? input.object("log"), let topics = log["topics"]?.elements, topics.count > 1 {
      return "job \(topics[1].string ?? "?")"
    }
    if let escrow = try? input.object("escrow") { return "job \(escrow["jobId"]?.string ?? "?")" }
    return "job \((try? input.object("job"))?["id"]?.string ?? "?")"
  }
}
