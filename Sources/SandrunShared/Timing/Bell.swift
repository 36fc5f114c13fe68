import Synchronization

/// Wakes the one task that waits for it; rung before, the next wait is over at once.
public final class Bell: Sendable {
  private struct State {
    var isRung = false
    var waiter: CheckedContinuation<Void, Never>?
  }

  private let state = Mutex(State())

  /// A bell that nobody has rung yet.
  public init() {}

  /// Ends the wait, or the next one where nobody waits; rung twice it is rung once.
  public func ring() {
    state.withLock { state in
      let waiter = state.waiter
      state.waiter = nil
      state.isRung = waiter == nil
      return waiter
    }?.resume()
  }

  /// Returns when the bell rings, when the time is up, or when the task is cancelled.
  public func wait(upTo limit: Duration?) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await self.wait() }
      if let limit { group.addTask { try? await Task.sleep(for: limit) } }
      await group.next()
      group.cancelAll()
    }
  }

  private func wait() async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isOver = state.withLock { state in
          guard !state.isRung, !Task.isCancelled else {
            state.isRung = false
            return true
          }
          state.waiter = continuation
          return false
        }
        if isOver { continuation.resume() }
      }
    } onCancel: {
      // A ring that nobody was told of is kept for the next wait.
      state.withLock { state in
        let waiter = state.waiter
        state.waiter = nil
        return waiter
      }?.resume()
    }
  }
}
