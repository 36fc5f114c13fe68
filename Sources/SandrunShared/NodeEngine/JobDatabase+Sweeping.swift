internal import GRDB
internal import IPFS
internal import NodeAPI

/// A job that is gone from the database, and what of it is left to remove.
struct SweptJob: Sendable {
  var id: JobID
  var state: JobState
  var logSize: Int
}

extension Database {
  /// Forgets up to `limit` jobs that were over before a moment, in seconds since 1970.
  func sweepJobs(finishedBefore moment: Int, limit: Int) throws -> [SweptJob] {
    let rows = try Row.fetchAll(
      self,
      sql: """
        DELETE FROM jobs WHERE seq IN
          (SELECT seq FROM jobs WHERE finished_at < ? AND (escrow IS NULL OR settled = 1)
           ORDER BY finished_at LIMIT ?)
        RETURNING id, state, log_size
        """, arguments: [moment, limit])
    return rows.compactMap { row in
      guard let id = JobID(row[0] as String), let state = JobState(rawValue: row[1]) else {
        return nil
      }
      return SweptJob(id: id, state: state, logSize: row[2])
    }
  }

  /// Keeps uploaded content until a moment, or longer where it was kept longer before.
  func keep(_ roots: [CID], until moment: Int) throws {
    let statement = try cachedStatement(
      sql: """
        INSERT INTO uploads (cid, until) VALUES (?, ?)
        ON CONFLICT (cid) DO UPDATE SET until = max(until, excluded.until)
        """)
    for root in roots { try statement.execute(arguments: ["\(root)", moment]) }
  }

  func sweepUploads(before moment: Int) throws -> Int {
    try execute(sql: "DELETE FROM uploads WHERE until < ?", arguments: [moment])
    return changesCount
  }

  /// How many bytes of content the last sweep left; none before the first.
  func sweptBytes() throws -> Int {
    try Int.fetchOne(self, sql: "SELECT value FROM facts WHERE name = 'swept'") ?? 0
  }

  func setSweptBytes(_ bytes: Int) throws {
    try execute(
      sql: "INSERT OR REPLACE INTO facts (name, value) VALUES ('swept', ?)", arguments: [bytes])
  }

  /// All content that must not go.
  func roots() throws -> [CID] {
    var found: Set<CID> = []
    for sql in ["SELECT roots FROM jobs", "SELECT cid FROM uploads"] {
      let rows = try String.fetchCursor(self, sql: sql)
      while let text = try rows.next() {
        for word in text.split(separator: " ") {
          guard let cid = try? CID(parsing: String(word)) else {
            throw EngineError.damagedStore("the database names a malformed CID")
          }
          found.insert(cid)
        }
      }
    }
    return Array(found)
  }
}
