public import Ethereum
internal import GRDB
public import Marketplace
public import Records
internal import SystemPackage

/// The nodes that registered here: of each its last signed descriptor, until that is too old.
///
/// Each call may wait for the disk. What was answered is on disk.
public final class NodePool: Sendable {
  /// The longest descriptor that a pool keeps, in bytes.
  public static let longestDescriptor = 16 << 10
  /// The most nodes on a page.
  public static let largestPage = 1000
  /// How far in the future a descriptor may be issued: clocks differ.
  static let skew = 300
  /// So many nodes are looked at for one page, and so many bytes are on it, at most.
  private static let (most, mostBytes) = (1000, 4 << 20)

  /// How many nodes are kept.
  public let maxNodes: Int
  /// For how long after it was issued.
  public let keep: Duration
  private let path: FilePath
  private let now: @Sendable () -> Timestamp
  private let database: DatabasePool

  /// Opens the pool of a node's folder, or makes it.
  public init(
    in folder: NodeFolder, maxNodes: Int, keep: Duration, now: @escaping @Sendable () -> Timestamp
  ) throws(EngineError) {
    self.maxNodes = maxNodes
    self.keep = keep
    self.now = now
    path = folder.path.appending("registry.sqlite")
    database = try DatabaseFile(
      path, applicationID: 0x5352_4E50, label: "sandrun.registry", migrator: Self.migrator
    ).open()
  }

  private static let migrator: DatabaseMigrator = {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { database in
      // `SRNP` in the header tells our files from others.
      try database.execute(sql: "PRAGMA application_id = \(0x5352_4E50)")
      // A retired node stays until its last descriptor would have gone, so that nobody brings that back.
      try database.execute(
        sql: """
          CREATE TABLE nodes (
            address TEXT NOT NULL PRIMARY KEY,
            issued INTEGER NOT NULL,
            issued_nanos INTEGER NOT NULL,
            registered INTEGER NOT NULL,
            expires INTEGER NOT NULL,
            retired INTEGER NOT NULL CHECK (retired IN (0, 1)),
            cid TEXT NOT NULL,
            descriptor TEXT NOT NULL
          ) STRICT;
          CREATE INDEX nodes_expires ON nodes (expires);
          """)
    }
    return migrator
  }()

  /// Takes a node's descriptor in the place of an older one; the same again changes nothing.
  ///
  /// One with `"retired": true` ends the node's entry; what comes back is nil then.
  public func add(_ signed: SignedDescriptor) throws(PoolError) -> PoolEntry? {
    let isRetired = try Self.isRetired(signed)
    let descriptor = signed.descriptor
    guard signed.bytes.count <= Self.longestDescriptor else {
      throw .refused("descriptor is longer than \(Self.longestDescriptor) bytes")
    }
    guard isRetired || !descriptor.endpoint.isEmpty else {
      throw .refused("descriptor.endpoint is empty: nobody would reach the node")
    }
    let moment = now()
    let issued = descriptor.issuedAt
    guard issued.seconds <= moment.seconds + Self.skew else {
      throw .refused("descriptor.issuedAt is \(issued), and it is \(moment)")
    }
    let expires = issued.seconds + Int(keep.components.seconds)
    guard expires > moment.seconds else {
      throw .refused("descriptor.issuedAt is \(issued), which is too old: sign a new one")
    }
    let (limit, key) = (maxNodes, Self.key(descriptor.address))
    try store {
      try database.write { database in
        try database.execute(
          sql: "DELETE FROM nodes WHERE expires <= ?", arguments: [moment.seconds])
        if let row = try Row.fetchOne(
          database, sql: "SELECT issued, issued_nanos, cid FROM nodes WHERE address = ?",
          arguments: [key])
        {
          let known = Timestamp(seconds: row[0], nanoseconds: row[1])
          if known == issued, row[2] as String == "\(signed.cid)" { return }
          guard issued > known else { throw PoolError.notNewer(known) }
        } else {
          let count = try Int.fetchOne(database, sql: "SELECT count(*) FROM nodes") ?? 0
          guard count < limit else { throw PoolError.full }
        }
        try database.execute(
          sql: "INSERT OR REPLACE INTO nodes VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
          arguments: [
            key, issued.seconds, issued.nanoseconds, moment.seconds,
            expires, isRetired, "\(signed.cid)", String(decoding: signed.bytes, as: UTF8.self),
          ])
      }
    }
    return isRetired ? nil : try entry(of: descriptor.address)
  }

  /// The entry of a node; nil where there is none, or not any more.
  public func entry(of address: Address) throws(PoolError) -> PoolEntry? {
    let moment = now().seconds
    return try store {
      try database.read { database in
        try Row.fetchOne(
          database, sql: "\(Self.select) WHERE address = ? AND retired = 0 AND expires > ?",
          arguments: [Self.key(address), moment]
        ).flatMap(Self.entry)
      }
    }
  }

  /// Nodes that meet criteria, by address from behind one on; a page may be short, or empty, and another follow.
  public func page(
    of criteria: NodeCriteria, limit: Int, after address: Address? = nil
  ) throws(PoolError) -> PoolPage {
    let moment = now().seconds
    return try store {
      try database.read { database in
        var page = PoolPage(entries: [], next: nil)
        var (seen, bytes) = (0, 0)
        let rows = try Row.fetchCursor(
          database,
          sql: "\(Self.select) WHERE address > ? AND retired = 0 AND expires > ? ORDER BY address",
          arguments: [address.map(Self.key) ?? "", moment])
        while let row = try rows.next() {
          // There is one more.
          if page.entries.count >= limit || seen >= Self.most || bytes >= Self.mostBytes {
            return page
          }
          seen += 1
          guard let entry = Self.entry(row) else { continue }
          page.next = entry.address
          guard let object = (try? JSON(parsing: entry.bytes))?.object,
            let descriptor = try? NodeDescriptor(object), criteria.isMet(by: descriptor)
          else { continue }
          bytes += entry.bytes.count
          page.entries.append(entry)
        }
        page.next = nil
        return page
      }
    }
  }

  /// How many nodes can be found.
  public func count() throws(PoolError) -> Int {
    let moment = now().seconds
    return try store {
      try database.read { database in
        try Int.fetchOne(
          database, sql: "SELECT count(*) FROM nodes WHERE retired = 0 AND expires > ?",
          arguments: [moment]) ?? 0
      }
    }
  }

  // MARK: Rows

  private static let select = "SELECT address, descriptor, registered, expires FROM nodes"

  private static func entry(_ row: Row) -> PoolEntry? {
    guard let address = Address(row[0] as String) else { return nil }
    return PoolEntry(
      address: address, bytes: Array((row[1] as String).utf8),
      registeredAt: Timestamp(seconds: row[2]), expiresAt: Timestamp(seconds: row[3]))
  }

  /// An address as the table has it: in lower case, so that its order is one.
  private static func key(_ address: Address) -> String { "\(address)".lowercased() }

  private static func isRetired(_ signed: SignedDescriptor) throws(PoolError) -> Bool {
    guard let member = signed.json["retired"] else { return false }
    guard let isRetired = member.boolean else {
      throw .refused("descriptor.retired is neither true nor false")
    }
    return isRetired
  }

  private func store<T>(_ body: () throws -> T) throws(PoolError) -> T {
    var refusal: PoolError?
    do throws(EngineError) {
      return try JobDatabase.storing(path) {
        do { return try body() } catch let error as PoolError {
          refusal = error
          throw error
        }
      }
    } catch {
      throw refusal ?? .store(error)
    }
  }
}
