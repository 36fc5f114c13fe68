internal import GRDB
internal import SystemPackage

/// The file with all jobs: SQLite in WAL mode, each commit synced.
struct JobDatabase: Sendable {
  let pool: DatabasePool

  /// `SRJB` in the header tells our files from others.
  private static let applicationID = 0x5352_4A42

  /// Opens the file, or makes it; one that is damaged, or another program's, is left as it is.
  init(at path: FilePath) throws(EngineError) {
    pool = try DatabaseFile(
      path, applicationID: Self.applicationID, label: "sandrun.jobs", migrator: Self.migrator
    ).open()
  }

  private static let migrator: DatabaseMigrator = {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { database in
      try database.execute(sql: "PRAGMA application_id = \(applicationID)")
      // A state is final where `finished` is set; `answer` is then the whole answer, signed.
      try database.execute(
        sql: """
          CREATE TABLE jobs (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            key TEXT UNIQUE,
            digest TEXT,
            job TEXT NOT NULL,
            code TEXT NOT NULL,
            spec TEXT NOT NULL,
            roots TEXT NOT NULL,
            state TEXT NOT NULL
              CHECK (state IN ('queued', 'running', 'completed', 'failed', 'cancelled')),
            starts INTEGER NOT NULL DEFAULT 0,
            cancelling INTEGER NOT NULL DEFAULT 0,
            submitted TEXT NOT NULL,
            started TEXT,
            finished TEXT,
            finished_at INTEGER,
            log_size INTEGER NOT NULL DEFAULT 0,
            answer TEXT,
            CHECK ((finished_at IS NULL) = (state IN ('queued', 'running'))),
            CHECK ((finished_at IS NULL) = (answer IS NULL))
          ) STRICT;
          CREATE INDEX jobs_state ON jobs (state, seq);
          CREATE INDEX jobs_finished ON jobs (finished_at) WHERE finished_at IS NOT NULL;
          CREATE TABLE uploads (
            cid TEXT PRIMARY KEY,
            until INTEGER NOT NULL
          ) STRICT, WITHOUT ROWID;
          CREATE TABLE facts (
            name TEXT PRIMARY KEY,
            value INTEGER NOT NULL
          ) STRICT, WITHOUT ROWID;
          """)
    }
    migrator.registerMigration("2") { database in
      // A job in escrow is held until its claim is on the chain, sealed until nodes open what they committed to, and
      // settled once the chain is done with it.
      try database.execute(
        sql: """
          ALTER TABLE jobs ADD COLUMN escrow TEXT;
          ALTER TABLE jobs ADD COLUMN held INTEGER NOT NULL DEFAULT 0;
          ALTER TABLE jobs ADD COLUMN sealed INTEGER NOT NULL DEFAULT 0;
          ALTER TABLE jobs ADD COLUMN settled INTEGER NOT NULL DEFAULT 0;
          CREATE INDEX jobs_escrow ON jobs (seq) WHERE escrow IS NOT NULL AND settled = 0;
          """)
    }
    return migrator
  }()

  /// Runs database work and tells the engine's errors from SQLite's.
  static func storing<T>(
    _ path: FilePath, _ body: () throws -> T
  ) throws(EngineError) -> T {
    do {
      return try body()
    } catch let error as EngineError {
      throw error
    } catch let error as DatabaseError {
      throw EngineError(error, path)
    } catch {
      throw .store("\(path): \(error)")
    }
  }
}

extension EngineError {
  init(_ error: DatabaseError, _ path: FilePath) {
    let words = error.message ?? "SQLite error \(error.resultCode.rawValue)"
    switch error.resultCode {
    case .SQLITE_NOTADB: self = .badStore("\(path) is no database")
    case .SQLITE_CORRUPT: self = .damagedStore("\(path) is damaged: \(words)")
    case .SQLITE_FULL: self = .diskFull
    default: self = .store("\(path): \(words)")
    }
  }
}
