internal import Files
internal import GRDB
internal import SystemPackage

/// A database of the node's: SQLite in WAL mode, each commit synced.
struct DatabaseFile {
  private let path: FilePath
  private let applicationID: Int
  private let label: String
  private let migrator: DatabaseMigrator

  /// Names a file, the number in its header that tells ours from others', and its tables.
  init(_ path: FilePath, applicationID: Int, label: String, migrator: DatabaseMigrator) {
    self.path = path
    self.applicationID = applicationID
    self.label = label
    self.migrator = migrator
  }

  /// Opens the file, or makes it; one that is damaged, or another program's, is left as it is.
  func open() throws(EngineError) -> DatabasePool {
    try JobDatabase.storing(path) {
      try check()
      var configuration = Configuration()
      configuration.busyMode = .timeout(5)
      configuration.foreignKeysEnabled = true
      configuration.label = label
      // Readers never wait for each other; more of them would only hold descriptors.
      configuration.maximumReaderCount = 4
      let pool = try DatabasePool(path: path.string, configuration: configuration)
      // After opening: GRDB sets NORMAL as it turns WAL on, with which a power cut takes back what was answered.
      try pool.writeWithoutTransaction { database in
        try database.execute(sql: "PRAGMA synchronous = FULL")
        try database.execute(sql: "PRAGMA journal_size_limit = 67108864")
      }
      try migrator.migrate(pool)
      return pool
    }
  }

  /// Looks into a file that is there, without changing it.
  private func check() throws {
    guard let found = try Files.status(path), found.size > 0 else { return }
    var configuration = Configuration()
    configuration.journalMode = .default
    configuration.busyMode = .timeout(5)
    let queue = try DatabaseQueue(path: path.string, configuration: configuration)
    try queue.inDatabase { database in
      let id = try Int.fetchOne(database, sql: "PRAGMA application_id")
      let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0
      guard id == applicationID || (id == 0 && tables == 0) else {
        throw EngineError.badStore("\(path) is a database of another program")
      }
      guard try !migrator.hasBeenSuperseded(database) else {
        throw EngineError.badStore("\(path) was made by a newer version of sr-node")
      }
      let verdict = try String.fetchOne(database, sql: "PRAGMA quick_check(1)")
      guard verdict == "ok" else {
        throw EngineError.damagedStore("\(path) is damaged: \(verdict ?? "no answer")")
      }
    }
    try queue.close()
  }
}
