internal import Dispatch
public import Ethereum
internal import Files
internal import GRDB
internal import IPFS
internal import NodeAPI
public import NodeContent
public import Records
internal import Synchronization
internal import SystemPackage

/// The node's jobs: what is queued, what runs, what came of it.
///
/// All of it may be called from any thread. `start` it, then `run` it; `drain` ends `run`.
public final class Engine: Sendable {
  /// What bounds it.
  public let options: EngineOptions
  /// The node's own blocks.
  public let content: NodeContent
  var folder: NodeFolder { options.node }
  let signer: Signer
  let database: JobDatabase
  let state = Mutex(EngineState())
  let now: @Sendable () -> Timestamp
  let note: @Sendable (String) -> Void
  /// Proofs are made here, one round after the other.
  let proving = DispatchQueue(label: "sandrun.proofs")
  let ended = Mutex<[EndedRun]>([])
  /// Work that waits for the disk, and must not hold up a thread that others wait for.
  let reading = DispatchQueue(label: "sandrun.content", attributes: .concurrent)
  /// What must wait a while.
  let clock = DispatchQueue(label: "sandrun.clock")
  private let ledgerOnceMade = Mutex<Ledger?>(nil)
  let escrowNews = EscrowNews()

  /// Who signs results.
  public var address: Address { signer.address }

  /// Opens the job database and puts it right: what ran when the node went down is queued again, or, after
  /// `maxStarts`, has failed.
  ///
  /// `note` takes what the node's owner may want to know.
  public init(
    _ options: EngineOptions, content: NodeContent, signer: Signer,
    now: @escaping @Sendable () -> Timestamp, note: @escaping @Sendable (String) -> Void = { _ in }
  ) throws(EngineError) {
    self.options = options
    self.content = content
    self.signer = signer
    self.now = now
    self.note = note
    database = try JobDatabase(at: options.node.database)
    try takeUp()
    try removeLeftovers()
  }

  /// The only writer of the database.
  var ledger: Ledger {
    ledgerOnceMade.withLock { made in
      if let made { return made }
      let ledger = Ledger(
        database, at: folder.database,
        starting: { [weak self] database in try self?.startNext(in: database) ?? [] },
        started: { [weak self] jobs in self?.hand(jobs) })
      made = ledger
      return ledger
    }
  }

  /// Whether nothing more is accepted.
  public var isDraining: Bool {
    state.withLock { $0.phase.isClosed }
  }

  /// Whether nothing more is started: what waits is for the next start.
  var isStopping: Bool {
    state.withLock { $0.phase.isStopping }
  }

  /// Reads the jobs that are not over; those that ran wait again, unless they were started too often or are to end.
  private func takeUp() throws(EngineError) {
    let (jobs, sealed, counts, logBytes) = try JobDatabase.storing(folder.database) {
      try database.pool.write { database in
        for job in try database.liveJobs() where job.state == .running && mayRunAgain(job) {
          _ = try database.requeue(job.sequence, starts: job.starts)
        }
        let (counts, bytes) = try database.counts()
        return (try database.liveJobs(), try database.sealedJobs(), counts, bytes)
      }
    }
    // What an earlier start left of a log is there to be read.
    let logs = jobs.map { $0.starts > 0 ? logSize($0.id) : 0 }
    state.withLock { state in
      state.counts = counts
      state.logBytes = logBytes
      for (job, logSize) in zip(jobs, logs) {
        var live = LiveJob(sequence: job.sequence, status: status(of: job))
        live.status.logSize = logSize
        live.isCancelling = job.isCancelling
        live.escrow = job.escrow
        live.isHeld = job.isHeld
        live.isSealed = job.isSealed
        state.jobs[job.id] = live
        if job.state == .queued { state.waiting.insert(job.sequence) }
      }
      for job in sealed {
        var status = status(of: job)
        status.state = .running
        status.logSize = 0
        state.sealed[job.id] = status
      }
    }
  }

  private func mayRunAgain(_ job: StoredJob) -> Bool {
    !job.isCancelling && job.starts < options.maxStarts
  }

  /// The status of a job that is not over, from the database.
  func status(of job: StoredJob) -> JobStatus {
    var status = JobStatus(
      id: job.id, state: job.state, specification: job.specification, code: job.code,
      worker: address)
    status.submittedAt = job.submittedAt
    status.startedAt = job.startedAt
    status.starts = job.starts
    status.logSize = job.logSize
    status.escrow = job.escrow?.json
    status.isHidden = job.isSealed
    return status
  }

  /// Removes what a killed node left of runs, and the logs of jobs that are no more.
  private func removeLeftovers() throws(EngineError) {
    let known = try JobDatabase.storing(folder.database) {
      try database.pool.read { try Set(String.fetchCursor($0, sql: "SELECT id FROM jobs")) }
    }
    do throws(FileError) {
      for name in try Files.list(folder.logs) where !known.contains(name.string) {
        try Files.removeTree(folder.logs.appending(name))
      }
      let hidden = state.withLock { state in
        Set(
          state.sealed.keys.map(\.description)
            + state.jobs.filter { $0.value.isSealed }.map(\.key.description))
      }
      for name in try Files.list(folder.sealed) where !hidden.contains(name.string) {
        try Files.removeTree(folder.sealed.appending(name))
      }
      // The worker sweeps its own, whose processes it must end first.
      for name in try Files.list(folder.runs)
      where JobID(name.string) != nil || name.string.hasPrefix("trial-") {
        try Files.removeTree(folder.runs.appending(name))
      }
    } catch {
      throw .store("\(error)")
    }
  }

  /// The log folder of a job.
  func logFolder(_ id: JobID) -> FilePath { folder.logs.appending("\(id)") }

  /// The repository of what comes of a sealed job.
  func sealedFolder(_ id: JobID) -> FilePath { folder.sealed.appending("\(id)") }

  /// The folder of a run's trace.
  func runFolder(_ id: JobID) -> FilePath { folder.runs.appending("\(id)") }

  /// Does blocking work elsewhere.
  func offload<T: Sendable, E: Error>(
    _ body: @escaping @Sendable () throws(E) -> T
  ) async throws(E) -> T {
    let result: Result<T, E> = await withCheckedContinuation { continuation in
      reading.async { continuation.resume(returning: Result { () throws(E) in try body() }) }
    }
    return try result.get()
  }
}
