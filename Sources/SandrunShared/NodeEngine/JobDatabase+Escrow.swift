internal import GRDB
internal import Hashing
internal import IPFS
internal import NodeAPI
internal import Records

extension Database {
  /// The job that a submission is once more, by its key or by its place on the chain, and whether it is the same.
  func job(of submission: Submission) throws -> (job: StoredJob, isSame: Bool)? {
    if let key = submission.idempotencyKey,
      let found = try job(key: key, digest: submission.bodyDigest)
    {
      return (found.job, found.isSame && found.job.escrow == submission.escrow)
    }
    guard let escrow = submission.escrow, let found = try job(escrow.name) else { return nil }
    // One that was never claimed may be taken up again.
    if found.escrow == escrow, found.state == .failed, found.starts == 0, !found.isSealed {
      return nil
    }
    return (found, found.escrow == escrow)
  }

  /// Forgets a job in escrow that was dropped unclaimed; says whether there was one.
  func forgetDropped(_ id: JobID) throws -> Bool {
    try run(
      """
      DELETE FROM jobs
      WHERE id = ? AND escrow IS NOT NULL AND state = 'failed' AND starts = 0 AND sealed = 0
      """, ["\(id)"])
    return changesCount == 1
  }

  /// The jobs that are over and sealed.
  func sealedJobs() throws -> [StoredJob] {
    try escrowJobs(where: "sealed = 1 AND finished IS NOT NULL")
  }

  /// The jobs in escrow with which the chain is not done, the oldest first.
  func openEscrows() throws -> [StoredJob] {
    try escrowJobs(where: "settled = 0")
  }

  private func escrowJobs(where condition: String) throws -> [StoredJob] {
    try Row.fetchAll(
      self,
      sql: """
        SELECT seq, id, state, starts, cancelling, submitted, started, code, spec, log_size, answer,
          escrow, held, sealed
        FROM jobs WHERE escrow IS NOT NULL AND \(condition) ORDER BY seq
        """
    ).compactMap { StoredJob($0) }
  }

  /// Whether another job of the same specification and code was started, or waits for nothing but its turn.
  func hasBegun(_ specification: CID, _ code: CID, besides id: JobID) throws -> Bool {
    let codes = try String.fetchAll(
      self,
      sql: """
        SELECT code FROM jobs
        WHERE spec = ? AND id != ? AND (starts > 0 OR state = 'queued' AND held = 0)
        """, arguments: ["\(specification)", "\(id)"])
    return codes.contains { (try? CID(parsing: $0))?.v1 == code.v1 }
  }

  /// Whether a job in escrow has this specification or code, and what came of it may not be seen yet.
  func hides(_ specification: CID, _ code: CID) throws -> Bool {
    let rows = try Row.fetchAll(
      self,
      sql: "SELECT code, spec FROM jobs WHERE escrow IS NOT NULL AND settled = 0 AND sealed = 1")
    return rows.contains { row in
      row["spec"] == "\(specification)"
        || (try? CID(parsing: row["code"] as String))?.v1 == code.v1
    }
  }

  /// Lets a held job be run; says whether it was held.
  func begin(_ id: JobID) throws -> Bool {
    try run("UPDATE jobs SET held = 0 WHERE id = ? AND held = 1", ["\(id)"])
    return changesCount == 1
  }

  /// Shows what came of a job, whose content is held from now on; says whether it was sealed.
  func unseal(_ id: JobID, holding roots: [CID]) throws -> Bool {
    try run(
      """
      UPDATE jobs SET sealed = 0, roots = roots || ?
      WHERE id = ? AND sealed = 1 AND finished IS NOT NULL
      """,
      [roots.isEmpty ? "" : " " + Self.text(of: roots), "\(id)"])
    return changesCount == 1
  }

  /// Takes down that the chain is done with a job.
  func settle(_ id: JobID) throws {
    try run("UPDATE jobs SET settled = 1 WHERE id = ? AND finished IS NOT NULL", ["\(id)"])
  }

  /// The number under a name among the node's facts.
  func fact(_ name: String) throws -> Int? {
    try Int.fetchOne(self, sql: "SELECT value FROM facts WHERE name = ?", arguments: [name])
  }

  func setFact(_ name: String, to value: Int) throws {
    try execute(
      sql: "INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)", arguments: [name, value])
  }
}
