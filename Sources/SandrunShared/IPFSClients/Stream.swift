internal import Synchronization
internal import Timing

/// An archive on its way.
final class Stream: Sendable {
  private struct State {
    var winner: Int?
    var progress = ContinuousClock.now
  }

  private let state = Mutex(State())
  /// Rung to have no more of it.
  let abandon = Bell()

  /// Who sends it; nil as long as nobody sent a block that is wanted.
  var winner: Int? { state.withLock { $0.winner } }

  /// When the last block that is wanted came.
  var progress: ContinuousClock.Instant { state.withLock { $0.progress } }

  /// Says that a block came from a provider: false where another was first.
  func gave(_ index: Int) -> Bool {
    state.withLock { state in
      if state.winner == nil { state.winner = index }
      guard state.winner == index else { return false }
      state.progress = .now
      return true
    }
  }
}
