internal import Ethereum
public import EthereumRPC
internal import Hashing
public import Records
internal import Synchronization
internal import Timing
internal import WideInteger

/// Waits for the receipts of many transactions at once: one poll asks for all that are due.
///
/// A transaction is asked for at once, then after a quarter of the time that it has waited, within bounds: one that is
/// mined at once is known at once, and one that takes hours is asked for every two seconds. Its block is looked at again
/// until it is deep enough; one that goes with a reorganisation is waited for anew, and offered again where its bytes
/// are known and the node does not know it.
public final class ReceiptWatcher: Sendable {
  /// The bounds of the time between two polls for one transaction.
  static let pause = (least: Duration.milliseconds(40), most: Duration.seconds(2))
  /// A transaction without a receipt is looked for in the pool so often.
  static let lookAfter = Duration.seconds(5)
  /// A nonce that is used without a receipt of ours is looked at so often, so many times before it is believed, and so
  /// many times more before it is searched for again.
  static let spendingLooks = (after: Duration.milliseconds(400), count: 3, pause: 8)
  /// How long a node may tell what does not fit together, or not know a transaction.
  public static let patience = Duration.seconds(60)

  struct State {
    var nextId = 0
    var watches: [Int: ReceiptWatch] = [:]
    var continuations: [Int: CheckedContinuation<Result<Settled, Failure>, Never>] = [:]
  }

  /// What became of a transaction: which of those that share its nonce is in the chain, and how deep.
  public struct Settled: Sendable {
    /// The one that is in the chain: the one asked for, or another with its nonce.
    public var alternative: TransactionAlternative
    /// Its receipt.
    public var receipt: TransactionReceipt
    /// How many blocks hold it or lie on it; 1 is its own alone.
    public var confirmations: UInt64
    /// The one that was asked for, as far as it is known by now.
    public var asked: TransactionAlternative
  }

  let client: EthereumClient
  let broadcaster: Broadcaster?
  let history: TransactionHistory
  let patience: Duration
  let detail: @Sendable (String) -> Void
  let state = Mutex(State())
  private let bell = Bell()
  /// What is to be written down: nobody who waits for a transaction waits for a journal.
  private let settlements = AsyncStream.makeStream(of: TransactionHistory.Settlement.self)

  /// A watcher on a node; `detail` is told what happens to what is waited for.
  ///
  /// With a broadcaster it offers bytes again that the node does not know; the history tells which others share a nonce.
  /// What the node does not know, and nobody can offer again, is given up after the patience.
  public init(
    _ client: EthereumClient, broadcaster: Broadcaster? = nil, history: TransactionHistory = .none,
    patience: Duration = ReceiptWatcher.patience, detail: @escaping @Sendable (String) -> Void
  ) {
    self.client = client
    self.broadcaster = broadcaster
    self.history = history
    self.patience = patience
    self.detail = detail
  }

