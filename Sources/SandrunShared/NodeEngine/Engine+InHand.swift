internal import NodeAPI
internal import Synchronization

extension Engine {
  /// Whether all that was accepted is over.
  public var isFinished: Bool { state.withLock(\.isIdle) }

  /// How many jobs wait, and how many run or have their results made.
  var inHand: (queued: Int, running: Int) {
    state.withLock { state in
      let queued = state.waiting.count + state.arriving
      return (queued, max(0, state.jobs.count - state.waiting.count))
    }
  }
}
