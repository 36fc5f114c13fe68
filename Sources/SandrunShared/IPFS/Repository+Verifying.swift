internal import Files
internal import Hashing
internal import Synchronization
public import SystemPackage

extension Repository {
  /// A block that is not what was written, as a verification found it.
  public struct Flaw: Equatable, Sendable {
    /// The block, as a raw one: its codec is known to those alone who link to it.
    ///
    /// Nil for one of another hash than SHA-256 of whose record too little is left to tell which it was.
    public var cid: CID?
    /// The pack that holds it.
    public var pack: FilePath
    /// The offset of the record in the pack.
    public var offset: Int
  }

  /// What a verification went through.
  public struct Verification: Equatable, Sendable {
    /// Blocks whose bytes are those that they are named by.
    public var blocks = 0
    /// The bytes of these.
    public var bytes = 0
    /// Blocks that are damaged or gone, and are nowhere else.
    public var damaged = 0
    /// Records that are damaged and whose blocks are whole in another place.
    public var mended = 0
    /// Packs that were read.
    public var packs = 0
  }

  /// Reads and hashes every block that is kept, and tells each damaged one that has no whole copy.
  ///
  /// What is found is noted, so that such a block is written anew when it is put again; a note about one that turns out to be whole
  /// is taken back. What readers would read is what counts: a damaged header alone takes nothing from them. What writers append
  /// meanwhile is left out.
  /// It reads pack by pack, then the index from end to end for blocks that lie where no record is any more. `counting` is told of the
  /// bytes of packs that are done, and of the records in them.
  public func verify(
    isCancelled: () -> Bool = { false },
    counting count: @escaping (_ bytes: Int, _ records: Int) -> Void = { _, _ in },
    flawed tell: (Flaw) throws(SweepError) -> Void
  ) throws(SweepError) -> Verification {
    do { try reopen() } catch { throw .repository(error) }
    var verifier = Verifier(self, count)
    for _ in 0..<4 {
      do throws(SweepError) { return try verifier.run(isCancelled, tell) } catch {
        guard error == .damagedIndex else { throw error }
        do { try rebuildDamaged() } catch { throw .repository(error) }
        verifier = Verifier(self, count)
      }
    }
    throw .damagedIndex
  }
}

private struct Verifier {
  let repository: Repository
  private let segments: [IndexSegment]
  private let covered: [Coverage]
  private let count: (_ bytes: Int, _ records: Int) -> Void
  private var result = Repository.Verification()
  /// Stretches of packs in which there is no record.
  private var gaps: [UInt32: [Range<Int>]] = [:]
  private var sizes: [UInt32: Int] = [:]
  /// What was noted as damaged before.
  private var noted: Set<Damage> = []
  /// What of it was read whole now, with its line of the index.
  private var whole: [Damage: IndexEntry] = [:]
  /// Places behind damage that were looked at by the index: it may have several lines about one.
  private var judged: Set<Damage> = []

  init(_ repository: Repository, _ count: @escaping (_ bytes: Int, _ records: Int) -> Void) {
    self.repository = repository
    self.count = count
    segments = repository.state.withLock { $0.segments }
    covered = Coverage.joined(segments.flatMap(\.coverage))
  }

  mutating func run(
    _ isCancelled: () -> Bool, _ tell: (Repository.Flaw) throws(SweepError) -> Void
  ) throws(SweepError) -> Repository.Verification {
    let numbers: [UInt32]
    do { numbers = try repository.packNumbers() } catch RepositoryError.file(let error) {
      guard error.errno == .noSuchFileOrDirectory else { throw .repository(.file(error)) }
      return result
    } catch { throw .repository(error) }
    noted = Set(
      try attempt { () throws(RepositoryError) in try repository.damaged(in: Set(numbers)) })
    for number in numbers { try read(number, isCancelled, tell) }
    for segment in segments {
      for page in stride(from: 0, to: segment.pageCount, by: 256) {
        if isCancelled() { throw .cancelled }
        let entries: [IndexEntry]
        do { entries = try segment.entries(ofPages: page, limit: 256) } catch {
          throw SweepError(error)
        }
        for entry in entries { try check(entry, tell) }
      }
    }
    if !whole.isEmpty {
      try attempt { () throws(RepositoryError) in try repository.takeBack(whole) }
    }
    return result
  }

