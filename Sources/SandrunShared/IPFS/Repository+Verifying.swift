internal import Files
internal import Hashing
internal import Synchronization
public import SystemPackage

extension Repository {
  /// A block that is not what was written, as a verification found it.
  public struct Flaw: Equatable, Sendable {
    /// The block, as a raw one: its codec is known to those alone who link to it.
    public var cid: CID
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
  /// What is found is noted, so that such a block is written anew when it is put again. What writers append meanwhile is left out.
  /// It reads pack by pack, then the index from end to end for blocks that lie where no record is any more.
  public func verify(
    isCancelled: () -> Bool = { false }, flawed tell: (Flaw) throws(SweepError) -> Void
  ) throws(SweepError) -> Verification {
    do { try reopen() } catch { throw .repository(error) }
    var verifier = Verifier(self)
    for _ in 0..<4 {
      do throws(SweepError) { return try verifier.run(isCancelled, tell) } catch {
        guard error == .damagedIndex else { throw error }
        do { try rebuildDamaged() } catch { throw .repository(error) }
        verifier = Verifier(self)
      }
    }
    throw .damagedIndex
  }
}

private struct Verifier {
  let repository: Repository
  private let segments: [IndexSegment]
  private let covered: [Coverage]
  private var result = Repository.Verification()
  /// Stretches of packs in which there is no record.
  private var gaps: [UInt32: [Range<Int>]] = [:]
  private var sizes: [UInt32: Int] = [:]

  init(_ repository: Repository) {
    self.repository = repository
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
    for stretch in covered where stretch.pack == number {
      var offset = max(stretch.start, Pack.magic.count)
      let end = min(stretch.end, size)
      while offset < end {
        if isCancelled() { throw .cancelled }
        let record = try Repository.filed { () throws(FileError) in
          try pack.nextRecord(from: offset, to: end)
        }
        let next = record?.offset ?? end
        if next > offset { gaps[number, default: []].append(offset..<next) }
        guard let record else { break }
        offset = record.end
        let bytes = try Repository.filed { () throws(FileError) in try pack.bytes(of: record) }
        if let bytes, record.isProved(by: bytes) {
          result.blocks += 1
          result.bytes += record.length
        } else if let cid = record.cid {
          try found(cid, record.key, pack: number, at: record.offset, record.name, tell)
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
    let isLost = gaps[location.pack]?.contains { $0.contains(location.offset) } ?? false
    guard isLost || location.offset + Pack.headerLength + location.length > size else { return }
    guard let cid = CID(record: [], key: entry.digest) else { return }
    try found(cid, entry.digest, pack: location.pack, at: location.offset, [], tell)
  }

  private mutating func found(
    _ cid: CID, _ key: Digest32, pack number: UInt32, at offset: Int, _ name: [UInt8],
    _ tell: (Repository.Flaw) throws(SweepError) -> Void
  ) throws(SweepError) {
    let damage = Damage(key, pack: number, offset: offset)
    let isKnown = repository.state.withLock { $0.exclusions }?.damaged.contains(damage) ?? false
    if !isKnown { try attempt { () throws(RepositoryError) in try repository.note(damage) } }
    for place in try places(of: key) {
      let pack = try attempt { () throws(RepositoryError) in try repository.pack(place.pack) }
      guard let pack else { continue }
      let bytes = try Repository.filed { () throws(FileError) in
        try pack.bytes(at: place, name: name)
      }
      if let bytes, cid.matches(bytes) == true {
        result.mended += 1
        return
      }
    }
    result.damaged += 1
    try tell(
      Repository.Flaw(
        cid: cid, pack: repository.packsPath.appending(Pack.name(number)), offset: offset))
  }

  private func places(of key: Digest32) throws(SweepError) -> [Location] {
    do { return try repository.places(of: key) } catch { throw SweepError(error) }
  }

  private func attempt<T>(_ body: () throws(RepositoryError) -> T) throws(SweepError) -> T {
    do { return try body() } catch { throw .repository(error) }
  }
}
