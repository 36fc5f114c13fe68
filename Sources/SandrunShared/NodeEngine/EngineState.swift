internal import NodeAPI
internal import NodeContent
internal import Records

/// A job that is not over.
struct LiveJob {
  let sequence: Int64
  /// Without its position, which others change.
  var status: JobStatus
  var isCancelling = false
  /// What the worker was told, where it has the job.
  var run: StartedJob?
  /// Whether it is with the worker, and takes a place there.
  var isWithWorker = false
  /// Keeps the content that it reads and writes.
  var lease: ContentLease?
  /// When the worker got it.
  var begun = ContinuousClock.now
  /// Where its payment lies.
  var escrow: Escrow?
  /// Whether it waits for its claim.
  var isHeld = false
  /// Whether what comes of it is shown to nobody yet.
  var isSealed = false
  /// The text of its status at a position.
  var text: (bytes: [UInt8], position: Int?)?
}

/// What the engine knows without asking the database.
struct EngineState {
  enum Phase {
    /// `finishing`: nothing more is accepted, and all that was accepted is run.
    /// `draining`: nothing more is started either.
    case opened, running, finishing, draining, ended

    /// Whether jobs are started.
    var startsJobs: Bool { self == .running || self == .finishing }
    /// Whether the end is near: what is not with the worker is for the next start.
    var isStopping: Bool { self == .draining || self == .ended }
    /// Whether nothing more is accepted.
    var isClosed: Bool { self == .finishing || isStopping }
  }

  var phase = Phase.opened
  var jobs: [JobID: LiveJob] = [:]
  var waiting = WaitingLine()
  /// Jobs that are over and sealed, as everybody sees them: as running on, with no output.
  var sealed: [JobID: JobStatus] = [:]
  /// Submissions that are checked or on their way into the database.
  var arriving = 0
  /// Jobs with the worker.
  var occupied = 0
  /// Jobs that ran, and whose results are not yet in the database.
  var finishing = 0
  var worker: WorkerProcess?
  var isWorkerReady = false
  /// The last ping that was answered, and the last that was sent.
  var pong = 0
  var ping = 0
  /// No job is started before this moment.
  var pausedUntil: ContinuousClock.Instant?
  /// Why the last pause was made; nil since a job was started.
  var pauseReason: String?
  /// The jobs that could not be run since one could: several are a sign that it is not them.
  var unrun: Set<JobID> = []
  /// The numbers of jobs that are not started for a while, though others are.
  var resting: Set<Int64> = []
  /// What listens to changes of a job, by numbers of its own.
  var watchers: [JobID: [Int: AsyncStream<Void>.Continuation]] = [:]
  var nextWatcher = 0
  /// Answers of jobs that are over, for those who ask often.
  var answers = AnswerCache()
  var counts: [JobState: Int] = [:]
  /// Bytes of the logs of jobs that are over.
  var logBytes = 0
  /// Bytes of the other jobs' logs, and when they were summed up.
  var liveLogs: (bytes: Int, at: ContinuousClock.Instant)?
  var accepted = 0
  var started = 0
  var finished: [JobState: Int] = [:]
  var workers = 0
  /// How long a job takes, about.
  var seconds = 1.0
  /// What was last measured of the content, and when.
  var content: (bytes: Int, at: ContinuousClock.Instant)?
  /// Whether content may have come free since the last sweep.
  var isContentFreed = true
  /// What waits for the end.
  var ends: [CheckedContinuation<Void, Never>] = []

  /// Whether all that was accepted is over.
  var isIdle: Bool { arriving == 0 && jobs.isEmpty && finishing == 0 }

  /// Changes where a job stands, in all places that tell it.
  mutating func move(_ id: JobID, to state: JobState) {
    guard var job = jobs[id] else { return }
    count(job.status.state, -1)
    count(state, 1)
    if state == .queued { waiting.insert(job.sequence) } else { waiting.remove(job.sequence) }
    job.status.state = state
    job.text = nil
    jobs[id] = job
  }

  /// Counts jobs in a state.
  mutating func count(_ state: JobState, _ difference: Int) {
    counts[state] = (counts[state] ?? 0) + difference
  }

  /// The status of a job that is not over, or not to be seen as over.
  func status(_ id: JobID) -> JobStatus? {
    guard let job = jobs[id] else { return sealed[id] }
    var status = job.status
    status.position = waiting.position(of: job.sequence)
    if job.isSealed { status.logSize = 0 }
    return status
  }

  /// Whether something of what was run is to be seen by nobody yet.
  var hasSecrets: Bool { !sealed.isEmpty || jobs.values.contains { $0.isSealed && !$0.isHeld } }

  /// The text of that status.
  mutating func text(_ id: JobID) -> [UInt8]? {
    guard let job = jobs[id] else { return sealed[id]?.json.bytes }
    guard let status = status(id) else { return nil }
    if let text = job.text, text.position == status.position { return text.bytes }
    let bytes = status.json.bytes
    jobs[id]?.text = (bytes, status.position)
    return bytes
  }

  /// Takes a job away from the worker; gives how it was run.
  mutating func leaveWorker(_ id: JobID) -> StartedJob? {
    guard let job = jobs[id], job.isWithWorker else { return nil }
    jobs[id]?.isWithWorker = false
    occupied -= 1
    return job.run
  }
}

/// The answers of the jobs that were asked for last, as many as fit.
struct AnswerCache {
  /// Bytes of all together.
  static let limit = 16 << 20

  private var answers: [JobID: [UInt8]] = [:]
  private var order: [JobID] = []
  private var bytes = 0

  subscript(id: JobID) -> [UInt8]? { answers[id] }

  mutating func add(_ id: JobID, _ answer: [UInt8]) {
    guard answer.count < Self.limit / 16, answers[id] == nil else { return }
    answers[id] = answer
    order.append(id)
    bytes += answer.count
    guard bytes > Self.limit else { return }
    // Half at once, so that it costs little a job.
    let gone = order.prefix(order.count / 2 + 1)
    for id in gone { bytes -= answers.removeValue(forKey: id)?.count ?? 0 }
    order.removeFirst(gone.count)
  }

  mutating func remove(_ id: JobID) {
    guard let answer = answers.removeValue(forKey: id) else { return }
    bytes -= answer.count
    order.removeAll { $0 == id }
  }
}
