internal import GRDB
public import NodeAPI
internal import Records
internal import Synchronization

extension Engine {
  /// Where a job stands; nil where there is no such job.
  public func status(_ id: JobID) throws(EngineError) -> JobStatus? {
    if let live = state.withLock({ $0.status(id) }) { return live }
    return try stored(id).map { (job) throws(EngineError) in try told(job) }
  }

  /// The JSON text of a job's status, kept ready between changes; nil where there is no such job.
  public func statusText(_ id: JobID) throws(EngineError) -> [UInt8]? {
    if let text = state.withLock({ $0.text(id) ?? $0.answers[id] }) { return text }
    guard let job = try stored(id) else { return nil }
    guard let answer = job.answer else { return status(of: job).json.bytes }
    state.withLock { $0.answers.add(id, answer) }
    return answer
  }

  /// A job's output so far; nil where there is no such job.
  public func log(_ id: JobID) throws(EngineError) -> JobLog? {
    // The state first: once it is final, all of the log is there.
    let (isLive, isSealed) = state.withLock {
      ($0.jobs[id] != nil, $0.sealed[id] != nil || $0.jobs[id]?.isSealed == true)
    }
    if isSealed { return JobLog.none }
    if !isLive, state.withLock({ $0.answers[id] }) == nil, try stored(id) == nil { return nil }
    return try JobLog(in: logFolder(id), isComplete: !isLive)
  }

  /// Fires when there is more of a job's output, or another state; it may join several changes into one.
  ///
  /// It ends when the job is over and all is there to be read, or when the engine ends, and at once for an unknown job.
  /// Ask for it first, then read, so that no change is missed; read once more when it has ended.
  public func changes(of id: JobID) -> AsyncStream<Void> {
    let (stream, continuation) = AsyncStream.makeStream(
      of: Void.self, bufferingPolicy: .bufferingNewest(1))
    let number = state.withLock { state -> Int? in
      guard state.jobs[id] != nil || state.sealed[id] != nil, state.phase != .ended else {
        return nil
      }
      state.nextWatcher += 1
      state.watchers[id, default: [:]][state.nextWatcher] = continuation
      return state.nextWatcher
    }
    guard let number else {
      continuation.finish()
      return stream
    }
    continuation.onTermination = { [weak self] _ in
      self?.state.withLock { state in
        state.watchers[id]?[number] = nil
        if state.watchers[id]?.isEmpty == true { state.watchers[id] = nil }
      }
    }
    return stream
  }

  /// What is in hand and what was done.
  public var stats: EngineStats {
    let (contentBytes, logBytes, free) = (contentBytes, logBytes, free)
    return state.withLock { state in
      // How much less is free than a moment ago would tell the size of what is hidden.
      let free = state.hasSecrets ? free & ~(1 << 30 - 1) : free
      return EngineStats(
        jobs: state.counts.filter { $0.value != 0 },
        isDraining: state.phase.isClosed, accepted: state.accepted,
        started: state.started, finished: state.finished, workers: state.workers,
        concurrency: options.concurrency, maxQueued: options.maxQueued,
        contentBytes: contentBytes, logBytes: logBytes, freeBytes: free)
    }
  }

  /// Tells whoever listens to a job.
  func changed(_ id: JobID) {
    let watchers = state.withLock { $0.watchers[id] ?? [:] }
    for watcher in watchers.values { watcher.yield() }
  }

  private func stored(_ id: JobID) throws(EngineError) -> StoredJob? {
    try JobDatabase.storing(folder.database) { try database.pool.read { try $0.job(id) } }
  }

  func told(_ job: StoredJob) throws(EngineError) -> JobStatus {
    guard let answer = job.answer else { return status(of: job) }
    guard let json = try? JSON(parsing: answer), let status = try? JobStatus(json) else {
      throw .damagedStore("the answer of job \(job.id) is malformed in the database")
    }
    return status
  }
}
