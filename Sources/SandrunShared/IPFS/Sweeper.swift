internal import Files
internal import Hashing
internal import Synchronization
internal import SystemPackage

/// One sweep: marks, counts, then takes pack by pack.
struct Sweeper {
  /// A pack below this length is written anew for the sake of any block.
  static let smallLength = 64 << 20

  /// What the index says of one pack.
  struct Tally {
    var live = 0
    var dead = 0
    var deadBlocks = 0
    var keptBlocks = 0
  }

  let repository: Repository
  /// Nil in a dry run.
  let gate: SweepGate?
  let batch: Batch
  let count: (_ bytes: Int, _ blocks: Int) -> Void
  var marking: Marking
  var leases = Leases()
  /// Pins whose DAGs were marked, by their CIDs with the mode.
  private var known: Set<Pin> = []
  private var revision: Int?
  /// Packs that nobody can append to while this holds them.
  private var held: [UInt32: OpenFile] = [:]
  /// The segments that were marked at first: blocks that came later are in none of the packs that go, and what was merged meanwhile
  /// says the same once more.
  private let segments: [IndexSegment]
  /// What they cover.
  private let coverage: [UInt32: [Coverage]]
  var victims: Set<UInt32> = []
  var result = Repository.Sweep()

  init(
    _ repository: Repository, counting count: @escaping (_ bytes: Int, _ blocks: Int) -> Void
  ) throws(SweepError) {
    self.repository = repository
    self.count = count
    gate = try Repository.filed { () throws(FileError) in
      repository.isReadOnly ? nil : try SweepGate(of: repository)
    }
    batch = repository.batch()
    do throws(RepositoryError) {
      try repository.reopen()
      // Held first and marked then, so that all there is in them is known.
      held = try Self.hold(in: repository)
      try repository.refresh()
      marking = try Marking(repository) { count(0, 1) }
    } catch { throw .repository(error) }
    segments = marking.marks.segments
    coverage = Dictionary(grouping: Coverage.joined(segments.flatMap(\.coverage)), by: \.pack)
  }

  /// Locks every pack that is not full and that no writer has, and cuts off what dead writers left at the ends of packs, where it may.
  private static func hold(
    in repository: Repository
  ) throws(RepositoryError) -> [UInt32: OpenFile] {
    var held: [UInt32: OpenFile] = [:]
    var ends: [UInt32: Int] = [:]
    for stretch in repository.state.withLock({ $0.segments }).flatMap(\.coverage) {
      ends[stretch.pack] = max(ends[stretch.pack] ?? 0, stretch.end)
    }
    for number in try repository.packNumbers() where held.count < 256 {
      guard let size = try repository.packSize(number), size > Pack.magic.count else { continue }
      let isTorn = ends[number] ?? 0 < size
      guard size < repository.settings.fullLength || isTorn else { continue }
      let isCut = isTorn && !repository.isReadOnly
      guard let file = try lock(number, isCut ? .readWrite : .readOnly, in: repository) else {
        continue
      }
      held[number] = file
      guard isCut else { continue }
      do throws(RepositoryError) {
        _ = try repository.takeOver(Pack(number: number, file: file))
      } catch .file(let error) where Repository.isUnwritable(error) {}
    }
    return held
  }

  private static func lock(
    _ number: UInt32, _ mode: FileDescriptor.AccessMode = .readOnly, in repository: Repository
  ) throws(RepositoryError) -> OpenFile? {
    let path = repository.packsPath.appending(Pack.name(number))
    return try Repository.attempt { () throws(FileError) in
      guard let file = try OpenFile.ifThere(path, mode),
        try file.lock(waiting: false), try file.isAt(path)
      else { return nil }
      return file
    }
  }

