internal import ABI
internal import Ethereum
internal import EthereumRPC
internal import EventStreams
internal import Hashing
internal import Marketplace
public import MarketplaceClient
internal import NodeEngine
internal import Records
internal import Synchronization
internal import Timing

extension NodeKeeper {
  /// Follows the chain's logs of posts and challenges, from where the last run was, as long as the task lasts.
  func find() async {
    var backoff = Backoff(base: .seconds(1), limit: .seconds(30))
    while !Task.isCancelled {
      do throws(Failure) {
        try await follow()
      } catch {
        if Task.isCancelled { return }
        // A node that lies, or a reorganisation deeper than any: from further back once more.
        tellOnce("posts are looked for again: \(error.message)")
      }
      try? await Task.sleep(for: .seconds(1) + backoff.next())
    }
  }

  private func follow() async throws(Failure) {
    let market = try await parts.finder.market()
    let filter = EventFilter([
      EventPattern(JobMarketplace.jobSubmitted, of: [market.jobMarketplace]),
      EventPattern(ConsensusManager.resultChallenged, of: [market.consensusManager]),
    ])
    let place = "seen \(market.once("find", for: "\(account)"))"
    let start = try await self.start(in: market, place)
    var options = EventStream.Options()
    options.follows = true
    let stream = EventStream(
      market.client, on: market.chain, filter, options,
      signal: PollingSignal(every: self.options.interval),
      sink: PostSink(keeper: self, market: market, place: place), in: parts.world)
    try await stream.run(from: EventPosition(start: start))
  }

  /// The first block to look at: some before the last one that was seen, or the first that is asked for.
  private func start(in market: Market, _ place: String) async throws(Failure) -> UInt64 {
    let seen: Int?
    do throws(EngineError) { seen = try await parts.engine.fact(place) } catch {
      throw Failure(.io, "the node's own state: \(error)")
    }
    let head = try await market.forRecord().look([]).header.number
    // A chain that is shorter than it was is another, or began anew.
    if let seen, seen >= 0, UInt64(seen) <= head { return UInt64(max(0, seen - 64)) }
    if let first = options.fromBlock { return min(first, head) }
    return head > Options.lookback ? head - Options.lookback : 0
  }

  /// Takes in what a step of the stream tells: a post or a challenge; whether it holds is for the next look to say.
  ///
  /// A post that is told anew, as after a reorganisation, may have other terms and other code under the same id: the job
  /// is looked at again.
  func take(_ logs: [ChainLog], of market: Market) {
    let jobs = logs.compactMap { log -> (id: Digest32, content: JobContent?)? in
      guard log.log.topics.count > 1 else { return nil }
      return (log.log.topics[1], JobContent(log, on: market))
    }
    guard !jobs.isEmpty else { return }
    state.withLock { state in
      for (id, content) in jobs {
        guard state.candidates[id] != nil || state.candidates.count < Self.candidateLimit else {
          continue
        }
        if content == nil, state.candidates[id] != nil { continue }
        state.candidates[id] = Candidate(content: content)
        state.resting["consider \(id)"] = nil
      }
    }
    bell.ring()
  }

  /// Whether a job of this content was posted, and may still be claimed here.
  public func mayClaim(_ content: JobContent) -> Bool {
    state.withLock { state in
      state.candidates.values.contains { $0.content?.isSame(as: content) == true }
    }
  }

  /// Writes down how far the stream is, now and then: what is seen again is known already.
  func keepPlace() async {
    let place = state.withLock { state -> (name: String, next: UInt64)? in
      guard let place = state.place, place.next >= place.kept + 16 || place.next < place.kept
      else { return nil }
      state.place?.kept = place.next
      return (place.name, place.next)
    }
    guard let place else { return }
    try? await parts.engine.setFact(place.name, to: Int(clamping: place.next))
  }

  /// So many jobs are kept in mind at most; those beyond are found again at the next start.
  private static let candidateLimit = 10_000

  /// Takes in a job that was handed in.
  func take(_ job: Digest32) {
    state.withLock { state in
      state.candidates[job] = state.candidates[job] ?? Candidate()
      state.resting["consider \(job)"] = nil
    }
    bell.ring()
  }
}

/// Where the stream of posts goes.
private struct PostSink: EventSink {
  let keeper: NodeKeeper
  let market: Market
  let place: String

  func take(_ step: EventStep, _ position: EventPosition) throws(Failure) {
    if !step.isRemoval { keeper.take(step.logs, of: market) }
    keeper.state.withLock { $0.place = (place, position.next, $0.place?.kept ?? 0) }
  }
}
