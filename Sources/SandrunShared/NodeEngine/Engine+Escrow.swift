internal import Dispatch
internal import Files
internal import GRDB
public import IPFS
public import NodeAPI
internal import NodeContent
internal import Records
internal import Synchronization
internal import SystemPackage

extension Engine {
  /// Jobs in escrow of which there is news: one was accepted, or is over, seen or not.
  ///
  /// Ask for it first, then for `escrows`, so that nothing is missed.
  public var escrowChanges: AsyncStream<JobID> { escrowNews.listen() }

  /// The jobs in escrow with which the chain is not done, the oldest first.
  public func escrows() async throws(EngineError) -> [EscrowedRun] {
    try await offload { [self] () throws(EngineError) in
      let jobs = try JobDatabase.storing(folder.database) {
        try database.pool.read { try $0.openEscrows() }
      }
      var runs: [EscrowedRun] = []
      for job in jobs {
        if let run = try escrowedRun(job) { runs.append(run) }
      }
      return runs
    }
  }

  /// A job in escrow, for the node itself alone; nil where there is no such job, or it is not in escrow.
  public func escrow(_ id: JobID) async throws(EngineError) -> EscrowedRun? {
    try await offload { [self] () throws(EngineError) in
      let job = try JobDatabase.storing(folder.database) {
        try database.pool.read { try $0.job(id) }
      }
      return try job.flatMap { (job) throws(EngineError) in try escrowedRun(job) }
    }
  }

  private func escrowedRun(_ job: StoredJob) throws(EngineError) -> EscrowedRun? {
    guard let escrow = job.escrow else { return nil }
    var run = EscrowedRun(
      id: job.id, escrow: escrow, code: job.code, specification: job.specification,
      state: job.state, isHeld: job.isHeld, isSealed: job.isSealed)
    if job.state.isFinal { run.outcome = RunOutcome(try told(job)) }
    return run
  }

  /// Whether another job than one in escrow has begun here with its very specification and code, or is about to.
  ///
  /// What comes of that may be seen before openings of the other begin, or was.
  public func hasBegun(
    _ specification: CID, _ code: CID, besides id: JobID
  ) async throws(EngineError) -> Bool {
    try await offload { [self] () throws(EngineError) in
      try JobDatabase.storing(folder.database) {
        try database.pool.read { try $0.hasBegun(specification, code, besides: id) }
      }
    }
  }

  /// Lets a job be run whose claim is on the chain; where it is not held any more nothing happens.
  public func begin(_ id: JobID) async throws(EngineError) {
    _ = try await ledger.perform {
      try $0.begin(id)
    } committed: { [self] isFirst in
      if isFirst { state.withLock { $0.jobs[id]?.isHeld = false } }
    }
    ledger.wake()
  }

  /// Ends a held job that is not to be claimed any more, and says why; one that is not held stays as it is.
  public func drop(_ id: JobID, because why: String) async throws(EngineError) {
    _ = try await ledger.perform { [self] database -> FinishedJob? in
      guard let job = try database.job(id), job.state == .queued, job.isHeld else { return nil }
      var status = status(of: job)
      status.state = .failed
      status.error = folder.hidden(in: why)
      let finished = signed(status, job.sequence)
      guard try database.finish(finished, from: .queued) else { return nil }
      try database.settle(id)
      return finished
    } committed: { [self] finished in
      if let finished { over(finished) }
    }
  }

  /// Takes down that the chain is done with a job that is over; it goes when its time has come.
  public func settle(_ id: JobID) async throws(EngineError) {
    try await ledger.perform { try $0.settle(id) }
  }

  /// A number that the node keeps under a name; nil where it has none.
  public func fact(_ name: String) async throws(EngineError) -> Int? {
    try await ledger.perform { try $0.fact(name) }
  }

  /// Keeps a number under a name.
  public func setFact(_ name: String, to value: Int) async throws(EngineError) {
    try await ledger.perform { try $0.setFact(name, to: value) }
  }

