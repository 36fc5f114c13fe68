import Synchronization

/// Bounds how many transfers run at a time: others wait for their turn, by priority, then in the order they came.
final class RequestQueue: Sendable {
  private struct Waiter {
    let number: Int
    let priority: Int
    let continuation: CheckedContinuation<Bool, Never>
  }

  private struct State {
    var free: Int
    var nextNumber = 0
    /// By falling priority, then by rising number.
    var waiters: [Waiter] = []
  }

  /// One of the places; it is given back once, at the latest when nobody holds it.
  final class Turn: Sendable {
    private let queue: RequestQueue
    private let isHeld = Atomic(true)

    fileprivate init(_ queue: RequestQueue) { self.queue = queue }

    deinit { end() }

    func end() {
      if isHeld.exchange(false, ordering: .relaxed) { queue.giveBack() }
    }
  }

  private let state: Mutex<State>

  init(places: Int) { state = Mutex(State(free: max(1, places))) }

  /// Waits for a place; nil where the task is cancelled first.
  func turn(priority: Int) async -> Turn? {
    let number = state.withLock { state in
      state.nextNumber += 1
      return state.nextNumber
    }
    let isGiven = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let answer = state.withLock { state -> Bool? in
          // The handler ran already, or runs now and finds the waiter.
          if Task.isCancelled { return false }
          if state.free > 0 {
            state.free -= 1
            return true
          }
          let waiter = Waiter(number: number, priority: priority, continuation: continuation)
          let place = state.waiters.firstIndex { $0.priority < priority }
          state.waiters.insert(waiter, at: place ?? state.waiters.endIndex)
          return nil
        }
        if let answer { continuation.resume(returning: answer) }
      }
    } onCancel: {
      let waiter = state.withLock { state in
        state.waiters.firstIndex { $0.number == number }.map { state.waiters.remove(at: $0) }
      }
      waiter?.continuation.resume(returning: false)
    }
    return isGiven ? Turn(self) : nil
  }

  /// How many wait.
  var waiting: Int { state.withLock { $0.waiters.count } }

  private func giveBack() {
    let waiter = state.withLock { state -> Waiter? in
      if state.waiters.isEmpty {
        state.free += 1
        return nil
      }
      return state.waiters.removeFirst()
    }
    waiter?.continuation.resume(returning: true)
  }
}
