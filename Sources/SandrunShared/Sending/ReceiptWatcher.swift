public import EthereumRPC
internal import Ethereum
internal import Hashing
public import Records
internal import Synchronization
internal import WideInteger

/// Waits for the receipts of many transactions at once: one poll asks for all that are due.
///
/// A transaction is asked for at once, then after a quarter of the time that it has waited, within bounds: one that is
/// mined at once is known at once, and one that takes hours is asked for every two seconds.
public final class ReceiptWatcher: Sendable {
  /// The bounds of the time between two polls for one transaction.
  static let pause = (least: Duration.milliseconds(40), most: Duration.seconds(2))
  /// A transaction without a receipt is looked for in the pool so often.
  static let lookAfter = Duration.seconds(5)
  /// A receipt whose block is not the chain's may be told for so long: a reorganisation, or a pending block.
  static let strayLimit = Duration.seconds(60)

  /// One transaction that is waited for.
  struct Waiter {
    var expectation: ReceiptExpectation
    var since = ContinuousClock.now
    var due = ContinuousClock.now
    /// When the pool was asked last; nil before it ever was, which is the second poll's business.
    var looked: ContinuousClock.Instant?
    /// Since when a receipt is told whose block is not the chain's.
    var strays: ContinuousClock.Instant?
    var continuation: CheckedContinuation<Result<TransactionReceipt, Failure>, Never>
  }

  struct State {
    var nextId = 0
    var waiters: [Int: Waiter] = [:]
    /// The transactions that the node was last seen not to know.
    var unknown: Set<Digest32> = []
    /// Those that its pool had.
    var pending: Set<Digest32> = []
  }

  let client: EthereumClient
  let detail: @Sendable (String) -> Void
  let state = Mutex(State())
  private let bell = ReceiptBell()

  /// A watcher on a node; `detail` is told what helps to understand a long wait.
  public init(_ client: EthereumClient, detail: @escaping @Sendable (String) -> Void) {
    self.client = client
    self.detail = detail
  }

  /// Does work that waits for receipts, and polls for them as long as it lasts.
  public func whilePolling<Value: Sendable>(
    _ body: @escaping @Sendable () async throws(Failure) -> Value
  ) async throws(Failure) -> Value {
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
    guard let result else { throw .interrupted }
    return try result.get()
  }

  /// The receipt of a transaction, once it is in a block of the chain.
  ///
  /// Throws 75, which may be taken up again, where the time is up; 76 where the node tells what cannot be.
  public func receipt(
    of expectation: ReceiptExpectation, within limit: Duration?
  ) async throws(Failure) -> TransactionReceipt {
    let id = state.withLock { state in
      defer { state.nextId += 1 }
      return state.nextId
    }
    let result = await withTaskGroup(of: Result<TransactionReceipt, Failure>.self) { group in
      group.addTask { await self.wait(id, expectation) }
      if let limit {
        group.addTask {
          // Cancelled where the receipt was faster.
          try? await Task.sleep(for: limit)
          return .failure(self.late(expectation.hash, after: limit))
        }
      }
      defer { group.cancelAll() }
      return await group.next() ?? .failure(.interrupted)
    }
    state.withLock { state in
      state.unknown.remove(expectation.hash)
      state.pending.remove(expectation.hash)
    }
    return try result.get()
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

  private func late(_ hash: Digest32, after limit: Duration) -> Failure {
    let (isUnknown, isPending) = state.withLock {
      ($0.unknown.contains(hash), $0.pending.contains(hash))
    }
    let state =
      isUnknown
      ? "the node does not know it"
      : isPending ? "it waits in the node's pool" : "it is in no block of the chain"
    return Failure(
      .temporary, "no receipt of \(hash) after \(limit.shownSeconds): \(state)",
      code: isUnknown ? "unknown-transaction" : "not-mined",
      hint: isUnknown
        ? "a node drops what pays too little or was replaced; 'sr-chain send' offers it again"
        : "wait again, or see whether its fee is enough")
  }

  private func wait(
    _ id: Int, _ expectation: ReceiptExpectation
  ) async -> Result<TransactionReceipt, Failure> {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isCancelled = state.withLock { state in
          guard !Task.isCancelled else { return true }
          state.waiters[id] = Waiter(expectation: expectation, continuation: continuation)
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
  func end(_ id: Int, with result: Result<TransactionReceipt, Failure>) {
    state.withLock { $0.waiters.removeValue(forKey: id) }?.continuation.resume(returning: result)
  }

  /// Polls until it is cancelled.
  private func poll() async {
    while !Task.isCancelled {
      let now = ContinuousClock.now
      let (due, next) = state.withLock { state in
        // Those nearly due go along.
        let due = state.waiters.filter { $1.due <= now + Self.pause(after: now - $1.since) / 2 }
        return (due, state.waiters.values.map(\.due).min())
      }
      if due.isEmpty || (next ?? now) > now {
        await bell.wait(upTo: next.map { $0 - now })
        continue
      }
      await round(due)
    }
  }

  /// How long to wait for the next poll of one that has waited for so long.
  static func pause(after waited: Duration) -> Duration {
    min(max(waited / 4, pause.least), pause.most)
  }
}

extension Duration {
  /// `90s`, `0.5s`.
  fileprivate var shownSeconds: String { "\(JSONNumber(self))s" }
}
