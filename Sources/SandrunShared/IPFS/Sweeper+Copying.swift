internal import Files
internal import Hashing
internal import Synchronization

extension Sweeper {
  /// So many lines of the index are taken at once from behind a damaged header.
  private static let linesAtOnce = 1 << 16

  /// Copies every block of a pack that stays and is nowhere else; false where one of them is damaged.
  mutating func copyKept(
    of pack: Pack, size: Int, _ isCancelled: () -> Bool, _ copied: inout Int
  ) throws(SweepError) -> Bool {
    var offset = Pack.magic.count
    // Each header tells where the next one is: while they are whole, none is missed.
    while true {
      if isCancelled() { throw .cancelled }
      let record = try Repository.filed { () throws(FileError) in
        try pack.record(at: offset, to: size)
      }
      guard let record else { break }
      offset = record.end
      if try keeps(record.key), try !copy(record.line(inPack: pack.number), of: pack, &copied) {
        return false
      }
    }
    if offset < size {
      guard try copyLines(of: pack, in: offset..<size, isCancelled, &copied) else { return false }
      try commit()
      try copyRecords(of: pack, in: offset..<size, isCancelled, &copied)
    }
    try commit()
    return true
  }

  private func commit() throws(SweepError) {
    do { try batch.commit() } catch { throw .repository(error) }
  }

  private func keeps(_ key: Digest32) throws(SweepError) -> Bool {
    do { return try marking.marks.keeps(key) } catch { throw SweepError(error) }
  }

  /// Copies what stays behind a damaged header: like readers it goes by the index, which leads to blocks whatever their headers say.
  private mutating func copyLines(
    of pack: Pack, in stretch: Range<Int>, _ isCancelled: () -> Bool, _ copied: inout Int
  ) throws(SweepError) -> Bool {
    var start = stretch.lowerBound
    while true {
      let lines = try keptLines(of: pack.number, from: start, isCancelled)
      for line in lines where try !copy(line, of: pack, &copied) { return false }
      guard let last = lines.last else { return true }
      start = last.location.offset + 1
    }
  }

  /// The first lines of blocks that stay, in the order in which they lie in a pack.
  private func keptLines(
    of number: UInt32, from start: Int, _ isCancelled: () -> Bool
  ) throws(SweepError) -> [IndexEntry] {
    var lines: [IndexEntry] = []
    let shorten = { (lines: inout [IndexEntry]) in
      lines.sort { $0.location.offset < $1.location.offset }
      lines.removeSubrange(min(lines.count, Self.linesAtOnce)...)
    }
    for segment in repository.state.withLock({ $0.segments }) {
      for page in stride(from: 0, to: segment.pageCount, by: 256) {
        if isCancelled() { throw .cancelled }
        let entries: [IndexEntry]
        do { entries = try segment.entries(ofPages: page, limit: 256) } catch {
          throw SweepError(error)
        }
        for entry in entries
        where entry.location.pack == number && entry.location.offset >= start {
          if try keeps(entry.digest) { lines.append(entry) }
        }
        if lines.count >= 2 * Self.linesAtOnce { shorten(&lines) }
      }
    }
    shorten(&lines)
    return lines
  }

  /// Copies whole records of blocks that stay, to which no line leads any more, and that are damaged where one leads.
  private mutating func copyRecords(
    of pack: Pack, in stretch: Range<Int>, _ isCancelled: () -> Bool, _ copied: inout Int
  ) throws(SweepError) {
    var scan = PackScan(pack, from: stretch.lowerBound, to: stretch.upperBound)
    while let (record, bytes) = try Repository.filed({ () throws(FileError) in try scan.next() }) {
      if isCancelled() { throw .cancelled }
      if try keeps(record.key), try !isWhole(record.key, inPacksThatStay: true) {
        try write(bytes, record.key, record.name, &copied)
      }
    }
  }

  /// Copies a block, unless it is whole in a pack that stays; false where its bytes are damaged and it is nowhere else.
  mutating func copy(
    _ line: IndexEntry, of pack: Pack, _ copied: inout Int
  ) throws(SweepError) -> Bool {
    if try isWhole(line.digest, inPacksThatStay: true) { return true }
    let found = try Repository.filed { () throws(FileError) in
      try pack.block(at: line.location, key: line.digest)
    }
    if let (bytes, name) = found {
      try write(bytes, line.digest, name, &copied)
      return true
    }
    let record = try Repository.filed { () throws(FileError) in
      try pack.record(at: line.location.offset, to: .max)
    }
    // Behind a damaged header there may yet be what a reader can prove who knows the block's name.
    if record?.key == line.digest {
      let damage = Damage(line.digest, pack: pack.number, offset: line.location.offset)
      do { try repository.note(damage) } catch { throw .repository(error) }
    }
    // Another copy, though it lies in a pack that goes, is copied in its turn.
    return try isWhole(line.digest, inPacksThatStay: false)
  }

  private func write(
    _ bytes: [UInt8], _ key: Digest32, _ name: [UInt8], _ copied: inout Int
  ) throws(SweepError) {
    do { try unsafe batch.write(bytes.span.bytes, key: key, name: name) } catch {
      throw .repository(error)
    }
    copied += Pack.prefixLength(name) + bytes.count
    count(Pack.prefixLength(name) + bytes.count, 0)
  }

  /// Whether a block has a copy that is whole.
  private func isWhole(_ key: Digest32, inPacksThatStay: Bool) throws(SweepError) -> Bool {
    let places: [Location]
    do { places = try repository.places(of: key) } catch { throw SweepError(error) }
    for place in places where !inPacksThatStay || !victims.contains(place.pack) {
      do throws(RepositoryError) {
        guard let pack = try repository.pack(place.pack) else { continue }
        let found = try Repository.attempt { () throws(FileError) in
          try pack.block(at: place, key: key)
        }
        if found != nil { return true }
      } catch { throw .repository(error) }
    }
    return false
  }
}
