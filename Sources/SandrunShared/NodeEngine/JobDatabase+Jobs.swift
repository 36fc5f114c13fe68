internal import GRDB
internal import Hashing
internal import IPFS
internal import NodeAPI
internal import Records

/// What the database keeps of a job from the start.
struct NewJob: Sendable {
  var id: JobID
  var submission: Submission
  /// All content that must be held for it.
  var roots: [CID]
  var submittedAt: Timestamp
}

/// A job as it stands in the database.
struct StoredJob: Sendable {
  var sequence: Int64
  var id: JobID
  var state: JobState
  var starts: Int
  var isCancelling: Bool
  var submittedAt: Timestamp?
  var startedAt: Timestamp?
  var specification: CID?
  var code: CID?
  var logSize: Int
  /// The whole answer where the job is over.
  var answer: [UInt8]?
  var escrow: Escrow?
  var isHeld = false
  var isSealed = false
}

/// What is needed to run a job.
struct StartedJob: Sendable {
  var sequence: Int64
  var id: JobID
  var starts: Int
  var startedAt: Timestamp
  var job: JSONObject
  var code: CID
  var specification: CID
  var escrow: Escrow?
}

/// A job that is over, with what is said of it.
struct FinishedJob: Sendable {
  var sequence: Int64
  var status: JobStatus
  var answer: [UInt8]
  /// Content that came of it.
  var roots: [CID]
}

extension Database {
  private static let columns = """
    seq, id, state, starts, cancelling, submitted, started, code, spec, log_size, answer, escrow,
    held, sealed
    """

  func insert(_ new: NewJob) throws -> Int64 {
    let submission = new.submission
    try run(
      """
      INSERT INTO jobs
        (id, key, digest, job, code, spec, roots, state, submitted, escrow, held, sealed)
      VALUES (?, ?, ?, ?, ?, ?, ?, 'queued', ?, ?, ?, ?)
      """,
      [
        "\(new.id)", submission.idempotencyKey, submission.bodyDigest.map { "\($0)" },
        JSON.object(submission.job).text, "\(submission.code)", "\(submission.specification)",
        Self.text(of: new.roots), "\(new.submittedAt)", submission.escrow?.json.text,
        submission.escrow != nil, submission.escrow != nil,
      ])
    return lastInsertedRowID
  }

  /// The job that a key stands for, and whether it came of the same submission.
  func job(key: String, digest: Digest32?) throws -> (job: StoredJob, isSame: Bool)? {
    guard
      let row = try row("SELECT \(Self.columns), digest FROM jobs WHERE key = ?", [key]),
      let job = StoredJob(row)
    else { return nil }
    let other: String? = row["digest"]
    return (job, other == digest.map { "\($0)" })
  }

  func job(_ id: JobID) throws -> StoredJob? {
    try row("SELECT \(Self.columns) FROM jobs WHERE id = ?", ["\(id)"]).flatMap { StoredJob($0) }
  }

  /// All jobs that are not over, the oldest first.
  func liveJobs() throws -> [StoredJob] {
    try Row.fetchAll(
      self,
      sql: """
        SELECT \(Self.columns) FROM jobs WHERE state IN ('queued', 'running') ORDER BY seq
        """
    ).compactMap { StoredJob($0) }
  }

  func counts() throws -> (jobs: [JobState: Int], logBytes: Int) {
    var jobs: [JobState: Int] = [:]
    var bytes = 0
    // What came of a sealed job counts as nothing yet.
    let rows = try Row.fetchAll(
      self,
      sql: """
        SELECT CASE WHEN sealed = 1 AND finished IS NOT NULL THEN 'running' ELSE state END AS shown,
          count(*), total(log_size * (1 - sealed))
        FROM jobs GROUP BY shown
        """)
    for row in rows {
      guard let state = JobState(rawValue: row[0]) else { continue }
      jobs[state] = row[1]
      bytes += Int(max(0, min(row[2] as Double, 0x1p60)))
    }
    return (jobs, bytes)
  }

