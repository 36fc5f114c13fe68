internal import Files
internal import Synchronization
internal import SystemPackage

extension Repository {
  /// Indexes the stretches of packs that no segment covers: what a crash left between a sync and a segment, or a lost segment.
  ///
  /// The end of a pack is left alone while its writer is at work: nobody has heard of those blocks yet.
  func heal() throws(RepositoryError) {
    let covered = Coverage.joined(state.withLock { $0.segments }.flatMap(\.coverage))
    var ranges: [UInt32: [Range<Int>]] = [:]
    for stretch in covered {
      ranges[stretch.pack, default: []].append(stretch.start..<max(stretch.start, stretch.end))
    }
    for number in try packNumbers() {
      guard let size = try packSize(number) else { continue }
      let known = ranges[number] ?? []
      if known.count == 1, known[0].lowerBound <= Pack.magic.count, known[0].upperBound >= size {
        continue
      }
      guard size > Pack.magic.count, let pack = try pack(number) else { continue }
      try heal(pack, known: known, size: size)
    }
  }

  private func heal(
    _ pack: Pack, known: [Range<Int>], size: Int
  ) throws(RepositoryError) {
    var entries: [IndexEntry] = []
    var coverage: [Coverage] = []
    var offset = Pack.magic.count
    for range in known where range.upperBound > offset {
      if range.lowerBound > offset {
        let found = try scan(pack, from: offset, to: range.lowerBound)
        entries += found.entries
        coverage.append(Coverage(pack: pack.number, start: offset, end: range.lowerBound))
      }
      offset = range.upperBound
    }
    let isTorn = state.withLock { $0.torn[pack.number] } == offset..<max(offset, size)
    if offset < size, !isTorn, let tail = try scanTail(pack, from: offset) {
      if tail.entries.isEmpty {
        state.withLock { $0.torn[pack.number] = offset..<max(offset, tail.size) }
      }
      entries += tail.entries
      coverage.append(Coverage(pack: pack.number, start: offset, end: tail.end))
    }
    coverage.removeAll { $0.start == $0.end }
    guard !coverage.isEmpty else { return }
    entries.sort { $0.digest < $1.digest }
    do throws(RepositoryError) {
      if !isReadOnly { return try publish(entries, coverage: coverage) }
    } catch .file(let error) where Self.isUnwritable(error) {}
    let segment = IndexSegment(entries, coverage: coverage)
    state.withLock { $0.segments.append(segment) }
  }

  /// What lies whole at the end of a pack that no writer holds.
  private func scanTail(
    _ pack: Pack, from start: Int
  ) throws(RepositoryError) -> (entries: [IndexEntry], end: Int, size: Int)? {
    // A descriptor of its own: a lock belongs to the description that took it.
    let file: OpenFile
    do throws(FileError) {
      file = try OpenFile(pack.file.path, .readOnly)
      guard try file.lock(waiting: false) else { return nil }
    } catch {
      throw .file(error)
    }
    defer { file.unlock() }
    // Synced before it is indexed: a segment says of its blocks that they are on disk.
    let size = try Self.attempt { () throws(FileError) in
      if !isReadOnly { try file.sync() }
      return try file.size()
    }
    let found = try scan(pack, from: start, to: size)
    if found.end > start, !isReadOnly {
      try Self.attempt { () throws(FileError) in try Files.syncDirectory(packsPath) }
    }
    return (found.entries, found.end, size)
  }

  /// Indexes whole records that follow the committed part of a pack whose lock the caller holds, cuts off the rest, and
  /// gives the pack's new end; nil where it may not be written to.
  func takeOver(_ pack: Pack) throws(RepositoryError) -> Int? {
    let (size, magic) = try Self.attempt { () throws(FileError) in
      (try pack.file.size(), try pack.file.read(at: 0, count: Pack.magic.count))
    }
    // With the lock in hand: all that the last writer published is there to be seen now.
    try refresh()
    let start = coveredEnd(of: pack.number) ?? Pack.magic.count
    // A pack shorter than its index says is damaged: nothing may be written over what is missing.
    guard magic == Pack.magic, start <= size else { return nil }
    guard start < size else { return size }
    let tail = try scan(pack, from: start, to: size)
    try Self.attempt { () throws(FileError) in
      if tail.end < size { try pack.file.truncate(to: tail.end) }
      try pack.file.sync()
      // Nor may the pack's name be on disk yet.
      if tail.end > start { try Files.syncDirectory(packsPath) }
    }
    if tail.end > start {
      try publish(
        tail.entries.sorted { $0.digest < $1.digest },
        coverage: [Coverage(pack: pack.number, start: start, end: tail.end)])
    }
    return tail.end
  }

  /// Where the committed part of a pack ends; nil where no segment covers any of it.
  private func coveredEnd(of pack: UInt32) -> Int? {
    state.withLock { $0.segments }.flatMap(\.coverage).filter { $0.pack == pack }.map(\.end).max()
  }

  private func scan(
    _ pack: Pack, from start: Int, to end: Int
  ) throws(RepositoryError) -> (entries: [IndexEntry], end: Int) {
    try Self.attempt { () throws(FileError) in try pack.scan(from: start, to: end) }
  }

  /// The numbers of the packs there are, lowest first.
  func packNumbers() throws(RepositoryError) -> [UInt32] {
    let names = try Self.attempt { () throws(FileError) in try Files.list(packsPath) }
    return names.compactMap { Pack.number(of: $0) }.sorted()
  }

  /// A pack's length; nil where it is gone.
  func packSize(_ number: UInt32) throws(RepositoryError) -> Int? {
    try Self.attempt { () throws(FileError) in
      try OpenFile.size(of: packsPath.appending(Pack.name(number)))
    }
  }
}
