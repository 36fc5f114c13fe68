public import Commands
public import Ethereum
internal import EthereumRPC
public import Hashing
public import Records
internal import Synchronization
internal import Timing

/// Holds whoever waits for something to become true of a job: one look at the chain a new head, for all of them.
///
/// Each look is at the latest block, so that a reorganisation takes back what was seen before it.
public final class MarketWatch: Sendable {
  private struct Waiter {
    let question: MarketQuestion
    /// The block that it was told of last; nil where it was told of none.
    let seen: Digest32?
    let continuation: CheckedContinuation<Result<Sight, Failure>, Never>
  }

  /// A job as it was found at a block.
  private struct Sight: Sendable {
    let job: MarketJob?
    let block: Digest32
  }

  private struct State {
    var nextId = 0
    var waiters: [Int: Waiter] = [:]
    /// Whether nobody is looked for until the bell rings.
    var isIdle = false
    /// The jobs that were seen on the chain: nobody lets go of one because the node answers badly.
    var found: Set<Digest32> = []
    /// So many looks failed, one after the other.
    var failures = 0
  }

  private let finder: MarketFinder
  private let interval: Duration
  private let world: World
  private let state = Mutex(State())
  private let bell = Bell()

  /// A watch on a marketplace, whose chain's head is asked for so often.
  public init(_ finder: MarketFinder, every interval: Duration = .seconds(1), in world: World) {
    self.finder = finder
    self.interval = interval
    self.world = world
  }

  /// Does work that waits, and looks at the chain as long as it lasts; once for a watch.
  public func whilePolling<Value: Sendable>(
    _ body: @escaping @Sendable () async throws(Failure) -> Value
  ) async throws(Failure) -> Value {
    let result = await withTaskGroup(of: Result<Value, Failure>?.self) { group in
      group.addTask {
        do throws(Failure) { return .success(try await body()) } catch { return .failure(error) }
      }
      group.addTask {
        await self.poll()
        return nil
      }
      var result: Result<Value, Failure>?
      for await done in group {
        guard let done else { continue }
        result = done
        group.cancelAll()
      }
      return result
    }
    guard let result else { throw .interrupted }
    return try result.get()
  }

  /// Holds until a decision on a fresh look at a job is one: nil holds on, what it throws ends it.
  ///
  /// With `after` it holds until there is another head than that block. Until the job was seen once, a look's failures are
  /// thrown; later they are told to people and waited out. Where the limit is over it throws 75 (`not-yet`), saying what was
  /// `awaited`.
  public func held<Value: Sendable>(
    _ jobId: Digest32, of nodes: [Address] = [], after seen: Digest32? = nil,
    within limit: Duration? = nil, awaiting awaited: String,
    _ decide: @escaping @Sendable (MarketJob?) throws(Failure) -> Value?
  ) async throws(Failure) -> Value {
    let question = MarketQuestion(jobId, of: nodes)
    return try await withTaskGroup(of: Result<Value, Failure>.self) { group in
      group.addTask {
        do throws(Failure) { return .success(try await self.hold(question, seen, decide)) } catch {
          return .failure(error)
        }
      }
      if let limit {
        group.addTask {
          // Cancelled where the decision was faster.
          try? await Task.sleep(for: limit)
          return .failure(
            Failure(
              .temporary, "job \(jobId): \(awaited) did not come in time",
              code: "not-yet", hint: "run it again; see --timeout"))
        }
      }
      defer { group.cancelAll() }
      return await group.next() ?? .failure(.interrupted)
    }.get()
  }

  private func hold<Value: Sendable>(
    _ question: MarketQuestion, _ first: Digest32?,
    _ decide: @Sendable (MarketJob?) throws(Failure) -> Value?
  ) async throws(Failure) -> Value {
    var seen = first
    while true {
      let sight = try await next(question, after: seen).get()
      if let value = try decide(sight.job) { return value }
      seen = sight.block
    }
  }