  /// Marks the oldest waiting jobs as started, once more each; not those whose numbers are `resting`.
  ///
  /// `malformed` takes those whose rows nobody can run: they run as well from now on, at no further start, until they are ended.
  func startNext(
    _ limit: Int, at time: Timestamp, except resting: Set<Int64> = [],
    malformed: (String) -> Void
  ) throws -> [StartedJob] {
    let statement = try cachedStatement(
      sql: """
        SELECT seq, id, starts, job, code, spec, escrow FROM jobs
        WHERE state = 'queued' AND held = 0
        ORDER BY seq LIMIT ?
        """)
    // All of them first: a row that changes while others are still read could be met again.
    var rows: [Row] = []
    let found = try Row.fetchCursor(statement, arguments: [limit + resting.count])
    while rows.count < limit, let row = try found.next() {
      if !resting.contains(row["seq"]) { rows.append(row.copy()) }
    }
    var started: [StartedJob] = []
    for row in rows {
      let starts = (row["starts"] as Int) &+ 1
      guard let id = JobID(row["id"] as String), starts > 0,
        let job = try? JSON(parsing: Array((row["job"] as String).utf8)).object,
        let code = try? CID(parsing: row["code"]), let spec = try? CID(parsing: row["spec"]),
        let escrow = Escrow.stored(row["escrow"])
      else {
        try run(
          "UPDATE jobs SET state = 'running' WHERE seq = ? AND state = 'queued'",
          [row["seq"] as Int64])
        malformed(row["id"])
        continue
      }
      started.append(
        StartedJob(
          sequence: row["seq"], id: id, starts: starts, startedAt: time, job: job, code: code,
          specification: spec, escrow: escrow.value))
      try run(
        """
        UPDATE jobs SET state = 'running', starts = ?, started = ?, log_size = 0
        WHERE seq = ? AND state = 'queued'
        """, [starts, "\(time)", row["seq"] as Int64])
    }
    return started
  }

  /// Lets a job that ran wait again; says whether it did run, at that start.
  func requeue(_ sequence: Int64, starts: Int) throws -> Bool {
    try run(
      "UPDATE jobs SET state = 'queued' WHERE seq = ? AND state = 'running' AND starts = ?",
      [sequence, starts])
    return changesCount == 1
  }

  /// Takes down that a job that runs is to end.
  func markCancelling(_ sequence: Int64) throws {
    try run("UPDATE jobs SET cancelling = 1 WHERE seq = ? AND state = 'running'", [sequence])
  }

  /// Ends a job that is in this state at this start; says whether it was, so that there is never a second end.
  func finish(_ job: FinishedJob, from state: JobState) throws -> Bool {
    let status = job.status
    let end = status.finishedAt ?? Timestamp(seconds: 0)
    try run(
      """
      UPDATE jobs SET state = ?, finished = ?, finished_at = ?, log_size = ?, answer = ?,
        roots = roots || ?, sealed = sealed * (1 - held), held = 0
      WHERE seq = ? AND state = ? AND starts = ?
      """,
      [
        status.state.rawValue, "\(end)", end.seconds, status.logSize,
        String(decoding: job.answer, as: UTF8.self),
        job.roots.isEmpty ? "" : " " + Self.text(of: job.roots),
        job.sequence, state.rawValue, status.starts,
      ])
    return changesCount == 1
  }

  func run(_ sql: String, _ arguments: StatementArguments) throws {
    try cachedStatement(sql: sql).execute(arguments: arguments)
  }

  private func row(_ sql: String, _ arguments: StatementArguments) throws -> Row? {
    try Row.fetchOne(try cachedStatement(sql: sql), arguments: arguments)
  }

  static func text(of roots: [CID]) -> String {
    roots.map { "\($0)" }.joined(separator: " ")
  }
}

extension Escrow {
  /// What the database has in its column; nil for what nobody wrote so.
  fileprivate static func stored(_ text: String?) -> (value: Escrow?, Void)? {
    guard let text else { return (nil, ()) }
    guard let json = try? JSON(parsing: Array(text.utf8)), let escrow = Escrow(json) else {
      return nil
    }
    return (escrow, ())
  }
}

extension StoredJob {
  init?(_ row: Row) {
    guard let id = JobID(row["id"] as String), let state = JobState(rawValue: row["state"]) else {
      return nil
    }
    self.init(
      sequence: row["seq"], id: id, state: state, starts: row["starts"],
      isCancelling: (row["cancelling"] as Int) != 0,
      submittedAt: (row["submitted"] as String?).flatMap { try? Timestamp($0) },
      startedAt: (row["started"] as String?).flatMap { try? Timestamp($0) },
      specification: (row["spec"] as String?).flatMap { try? CID(parsing: $0) },
      code: (row["code"] as String?).flatMap { try? CID(parsing: $0) }, logSize: row["log_size"],
      answer: (row["answer"] as String?).map { Array($0.utf8) },
      escrow: Escrow.stored(row["escrow"])?.value, isHeld: (row["held"] as Int) != 0,
      isSealed: (row["sealed"] as Int) != 0)
  }
}
