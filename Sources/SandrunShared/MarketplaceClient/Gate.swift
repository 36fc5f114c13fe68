internal import Records
internal import Synchronization

/// Lets one in at a time, in the order in which they came.
final class Gate: Sendable {
  private struct State {
    var isTaken = false
    var nextId = 0
    var waiting: [(id: Int, continuation: CheckedContinuation<Bool, Never>)] = []
  }

  private let state = Mutex(State())

  /// Waits until nobody else is in; throws where the task is cancelled before.
  func enter() async throws(Failure) {
    let id = state.withLock { state in
      defer { state.nextId += 1 }
      return state.nextId
    }
    let isIn = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let answer: Bool? = state.withLock { state in
          guard !Task.isCancelled else { return false }
          guard state.isTaken else {
            state.isTaken = true
            return true
          }
          state.waiting.append((id, continuation))
          return nil
        }
        if let answer { continuation.resume(returning: answer) }
      }
    } onCancel: {
      let waiter = state.withLock { state -> CheckedContinuation<Bool, Never>? in
        guard let place = state.waiting.firstIndex(where: { $0.id == id }) else { return nil }
        return state.waiting.remove(at: place).continuation
      }
      waiter?.resume(returning: false)
    }
    guard isIn else { throw .interrupted }
  }

  /// Lets the next one in.
  func leave() {
    let next = state.withLock { state -> CheckedContinuation<Bool, Never>? in
      guard !state.waiting.isEmpty else {
        state.isTaken = false
        return nil
      }
      return state.waiting.removeFirst().continuation
    }
    next?.resume(returning: true)
  }
}
