internal import GRDB
public import NodeAPI
internal import Synchronization

extension Engine {
  /// Ends a job, now where it is queued, soon where it runs; gives its state after, nil where there is no such job.
  ///
  /// That a running job is to end is on disk when this returns.
  ///
  /// A job in escrow is not a client's to end: throws `inEscrow`, but where `isOwn` says that the node itself ends it.
  public func cancel(_ id: JobID, isOwn: Bool = false) async throws(EngineError) -> JobState? {
    let outcome = try await ledger.perform { [self] database -> Cancelled in
      guard let job = try database.job(id) else { return .unknown }
      guard job.escrow == nil || isOwn else { throw EngineError.inEscrow }
      switch job.state {
      case .queued:
        var status = status(of: job)
        status.state = .cancelled
        // Where it ran before, that part of its log stays.
        status.logSize = logSize(id)
        let finished = signed(status, job.sequence)
        return try database.finish(finished, from: .queued) ? .done(finished) : .unknown
      case .running:
        try database.markCancelling(job.sequence)
        return .soon
      default: return .over(job.state)
      }
    } committed: { [self] outcome in
      switch outcome {
      case .done(let job): over(job)
      case .soon:
        let worker = state.withLock { state -> WorkerProcess? in
          state.jobs[id]?.isCancelling = true
          return state.jobs[id]?.isWithWorker == true ? state.worker : nil
        }
        worker?.send(.cancel(id))
      default: break
      }
    }
    return switch outcome {
    case .unknown: nil
    case .soon: .running
    case .done: .cancelled
    case .over(let state): state
    }
  }

  private enum Cancelled: Sendable {
    case unknown, soon
    case done(FinishedJob)
    case over(JobState)
  }
}
