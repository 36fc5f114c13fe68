public import Commands
internal import HTTP
public import IPFS
internal import Marketplace
public import Networking
public import Records
internal import Synchronization

/// Brings content by its CID from whoever has it, and hands content on: to and from nodes and gateways that nobody need trust.
///
/// Every block is held against its CID and taken only where the content that was asked for leads to it. A source that sends
/// anything else is named and not asked again; one that is too slow is left for the next.
///
/// A node's address may have been written by a stranger. It is http or https and nothing else, it is asked for `/ipfs/CID` and nothing
/// else, and no redirect of it is followed. It may still name a machine that only this one reaches; what that one answers is
/// content with the right hash, or is not kept and not shown but for the beginning of an error.
public final class ContentSources: Sendable {
  let world: World
  let http: HTTPClient
  /// The gateways of the options or the configuration, asked after the nodes.
  public let gateways: [ContentSource]
  private let liars = Mutex<Set<ContentSource>>([])

  /// Reads the options and the configuration's `gateways`; throws 64 or 78 naming what is wrong.
  public init(
    _ network: NetworkOptions, gateways: [String] = [], in world: World
  ) throws(Failure) {
    self.world = world
    let text = gateways.isEmpty ? nil : gateways.joined(separator: " ")
    self.gateways = try ContentSource.gateways(try world.setting(.gateways, flag: text) ?? "")
    var options = try network.clientOptions()
    // There are others to ask: few repetitions, and no long silence.
    options.retries = network.retries ?? 1
    if network.idleTimeout == nil { options.idleTimeout = .seconds(30) }
    http = HTTPClient(options)
  }

  /// Whether all that some roots lead to is there; throws what makes that impossible, such as a damaged block.
  public static func holds(
    _ roots: [CID], in source: any BlockSource, limits: ContentLimits = ContentLimits()
  ) throws(Failure) -> Bool {
    do throws(ReadError) {
      return try DAGWalk.firstMissing(below: roots, in: source, limit: limits.blocks) == nil
    } catch {
      throw Failure(content: error)
    }
  }

  /// Brings all that some roots lead to: from the store, else from these nodes, else from the gateways.
  ///
  /// Throws 69 `not-found-anywhere` where nobody gives it, 65 where the content is none that can be taken: malformed, or beyond
  /// the limits.
  public func bring(
    _ roots: [CID], into store: ContentStore, from nodes: [Endpoint],
    limits: ContentLimits = ContentLimits()
  ) async throws(Failure) {
    let deadline = ContinuousClock.now + limits.time
    try await world.interruptible { () throws(Failure) in
      var left = limits
      for root in roots where try !Self.holds([root], in: store.source, limits: limits) {
        var sources: [ContentSource] = []
        for source in nodes.map({ ContentSource($0, .node) }) + self.gateways
        where !sources.contains(source) {
          sources.append(source)
        }
        let errand = Errand(root: root, store: store, limits: left, deadline: deadline)
        left.bytes -= try await self.run(errand, asking: sources)
      }
    }
  }

  /// Asks one source after another, and gives the number of bytes that came.
  private func run(_ errand: Errand, asking sources: [ContentSource]) async throws(Failure) -> Int {
    let batch = errand.store.repository.batch()
    let wanted: WantedBlocks
    do throws(WantedBlocks.Refusal) {
      wanted = try WantedBlocks(errand.root, into: batch, limits: errand.limits)
    } catch {
      throw errand.failure(of: error)
    }
    var left = sources.filter { source in liars.withLock { !$0.contains(source) } }
    var reasons: [String] = []
    func strike(_ source: ContentSource, _ outcome: ContentOutcome) throws(Failure) {
      left.removeAll { $0 == source }
      switch outcome {
      case .done: break
      case .none(let reason): reasons.append(reason)
      case .lie(let reason):
        reasons.append(reason)
        drop(source, reason)
      case .failure(let failure): throw failure
      }
    }
    while !left.isEmpty, ContinuousClock.now < errand.deadline {
      let round = await probe(errand, among: left)
      guard !Task.isCancelled else { throw .interrupted }
      for (source, outcome) in round.refusals { try strike(source, outcome) }
      guard let holder = round.holder else { continue }
      let outcome = await fetch(errand, from: holder, as: round.block, into: wanted)
      guard !Task.isCancelled else { throw .interrupted }
      // What came is what was asked for, whole or not: the next source may have the rest.
      do throws(RepositoryError) { try batch.commit() } catch { throw Failure(error) }
      try strike(holder, outcome)
      if try Self.holds([errand.root], in: errand.store.source, limits: errand.limits) {
        world.detail("\(errand.root) came from \(holder)")
        return wanted.byteCount
      }
      if case .done = outcome {
        try strike(
          holder, .incomplete(holder, errand.root))
      }
    }
    for reason in reasons { world.detail(reason) }
    throw errand.notFound(asked: sources.count, isLate: ContinuousClock.now >= errand.deadline)
  }

  private func drop(_ source: ContentSource, _ reason: String) {
    liars.withLock { _ = $0.insert(source) }
    world.note("\(reason); \(source) is not asked again")
  }
}

/// What became of asking one source.
enum ContentOutcome: Sendable {
  /// It gave what was asked for, as far as it went.
  case done
  /// It has nothing, cannot be reached, or is too slow.
  case none(String)
  /// It gave what it should not have: never again.
  case lie(String)
  /// Whoever were asked, it would be the same.
  case failure(Failure)

  static func incomplete(_ source: ContentSource, _ root: CID) -> Self {
    let reason = "\(source) leaves out parts of \(root)"
    return source.kind == .node ? .lie(reason) : .none(reason)
  }
}

/// One root on its way here.
struct Errand: Sendable {
  let root: CID
  let store: ContentStore
  let limits: ContentLimits
  let deadline: ContinuousClock.Instant

  func failure(of refusal: WantedBlocks.Refusal) -> Failure {
    switch refusal {
    case .stranger: return Failure(.protocolViolation, "blocks that nobody asked for")
    case .content(let error): return Failure(content: error, of: root)
    }
  }

  func notFound(asked count: Int, isLate: Bool) -> Failure {
    let whom =
      switch count {
      case 0: "nobody was there to ask"
      case 1: "one source was asked"
      default: "\(count) sources were asked"
      }
    return Failure(
      .unavailable,
      isLate
        ? "nobody gave \(root) in time; \(whom)" : "nobody has \(root) whole; \(whom)",
      code: "not-found-anywhere",
      hint: "run it with -v for what each said; set 'gateways' for more to ask")
  }
}

extension Failure {
  /// What a tool says of content that nobody can take, whoever sends it.
  init(content error: ReadError, of root: CID? = nil) {
    self.init(error)
    if let root { message = "cannot take the content of \(root): \(error)" }
    isRetryable = false
    switch error {
    case .overLimit: code = "content-too-large"
    case .malformed, .unsupportedCodec, .repository(.unsupportedHash): code = "bad-content"
    // Nothing is missing where an error of this kind is told.
    case .repository(.notFound): (status, hint) = (.data, nil)
    default: break
    }
  }
}