  private mutating func read(
    _ number: UInt32, _ isCancelled: () -> Bool,
    _ tell: (Repository.Flaw) throws(SweepError) -> Void
  ) throws(SweepError) {
    // A sweep may have removed it since.
    guard let pack = try attempt({ () throws(RepositoryError) in try repository.pack(number) })
    else { return }
    let size = try Repository.filed { () throws(FileError) in try pack.file.size() }
    sizes[number] = size
    result.packs += 1
    count(Pack.magic.count, 0)
    for stretch in covered where stretch.pack == number {
      var offset = max(stretch.start, Pack.magic.count)
      let end = min(stretch.end, size)
      while offset < end {
        if isCancelled() { throw .cancelled }
        let record = try Repository.filed { () throws(FileError) in
          try pack.nextRecord(from: offset, to: end)
        }
        let expected = offset
        let next = record?.offset ?? end
        if next > offset { gaps[number, default: []].append(offset..<next) }
        guard let record else { break }
        let damage = Damage(record.key, pack: number, offset: record.offset)
        // Behind damage, what passes for a header may lie within a block; it is one where the index leads there.
        if next > expected, !noted.contains(damage), try line(to: damage) == nil {
          offset = record.offset + 1
          count(offset - expected, 0)
          continue
        }
        offset = record.end
        count(offset - expected, 1)
        let bytes = try Repository.filed { () throws(FileError) in try pack.bytes(of: record) }
        if let bytes, record.isProved(by: bytes) {
          take(damage, record.line(inPack: number))
        } else {
          try found(record.cid, damage, tell)
        }
      }
    }
  }

  /// A line of the index whose record is gone.
  private mutating func check(
    _ entry: IndexEntry, _ tell: (Repository.Flaw) throws(SweepError) -> Void
  ) throws(SweepError) {
    let location = entry.location
    // A pack without a size was removed by a sweep, or is newer than the list of packs.
    guard let size = sizes[location.pack] else { return }
    guard
      isInGap(location) || location.offset + Pack.headerLength + location.length > size
    else { return }
    let damage = Damage(entry.digest, pack: location.pack, offset: location.offset)
    guard judged.insert(damage).inserted else { return }
    try found(cid(of: entry), damage, tell)
  }

  /// Whether there is no record where one should be; the gaps of a pack are in order.
  private func isInGap(_ location: Location) -> Bool {
    guard let gaps = gaps[location.pack] else { return false }
    var (low, high) = (0, gaps.count)
    while low < high {
      let middle = (low + high) / 2
      if gaps[middle].upperBound <= location.offset { low = middle + 1 } else { high = middle }
    }
    return low < gaps.count && gaps[low].contains(location.offset)
  }

  /// What a line names whose record is gone; nil where another hash than SHA-256 named it, and its name is gone, too.
  private func cid(of entry: IndexEntry) throws(SweepError) -> CID? {
    let location = entry.location
    guard
      let pack = try attempt({ () throws(RepositoryError) in try repository.pack(location.pack) })
    else { return nil }
    let name = try Repository.filed { () throws(FileError) in
      try pack.name(at: location, key: entry.digest)
    }
    return name.flatMap { CID(record: $0, key: entry.digest) }
  }

  /// Counts a block that is whole; whatever was noted of it was wrong.
  private mutating func take(_ damage: Damage, _ entry: IndexEntry) {
    result.blocks += 1
    result.bytes += entry.location.length
    if noted.contains(damage) { whole[damage] = entry }
  }

  /// The line of the index that leads to this very record, noted as damaged or not.
  private func line(to damage: Damage) throws(SweepError) -> IndexEntry? {
    for segment in segments {
      let location: Location?
      do { location = try segment.find(damage.key) } catch { throw SweepError(error) }
      if let location, location.pack == damage.place.pack, location.offset == damage.place.offset {
        return IndexEntry(digest: damage.key, location: location)
      }
    }
    return nil
  }

  private mutating func found(
    _ cid: CID?, _ damage: Damage, _ tell: (Repository.Flaw) throws(SweepError) -> Void
  ) throws(SweepError) {
    // As readers do, by the index: whatever is wrong there, they may have their block.
    if let entry = try line(to: damage), try block(entry) != nil { return take(damage, entry) }
    let isKnown = repository.state.withLock { $0.exclusions }?.damaged.contains(damage) ?? false
    if !isKnown { try attempt { () throws(RepositoryError) in try repository.note(damage) } }
    for place in try places(of: damage.key) {
      if try block(IndexEntry(digest: damage.key, location: place)) != nil {
        result.mended += 1
        return
      }
    }
    result.damaged += 1
    try tell(
      Repository.Flaw(
        cid: cid, pack: repository.packsPath.appending(Pack.name(damage.place.pack)),
        offset: damage.place.offset))
  }

  /// The length of the block that a line leads to; nil where that is not whole.
  private func block(_ entry: IndexEntry) throws(SweepError) -> Int? {
    let location = entry.location
    guard
      let pack = try attempt({ () throws(RepositoryError) in try repository.pack(location.pack) })
    else { return nil }
    return try Repository.filed { () throws(FileError) in
      try pack.block(at: location, key: entry.digest)?.bytes.count
    }
  }

  private func places(of key: Digest32) throws(SweepError) -> [Location] {
    do { return try repository.places(of: key) } catch { throw SweepError(error) }
  }

  private func attempt<T>(_ body: () throws(RepositoryError) -> T) throws(SweepError) -> T {
    do { return try body() } catch { throw .repository(error) }
  }
}
