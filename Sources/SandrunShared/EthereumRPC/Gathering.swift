public import Records
internal import Synchronization

/// Brings together what many records ask for at the same time, so that one round trip answers them all.
///
/// Nobody waits for more than a moment: whoever asks while an answer is under way is in the next batch.
public final class Gathering<Key: Sendable, Value: Sendable>: Sendable {
  /// Answers all keys, in their order.
  public typealias Load = @Sendable ([Key]) async -> [Result<Value, Failure>]

  private enum Word: Sendable {
    case answer(Result<Value, Failure>)
    /// The one before has what it wanted: load for yourself and all who wait.
    case lead
  }

  private struct Waiter: Sendable {
    var key: Key
    var continuation: CheckedContinuation<Word, Never>
  }

  private struct State {
    var waiting: [Waiter] = []
    var isLoading = false
  }

  private let state = Mutex(State())
  private let limit: Int
  private let pause: Duration
  private let load: Load

  /// Gathers up to `limit` keys at once; `breadth` is how many may be asked for at the same time.
  public init(limit: Int = 1000, breadth: Int, load: @escaping Load) {
    self.limit = limit
    // Long enough for those who start together, nothing beside a round trip.
    pause = breadth > 1 ? .milliseconds(3) : .zero
    self.load = load
  }

  /// The value for a key.
  public func value(for key: Key) async throws(Failure) -> Value {
    let isFirst = state.withLock { state in
      defer { state.isLoading = true }
      return !state.isLoading
    }
    if !isFirst {
      let word = await withCheckedContinuation { continuation in
        let isAlone = state.withLock { state in
          if state.isLoading {
            state.waiting.append(Waiter(key: key, continuation: continuation))
            return false
          }
          state.isLoading = true
          return true
        }
        if isAlone { continuation.resume(returning: .lead) }
      }
      if case .answer(let result) = word { return try result.get() }
    }
    if pause > .zero { try? await Task.sleep(for: pause) }
    let others = state.withLock { state in
      let taken = Array(state.waiting.prefix(limit - 1))
      state.waiting.removeFirst(taken.count)
      return taken
    }
    let results = await load([key] + others.map(\.key))
    let next = state.withLock { state -> Waiter? in
      guard !state.waiting.isEmpty else {
        state.isLoading = false
        return nil
      }
      return state.waiting.removeFirst()
    }
    next?.continuation.resume(returning: .lead)
    for (waiter, result) in zip(others, results.dropFirst()) {
      waiter.continuation.resume(returning: .answer(result))
    }
    return try results[0].get()
  }
}