  /// Does work that waits for receipts, and polls for them as long as it lasts; once for a watcher.
  public func whilePolling<Value: Sendable>(
    _ body: @escaping @Sendable () async throws(Failure) -> Value
  ) async throws(Failure) -> Value {
    async let noting: Void = note()
    let result = await withTaskGroup(of: Result<Value, Failure>?.self) { group in
      group.addTask {
        do throws(Failure) { return .success(try await body()) } catch {
          return .failure(error)
        }
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
    settlements.continuation.finish()
    await noting
    guard let result else { throw .interrupted }
    return try result.get()
  }

  /// Has written down what became of a nonce.
  func note(_ settlement: TransactionHistory.Settlement) {
    settlements.continuation.yield(settlement)
  }

  private func note() async {
    for await settlement in settlements.stream { await history.settle(settlement) }
  }

  /// What became of a transaction, once it or another of ours with its nonce is in so many blocks of the chain.
  ///
  /// Throws 75, which may be taken up again, where the time is up, or where it is lost (`dropped`); 76 where something
  /// else has used its nonce (`replaced`), or where the node tells what cannot be.
  public func settled(
    _ asked: TransactionAlternative, confirmations: UInt64, within limit: Duration?
  ) async throws(Failure) -> Settled {
    let id = await add(asked, confirmations: confirmations)
    defer { forget(id) }
    return try await settled(id, within: limit)
  }

  /// Sees that the node is on the chain of a transaction that names one; it is asked for once.
  func checkChain(of expectation: ReceiptExpectation) async throws(Failure) {
    guard let chainId = expectation.chainId else { return }
    do throws(RPCError) {
      let found = try await client.chainId()
      guard found == chainId else {
        throw RPCError.wrongChain(url: client.name, expected: chainId, found: found)
      }
    } catch { throw Failure(error) }
  }

  // MARK: One nonce

  /// Begins to watch a transaction; `forget` ends it.
  func add(_ asked: TransactionAlternative, confirmations: UInt64) async -> Int {
    var watch = ReceiptWatch([asked], confirmations: max(confirmations, 1))
    watch.learn(await history.alternatives(asked))
    return state.withLock { state in
      defer { state.nextId += 1 }
      state.watches[state.nextId] = watch
      return state.nextId
    }
  }

  /// Adds what was signed for the nonce of one that is watched.
  func learn(_ alternatives: [TransactionAlternative], of id: Int) {
    _ = update(id) { $0.learn(alternatives) }
  }

  /// Whether none of those with the nonce is in the chain, as far as it was seen.
  func isSeeking(_ id: Int) -> Bool {
    update(id) { $0.isSeeking } ?? false
  }

  func forget(_ id: Int) {
    state.withLock { _ = $0.watches.removeValue(forKey: id) }
  }

  /// Waits for the end of what is watched.
  func settled(_ id: Int, within limit: Duration?) async throws(Failure) -> Settled {
    try await withTaskGroup(of: Result<Settled, Failure>.self) { group in
      group.addTask { await self.wait(id) }
      if let limit {
        group.addTask {
          // Cancelled where the receipt was faster.
          try? await Task.sleep(for: limit)
          return .failure(self.late(id, after: limit))
        }
      }
      defer { group.cancelAll() }
      return await group.next() ?? .failure(.interrupted)
    }.get()
  }

  private func wait(_ id: Int) async -> Result<Settled, Failure> {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isCancelled = state.withLock { state in
          guard !Task.isCancelled else { return true }
          state.continuations[id] = continuation
          return false
        }
        if isCancelled {
          continuation.resume(returning: .failure(.interrupted))
        } else {
          bell.ring()
        }
      }
    } onCancel: {
      end(id, with: .failure(.interrupted))
    }
  }

  /// Gives a waiter its result, once.
  func end(_ id: Int, with result: Result<Settled, Failure>) {
    state.withLock { $0.continuations.removeValue(forKey: id) }?.resume(returning: result)
  }

  /// Changes what is known of a nonce, where it is still watched.
  func update<Value>(_ id: Int, _ change: (inout ReceiptWatch) -> Value) -> Value? {
    state.withLock { state in
      guard var watch = state.watches[id] else { return nil }
      defer { state.watches[id] = watch }
      return change(&watch)
    }
  }

  // MARK: Polling

  /// Polls until it is cancelled.
  ///
  /// What may take long for one transaction is done beside it, so that the receipts of all others come meanwhile.
  private func poll() async {
    await withDiscardingTaskGroup { group in
      while !Task.isCancelled {
        let now = ContinuousClock.now
        let (due, next) = state.withLock { state in
          let waited = state.watches.filter { state.continuations[$0.key] != nil }
          // Those nearly due go along.
          let due = waited.filter { $1.due <= now + Self.pause(after: now - $1.entered) / 2 }
          return (due, waited.values.map(\.due).min())
        }
        if due.isEmpty || (next ?? now) > now {
          await bell.wait(upTo: next.map { $0 - now })
          continue
        }
        for errand in await round(due) { group.addTask { await self.run(errand) } }
      }
    }
  }

  /// How long to wait for the next poll of one that has waited for so long.
  static func pause(after waited: Duration) -> Duration {
    min(max(waited / 4, pause.least), pause.most)
  }
}