  mutating func run(
    dryRun: Bool, _ isCancelled: () -> Bool, _ tell: (Repository.Loss) -> Void
  ) throws(SweepError) -> Repository.Sweep {
    while let news = try news() { try mark(news, isCancelled, tell) }
    let tallies = try tally(isCancelled)
    result.kept = tallies.values.reduce(0) { $0 + $1.keptBlocks }
    let chosen = try choose(tallies)
    victims = Set(chosen.map(\.number))
    for number in held.keys where !victims.contains(number) { held[number] = nil }
    for (number, tally) in tallies where !victims.contains(number) { result.left += tally.dead }
    var full: FileError?
    for (number, size) in chosen {
      let tally = tallies[number] ?? Tally()
      if dryRun {
        result.removed += tally.deadBlocks
        result.freed += max(0, size - tally.live)
        result.packs += 1
        continue
      }
      if full != nil {
        result.left += tally.dead
        continue
      }
      do throws(SweepError) {
        try checkRoom(for: tally)
        try sweep(number, tally, isCancelled, tell)
      } catch .repository(.file(let error)) where Repository.isFull(error) && tally.live > 0 {
        // Those that follow would need more. What was copied and not yet committed is given up.
        batch.close()
        full = error
        result.left += tally.dead
      }
      held[number] = nil
    }
    if result.packs > 0, !dryRun { try tidyIndex() }
    if let full, result.packs == 0 { throw .repository(.file(full)) }
    return result
  }

  /// Copies that are committed in several parts could leave the disk fuller than it was: then there must be room for all of them.
  private func checkRoom(for tally: Tally) throws(SweepError) {
    guard tally.live > Batch.partLength || tally.keptBlocks > Batch.partCount else { return }
    let free = try Repository.filed { () throws(FileError) in
      try Files.freeSpace(at: repository.packsPath)
    }
    if free < UInt64(tally.live + tally.live / 8) {
      throw .repository(.file(FileError("copy into", repository.packsPath, .noSpace)))
    }
  }

  // MARK: What stays

  /// Marks what writers have come to count on since, and gives the roots that are new; nil where nothing is to be marked any more.
  ///
  /// First the leases are read, then the pins, and last it is seen which missing nodes came back: each may have come of those before.
  mutating func news() throws(SweepError) -> [Pin]? {
    let repository = repository
    let news: Leases.News
    do throws(FileError) { news = try leases.update(from: repository) } catch {
      throw .repository(.file(error))
    }
    for key in news.keys { try marking.mark(key) }
    var roots = news.roots.map { Pin($0, name: "") }
    let journal: PinJournal
    do { journal = try repository.pins.journal() } catch { throw .pins(error) }
    if let damage = journal.damage {
      throw .pins(.damaged(repository.pins.path, offset: damage))
    }
    if journal.revision != revision {
      revision = journal.revision
      for pin in journal.pins where known.insert(Pin(pin.cid, mode: pin.mode)).inserted {
        roots.append(Pin(pin.cid, mode: pin.mode))
      }
    }
    let isRecalled = try marking.recall()
    return roots.isEmpty && !isRecalled ? nil : roots
  }

  /// Marks below roots and below what came back; what pins miss is told, a root that is only being pinned misses nothing yet.
  mutating func mark(
    _ roots: [Pin], _ isCancelled: () -> Bool, _ tell: (Repository.Loss) -> Void
  ) throws(SweepError) {
    // Of the pins above them it was told that they miss something.
    try marking.markOn(isCancelled: isCancelled) { _ in }
    for root in roots {
      var count = 0
      let fault = { (fault: Marking.Fault) in
        // One pin may miss a million blocks.
        if count < 100, root.name == nil {
          tell(Repository.Loss(root: root.cid, cid: fault.cid, error: fault.error))
        }
        count += 1
      }
      if root.mode == .recursive {
        try marking.mark(below: root.cid, isCancelled: isCancelled, fault)
      } else {
        try marking.mark(root.cid, fault)
      }
      if count > 0, root.name == nil { result.incomplete += 1 }
    }
  }

