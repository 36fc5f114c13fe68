import Synchronization

/// Puts one step of each record into the input's order, however many are in hand at once.
final class Turns: Sendable {
  private struct State {
    /// The first slot that has not had its turn.
    var head = 0
    /// Those behind it that need none any more.
    var done: Set<Int> = []
    var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
  }

  private let state = Mutex(State())

  /// Waits until every earlier slot has had its turn, or is finished without one.
  ///
  /// No cancellation is needed: earlier slots are in hand too, and end where this one is to end.
  func wait(for slot: Int) async {
    await withCheckedContinuation { continuation in
      let isNext = state.withLock { state in
        guard state.head < slot else { return true }
        state.waiting[slot] = continuation
        return false
      }
      if isNext { continuation.resume() }
    }
  }

  /// Says that a slot has had its turn, or needs none; may be said twice.
  func finish(_ slot: Int) {
    let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
      guard slot >= state.head else { return nil }
      state.done.insert(slot)
      while state.done.remove(state.head) != nil { state.head += 1 }
      return state.waiting.removeValue(forKey: state.head)
    }
    next?.resume()
  }
}
