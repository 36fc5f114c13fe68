internal import Dispatch
internal import GRDB
internal import NodeAPI
internal import Synchronization

extension Engine {
  /// Looks after the jobs until `drain` is done; `start` it first.
  ///
  /// Where the task is cancelled, running jobs are ended at once and wait for the next start.
  public func run() async {
    await withDiscardingTaskGroup { group in
      group.addTask { [self] in
        while !Task.isCancelled {
          await sweep()
          try? await Task.sleep(for: Self.sweepInterval)
        }
      }
      group.addTask { [self] in
        while !Task.isCancelled {
          ping()
          try? await Task.sleep(for: Self.pingInterval)
        }
        await drain(within: .zero)
      }
      await awaitEnd()
      group.cancelAll()
    }
  }

  /// Accepts nothing more, and returns once all that was accepted is over, or `drain` was asked for; that comes after it in any case.
  ///
  /// `others` is work beside the jobs that has to end first. As long as it goes on, `submit` takes jobs that the node
  /// owes to somebody.
  public func finish(_ others: () async -> Void = {}) async {
    let isOpen = state.withLock { state in
      guard !state.phase.isClosed else { return false }
      state.phase = .finishing
      return true
    }
    guard isOpen else { return }
    await others()
    await wait { $0.isIdle || $0.phase.isStopping }
  }

  /// Accepts nothing more, waits for running jobs as long as the options say, and ends `run`.
  ///
  /// What is queued, or runs on, is for the next start.
  public func drain() async { await drain(within: options.drainTimeout) }

  private func drain(within time: Duration) async {
    let isFirst = state.withLock { state in
      guard !state.phase.isStopping else { return false }
      state.phase = .draining
      return true
    }
    guard isFirst else { return await awaitEnd() }
    await wait(atMost: time) { $0.occupied == 0 }
    let worker = state.withLock { $0.worker }
    worker?.close()
    await wait(atMost: .seconds(20)) { $0.worker == nil }
    worker?.kill()
    await wait(atMost: .seconds(20)) { $0.occupied == 0 && $0.finishing == 0 && $0.worker == nil }
    // Whatever is asked of the database now waits for what was asked before.
    _ = try? await ledger.perform { _ in true }
    let (watchers, ends) = state.withLock { state in
      state.phase = .ended
      defer {
        state.watchers = [:]
        state.ends = []
      }
      return (state.watchers.values.flatMap(\.values), state.ends)
    }
    for watcher in watchers { watcher.finish() }
    for end in ends { end.resume() }
  }

  /// Waits for something that the engine is about to reach; looks now and then, which is enough for an end.
  private func wait(
    atMost time: Duration? = nil, until isReached: (borrowing EngineState) -> Bool
  ) async {
    let end = time.map { ContinuousClock.now + $0 }
    while !state.withLock({ isReached($0) }), end.map({ ContinuousClock.now < $0 }) ?? true {
      // Not in this task's own sleep, which would return at once where the task is cancelled.
      await withCheckedContinuation { continuation in
        clock.asyncAfter(deadline: .now() + 0.01) { continuation.resume() }
      }
    }
  }

  private func awaitEnd() async {
    await withCheckedContinuation { continuation in
      let isOver = state.withLock { state in
        if state.phase != .ended { state.ends.append(continuation) }
        return state.phase == .ended
      }
      if isOver { continuation.resume() }
    }
  }
}