  /// Shows what came of a job in escrow: openings have begun, or there are none to come.
  ///
  /// Nothing happens to a job that is not over, or was unsealed before; false where it is not over.
  @discardableResult
  public func unseal(_ id: JobID) async throws(EngineError) -> Bool {
    guard state.withLock({ $0.sealed[id] != nil }) else {
      return state.withLock { $0.jobs[id] == nil }
    }
    let stored = try await offload { [self] () throws(EngineError) in
      try JobDatabase.storing(folder.database) { try database.pool.read { try $0.job(id) } }
    }
    guard let stored, let answer = stored.answer else { return false }
    let status = try told(stored)
    let roots = Self.roots(of: status)
    let lease = content.lease()
    defer { lease.release() }
    try await offload { [self] () throws(EngineError) in
      try copy(roots, from: sealedFolder(id), to: lease.repository)
    }
    _ = try await ledger.perform {
      try $0.unseal(id, holding: roots)
    } committed: { [self] isFirst in
      guard isFirst else { return }
      lease.settle()
      show(status, answer)
    }
    let hidden = sealedFolder(id)
    proving.async { try? Files.removeTree(hidden) }
    return true
  }

  /// The content that came of a job.
  private static func roots(of status: JobStatus) -> [CID] {
    [status.proof?["cid"], status.result?["outputs"]?["cid"]].compactMap { json in
      json?.string.flatMap { try? CID(parsing: $0) }
    }
  }

  private func copy(
    _ roots: [CID], from folder: FilePath, to repository: Repository
  ) throws(EngineError) {
    do throws(ReadError) {
      let source: Repository
      do { source = try Repository(at: folder) } catch { throw .repository(error) }
      let batch = repository.batch()
      var walk = DAGWalk(roots, in: source, limit: .max, linkLimit: .max)
      while let step = try walk.next() {
        guard let digest = step.cid.sha256 else { continue }
        do throws(RepositoryError) {
          let bytes = if let read = step.bytes { read } else { try source.block(step.cid) }
          try unsafe batch.put(bytes.span.bytes, as: digest)
        } catch { throw .repository(error) }
      }
      do { try batch.commit() } catch { throw .repository(error) }
    } catch {
      throw .store("what came of a job cannot be shown: \(error)")
    }
  }

  private func show(_ status: JobStatus, _ answer: [UInt8]) {
    let id = status.id
    let watchers = state.withLock { state in
      state.sealed[id] = nil
      state.count(.running, -1)
      state.count(status.state, 1)
      state.answers.add(id, answer)
      state.logBytes += status.logSize
      state.finished[status.state, default: 0] += 1
      return state.watchers.removeValue(forKey: id) ?? [:]
    }
    for watcher in watchers.values { watcher.finish() }
  }

  /// Takes in that a sealed job is over, which nobody else is to see; false where there is nothing to hide.
  func keepSealed(_ job: FinishedJob) -> Bool {
    let id = job.status.id
    let (isKept, lease) = state.withLock { state -> (Bool, ContentLease?) in
      // Of what was never to be run there is nothing to hide.
      guard let live = state.jobs[id], live.isSealed, !live.isHeld else {
        return (false, nil)
      }
      var status = live.status
      status.logSize = 0
      // It may have waited for another start.
      state.move(id, to: .running)
      status.state = .running
      status.position = nil
      state.sealed[id] = status
      state.jobs[id] = nil
      return (true, live.lease)
    }
    lease?.release()
    if isKept { escrowNews.tell(id) }
    return isKept
  }

  /// Makes the proof of a sealed run beside its outputs, in a repository of its own.
  func proveSealed(
    _ result: JSONObject, of job: EndedRun, in status: inout JobStatus
  ) throws(RunProofError) {
    var roots: [CID] = []
    let batch: Batch
    do { batch = try Repository(at: sealedFolder(job.id)).batch() } catch {
      throw RunProofError(.machine, "\(error)")
    }
    try prove(result, of: job, in: &status, &roots, into: batch)
    do { try batch.commit() } catch { throw RunProofError(.machine, "\(error)") }
    do throws(FileError) { try Files.syncDirectory(folder.sealed) } catch {
      throw RunProofError(error)
    }
  }
}
