internal import Dispatch
internal import NodeAPI
internal import Records
internal import Synchronization

extension Engine {
  /// So many jobs, one after the other and none between that could be run, are the machine's trouble.
  static let unrunLimit = 5

  /// Takes in that a job could not be run.
  ///
  /// What may be no fault of the job's is tried again, but a job can bring about some of that, too. So only this job
  /// waits; the others do where the machine is sick: where not even a job that does nothing can be run (`isSick`), or
  /// where several jobs in a row could not.
  func end(_ id: JobID, _ failure: Failure, _ isSick: Bool, _ size: Int) {
    guard WorkerAnswer.mayPass(failure) else { return end(id, .couldNotRun(failure.message), size) }
    note("job \(id) could not be run: \(failure.message)")
    let isManyth = state.withLock { state in
      state.unrun.insert(id)
      guard state.unrun.count >= Self.unrunLimit else { return false }
      // After the pause it is judged anew.
      state.unrun = []
      return true
    }
    if isSick || isManyth { pause(failure.message) }
    let starts = state.withLock { $0.jobs[id]?.status.starts ?? 0 }
    guard starts < options.maxStarts else { return end(id, .couldNotRun(failure.message), size) }
    rest(id, for: options.rest * max(1, 6 * (starts - 1)))
    leave(id)
  }

  /// Keeps a job that is about to be queued again from being started for a while, whatever its place in the line.
  private func rest(_ id: JobID, for time: Duration) {
    let sequence = state.withLock { state -> Int64? in
      guard let sequence = state.jobs[id]?.sequence else { return nil }
      state.resting.insert(sequence)
      return sequence
    }
    guard let sequence else { return }
    clock.asyncAfter(deadline: .now() + (time / .seconds(1))) { [weak self] in
      guard let self else { return }
      state.withLock { _ = $0.resting.remove(sequence) }
      ledger.wake()
    }
  }
}
