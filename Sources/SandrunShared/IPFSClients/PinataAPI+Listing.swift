internal import HTTP
internal import HTTPTypes
internal import IPFS
internal import Records

extension PinataAPI {
  /// Where a list comes from, and the most rows a page that it gives.
  private struct Table {
    var url: HTTPURL
    var query: [(name: String, value: String)]
    var limit: (name: String, value: Int)
    var offset: String
  }

  /// The ids of the rows that came last, so that what others add or take away meanwhile makes none come twice.
  private struct RecentRows {
    private static let most = 1 << 15
    private var (latest, older): (Set<String>, Set<String>) = ([], [])
    /// How many there were in all.
    private(set) var count = 0

    func contains(_ id: String) -> Bool { latest.contains(id) || older.contains(id) }

    /// Whether it is new.
    mutating func insert(_ id: String) -> Bool {
      guard !contains(id) else { return false }
      if latest.count >= Self.most { (latest, older) = ([], latest) }
      latest.insert(id)
      count += 1
      return true
    }
  }

  /// How often a list that changes while it is read is looked at again without anything new.
  private static let patience = 16

  func list(
    _ filter: PinFilter, until deadline: ContinuousClock.Instant?,
    _ each: (RemotePin) async throws(Failure) -> Void
  ) async throws(PinningError) {
    for cid in filter.cids.isEmpty ? [nil] : filter.forms.map(Optional.some) {
      if filter.states != [.pinned] {
        try await rows(of: jobs(cid), for: filter, until: deadline) { (row) throws(PinningError) in
          try await give(Self.job(row), filter, each)
        }
      }
      if filter.states.isEmpty || filter.states.contains(.pinned) {
        try await rows(of: pins(cid), for: filter, until: deadline) { (row) throws(PinningError) in
          try await give(Self.pin(row), filter, each)
        }
      }
    }
  }

  private func give(
    _ pin: RemotePin, _ filter: PinFilter, _ each: (RemotePin) async throws(Failure) -> Void
  ) async throws(PinningError) {
    // It is asked for CIDs that hold a text, and for no other filter of ours.
    guard filter.isAbout(pin), filter.takes(pin) else { return }
    do { try await each(pin) } catch { throw .failed(error) }
  }

  private func jobs(_ cid: CID?) -> Table {
    var query = [(name: "sort", value: "DESC")]
    if let cid { query.append((name: "ipfs_pin_hash", value: "\(cid)")) }
    return Table(
      url: url("pinning", "pinJobs"), query: query, limit: ("limit", 250), offset: "offset")
  }

  private func pins(_ cid: CID?) -> Table {
    var query = [(name: "status", value: "pinned")]
    if let cid { query.append((name: "hashContains", value: "\(cid)")) }
    return Table(
      url: url("data", "pinList"), query: query, limit: ("pageLimit", 1000), offset: "pageOffset")
  }

  /// Gives each row once, though others come and go while the list is read.
  ///
  /// A page begins with the last row of the one before: where it does not, rows were taken away, and it steps back.
  private func rows(
    of table: Table, for filter: PinFilter, until deadline: ContinuousClock.Instant?,
    _ each: (JSON) async throws(PinningError) -> Void
  ) async throws(PinningError) {
    var seen = RecentRows()
    var (offset, idle, lastSize) = (0, 0, 0)
    var first: Int?
    // A first page that is all there is by its count may tell no more than its own.
    var countsAll: Bool?
    while true {
      let query =
        table.query + [
          (table.limit.name, "\(table.limit.value)"), (table.offset, "\(offset)"),
        ]
      let answer = try await calls.json(.get, table.url.asking(query), until: deadline)
      guard let rows = answer["rows"]?.elements else {
        throw .nonsense("no \"rows\" where a list was asked for")
      }
      let ids = try rows.map { (row) throws(PinningError) in try Self.id(row) }
      guard !rows.isEmpty || offset > 0 else { return }
      let isJoined = offset == 0 || lastSize == 1 || ids.contains(where: seen.contains)
      var isFresh = false
      if isJoined {
        for (row, id) in zip(rows, ids) where seen.insert(id) {
          isFresh = true
          guard seen.count <= filter.mostRequests else { throw .endless(filter) }
          try await each(row)
        }
        let end = offset + rows.count
        let told = answer["count"]?.integer
        countsAll = countsAll ?? told.map { $0 > rows.count }
        let count = countsAll == true ? told : nil
        guard end < count ?? (isFresh ? .max : 0) else {
          // What came meanwhile was not there at first, and what went is not there now.
          guard seen.count < min(first ?? 0, count ?? 0) else { return }
          throw .nonsense("a list that repeats itself")
        }
        first = first ?? count
        offset = max(end - 1, offset + 1)
        lastSize = rows.count
      } else {
        offset = max(0, offset - max(1, rows.count))
      }
      idle = isFresh ? 0 : idle + 1
      guard idle < Self.patience else { throw .nonsense("a list that repeats itself") }
    }
  }

  // MARK: Rows

  private static func id(_ row: JSON) throws(PinningError) -> String {
    switch row["id"] {
    case .string(let text)? where RemotePin.isID(text): return text
    case .number(let number)?: return number.description
    default: throw .nonsense("a row without a good \"id\"")
    }
  }

  private static func job(_ row: JSON) throws(PinningError) -> RemotePin {
    var pin = try pin(row, created: "date_queued")
    guard let word = row["status"]?.string else { throw .nonsense("a job without \"status\"") }
    (pin.state, pin.info) = try state(word)
    pin.name = row["name"]?.string
    pin.meta = row["keyvalues"]?.object ?? JSONObject()
    pin.origins = row["host_nodes"]?.elements?.compactMap(\.string) ?? []
    return pin
  }

  private static func pin(_ row: JSON) throws(PinningError) -> RemotePin {
    var pin = try pin(row, created: "date_pinned")
    pin.name = row["metadata"]?["name"]?.string
    pin.meta = row["metadata"]?["keyvalues"]?.object ?? JSONObject()
    return pin
  }

  private static func pin(_ row: JSON, created: String) throws(PinningError) -> RemotePin {
    guard let cid = row["ipfs_pin_hash"]?.string.flatMap({ try? CID(parsing: $0) }) else {
      throw .nonsense("a row without a good \"ipfs_pin_hash\"")
    }
    guard let time = row[created]?.string.flatMap({ PinTime($0) }) else {
      throw .nonsense("a row whose \(JSON.string(created).text) is no time")
    }
    return RemotePin(requestID: "\(cid)", state: .pinned, created: time, cid: cid)
  }
}