  /// Counts what stays and what goes in each pack, by reading the index from end to end.
  private func tally(_ isCancelled: () -> Bool) throws(SweepError) -> [UInt32: Tally] {
    var tallies: [UInt32: Tally] = [:]
    let exclusions = repository.state.withLock { $0.exclusions }
    for (index, segment) in segments.enumerated() {
      for page in stride(from: 0, to: segment.pageCount, by: 256) {
        if isCancelled() { throw .cancelled }
        let entries: [IndexEntry]
        do { entries = try segment.entries(ofPages: page, limit: 256) } catch {
          throw SweepError(error)
        }
        for (offset, entry) in entries.enumerated() {
          let location = entry.location
          if exclusions?.gone.contains(location.pack) == true { continue }
          let length = Pack.headerLength + location.length
          let number = page * IndexSegment.entriesPerPage + offset
          if marking.marks.keeps(number, of: index), exclusions?.exclude(location) != true {
            tallies[location.pack, default: Tally()].live += length
            tallies[location.pack, default: Tally()].keptBlocks += 1
          } else {
            tallies[location.pack, default: Tally()].dead += length
            tallies[location.pack, default: Tally()].deadBlocks += 1
          }
        }
      }
    }
    return tallies
  }

  // MARK: What goes

  /// The packs to take, first those of which nothing stays: they make room for the others.
  private mutating func choose(
    _ tallies: [UInt32: Tally]
  ) throws(SweepError) -> [(number: UInt32, size: Int)] {
    var chosen: [(number: UInt32, size: Int, live: Int)] = []
    do throws(RepositoryError) {
      for number in try repository.packNumbers() {
        guard var size = try repository.packSize(number) else { continue }
        // What would be cut off of it first.
        if repository.isReadOnly, held[number] != nil, let end = coverage[number]?.last?.end {
          size = min(size, end)
        }
        guard size > Pack.magic.count,
          held[number] != nil || size >= repository.settings.fullLength,
          isCovered(number, to: size)
        else { continue }
        let tally = tallies[number] ?? Tally()
        // What no line leads to: second copies, and what is damaged.
        let rest = size - Pack.magic.count - tally.live - tally.dead
        let dead = tally.dead + (rest > size / 8 ? rest : 0)
        guard dead > 0, tally.live == 0 || dead >= size / 4 || size < Self.smallLength else {
          continue
        }
        chosen.append((number, size, tally.live))
      }
    } catch { throw .repository(error) }
    return chosen.sorted { ($0.live, $0.number) < ($1.live, $1.number) }.map {
      ($0.number, $0.size)
    }
  }

  /// Whether every record of a pack was in the index when that was marked.
  private func isCovered(_ number: UInt32, to size: Int) -> Bool {
    guard let stretches = coverage[number], stretches.count == 1 else { return false }
    return stretches[0].start <= Pack.magic.count && stretches[0].end == size
  }

  /// The pack, locked, with its length; nil where it may not be taken.
  mutating func take(_ number: UInt32) throws(SweepError) -> (pack: Pack, size: Int)? {
    do throws(RepositoryError) {
      if held[number] == nil { held[number] = try Self.lock(number, in: repository) }
      guard let file = held[number] else { return nil }
      let size = try Repository.attempt { () throws(FileError) in try file.size() }
      return isCovered(number, to: size) ? (Pack(number: number, file: file), size) : nil
    } catch { throw .repository(error) }
  }

  /// Drops the lines of the packs that are gone, and what is known of damage in them.
  private func tidyIndex() throws(SweepError) {
    do throws(RepositoryError) {
      let lock = try repository.mergeLock()
      _ = try Repository.attempt { () throws(FileError) in try lock.lock(waiting: true) }
      defer { lock.unlock() }
      do throws(RepositoryError) {
        try repository.mergeAll()
      } catch .file(let error) where Repository.isFull(error) {
        // The lines stay, and are passed over: nothing is wrong but that they take up room.
      }
      try repository.forgetDamage()
    } catch { throw .repository(error) }
  }
}
