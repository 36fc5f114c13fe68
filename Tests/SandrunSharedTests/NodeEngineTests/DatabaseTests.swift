import Files
import GRDB
import SystemPackage
import TestSupport
import Testing

@testable import NodeEngine

@Suite struct DatabaseTests {
  @Test("every commit is synced, in WAL mode")
  func synced() throws {
    let scratch = try Scratch()
    let database = try JobDatabase(at: scratch.path.appending("jobs.sqlite"))
    // 2 is FULL: see the pragma.
    #expect(try pragma("synchronous", of: database) == "2")
    #expect(try pragma("journal_mode", of: database) == "wal")
    #expect(try pragma("foreign_keys", of: database) == "1")
  }

  /// As the connection that writes has it.
  private func pragma(_ name: String, of database: JobDatabase) throws -> String? {
    try database.pool.write { try String.fetchOne($0, sql: "PRAGMA \(name)") }
  }

  @Test("a database of another program is refused, and left as it is")
  func foreign() throws {
    let scratch = try Scratch()
    let path = scratch.path.appending("jobs.sqlite")
    do {
      let other = try DatabaseQueue(path: path.string)
      try other.write { try $0.execute(sql: "CREATE TABLE theirs (x)") }
      try other.close()
    }
    let before = try Files.read(path)
    #expect(throws: EngineError.badStore("\(path) is a database of another program")) {
      try JobDatabase(at: path)
    }
    #expect(try Files.read(path) == before)
  }

  @Test("a file that is no database is refused, and left as it is")
  func noDatabase() throws {
    let scratch = try Scratch()
    let path = scratch.path.appending("jobs.sqlite")
    try Files.writeAtomically([UInt8](repeating: 7, count: 10_000), to: path)
    #expect(throws: EngineError.badStore("\(path) is no database")) { try JobDatabase(at: path) }
    #expect(try Files.read(path) == [UInt8](repeating: 7, count: 10_000))
  }

  @Test("a damaged database is refused, and left as it is")
  func damaged() throws {
    let scratch = try Scratch()
    let path = scratch.path.appending("jobs.sqlite")
    do {
      let database = try JobDatabase(at: path)
      try database.pool.write { database in
        for number in 0..<2000 {
          try database.execute(
            sql: "INSERT INTO uploads (cid, until) VALUES (?, ?)",
            arguments: ["some text that fills pages, number \(number)", number])
        }
      }
      try database.pool.close()
    }
    var bytes = try Files.read(path)
    for index in 30_000..<60_000 { bytes[index] ^= 0x55 }
    try Files.writeAtomically(bytes, to: path)
    do {
      _ = try JobDatabase(at: path)
      Issue.record("it was opened")
    } catch .damagedStore {
      #expect(try Files.read(path) == bytes)
    }
  }

  @Test("a database of a newer version is refused")
  func newer() throws {
    let scratch = try Scratch()
    let path = scratch.path.appending("jobs.sqlite")
    do {
      let database = try JobDatabase(at: path)
      try database.pool.write {
        try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('999')")
      }
      try database.pool.close()
    }
    #expect(throws: EngineError.badStore("\(path) was made by a newer version of sr-node")) {
      try JobDatabase(at: path)
    }
  }

  @Test("a folder is one node's at a time")
  func busy() throws {
    let scratch = try Scratch()
    let path = scratch.path.appending("serve")
    let node = try NodeFolder(path)
    #expect(throws: EngineError.busy("\(path) is in use by another sr-node serve")) {
      try NodeFolder(path)
    }
    _ = node
  }
}