  private func next(
    _ question: MarketQuestion, after seen: Digest32?
  ) async -> Result<Sight, Failure> {
    let id = state.withLock { state in
      defer { state.nextId += 1 }
      return state.nextId
    }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let rings: Bool? = state.withLock { state in
          guard !Task.isCancelled else { return nil }
          state.waiters[id] = Waiter(question: question, seen: seen, continuation: continuation)
          return seen == nil || state.isIdle
        }
        if let rings {
          if rings { bell.ring() }
        } else {
          continuation.resume(returning: .failure(.interrupted))
        }
      }
    } onCancel: {
      end(id, with: .failure(.interrupted))
    }
  }

  private func end(_ id: Int, with result: Result<Sight, Failure>) {
    state.withLock { $0.waiters.removeValue(forKey: id) }?.continuation.resume(returning: result)
  }

  // MARK: Polling

  private func poll() async {
    while !Task.isCancelled {
      let waiters = state.withLock { state in
        state.isIdle = state.waiters.isEmpty
        return state.waiters
      }
      guard !waiters.isEmpty else {
        await bell.wait(upTo: nil)
        continue
      }
      do throws(Failure) {
        try await look(waiters)
        state.withLock { $0.failures = 0 }
      } catch { fail(waiters, error) }
      await bell.wait(upTo: pause)
    }
  }

  /// Looks for those who have not seen the chain's head.
  private func look(_ waiters: [Int: Waiter]) async throws(Failure) {
    let market = try await finder.market().forRecord()
    var due = waiters
    if !waiters.values.contains(where: { $0.seen == nil }) {
      let head = try await market.head()
      due = waiters.filter { $1.seen != head }
    }
    guard !due.isEmpty else { return }
    let ids = due.keys.sorted()
    let look = try await market.look(ids.compactMap { due[$0]?.question })
    var odd: Failure?
    for (id, job) in zip(ids, look.jobs) {
      guard let waiter = due[id] else { continue }
      switch job {
      case .success(let job):
        if job != nil { _ = state.withLock { $0.found.insert(waiter.question.jobId) } }
        end(id, with: .success(Sight(job: job, block: look.blockHash)))
      case .failure(let failure) where hasSeen(waiter): odd = failure
      case .failure(let failure): end(id, with: .failure(failure))
      }
    }
    if let odd { throw odd }
  }

  /// Whether a job was seen on the chain: from then on a bad answer says nothing of it.
  func hasFound(_ jobId: Digest32) -> Bool { state.withLock { $0.found.contains(jobId) } }

  private func hasSeen(_ waiter: Waiter) -> Bool {
    waiter.seen != nil || hasFound(waiter.question.jobId)
  }

  /// A look that failed is waited out by those who have seen the job, whatever it was.
  ///
  /// A node that errs now may be right later. It is final only for the others, and for another chain or marketplace.
  private func fail(_ waiters: [Int: Waiter], _ failure: Failure) {
    guard !Task.isCancelled else { return }
    let isFinal = ["wrong-chain", "bad-wiring"].contains(failure.code)
    var isHolding = false
    for (id, waiter) in waiters {
      if isFinal || !hasSeen(waiter) {
        end(id, with: .failure(failure))
      } else {
        isHolding = true
      }
    }
    guard isHolding else { return }
    let isTold = state.withLock { state in
      defer { state.failures += 1 }
      return state.failures > 0
    }
    if isTold { world.detail(failure.message) } else { world.note("\(failure.message); waiting") }
  }

  /// How long until the next look: the longer the node answers badly, the longer.
  private var pause: Duration {
    interval * (1 << min(state.withLock(\.failures), 3))
  }
}

extension Market {
  /// The hash of the chain's latest block.
  func head() async throws(Failure) -> Digest32 {
    let request = RPCRequest.block("latest")
    do throws(RPCError) {
      return try RPCValue(await client.call(request), method: request.method).member("hash")
        .digest()
    } catch { throw Failure(error) }
  }
}
