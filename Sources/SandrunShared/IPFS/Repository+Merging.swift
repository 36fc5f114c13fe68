internal import Files
internal import Synchronization
internal import SystemPackage

extension Repository {
  /// How many times larger than all smaller ones together a segment is, or it is merged with them.
  static let mergeRatio = 4

  /// So many bytes of packs may have to be scanned because a merged segment was lost in a power cut: a second's work.
  static let scannedAtMost = 1 << 30

  /// Merges small segments into one, so that few are left: at most one for each power of five in the number of blocks, about.
  ///
  /// One process at a time merges; another that finds it busy goes on, and so does one that has no room, as nothing depends on it.
  func merge() throws(RepositoryError) {
    do throws(RepositoryError) {
      try mergeIfFree()
    } catch .file(let error) where Self.isUnwritable(error) {}
  }

  private func mergeIfFree() throws(RepositoryError) {
    let candidates = state.withLock { $0.segments }.filter { $0.name != nil }
    guard !Self.mergeable(candidates).isEmpty else { return }
    let lock = try mergeLock()
    guard try Self.attempt({ () throws(FileError) in try lock.lock(waiting: false) }) else {
      return
    }
    defer { lock.unlock() }
    try refresh()
    try mergeLocked(Self.mergeable(state.withLock { $0.segments }.filter { $0.name != nil }))
  }

  /// What merges and sweeps lock, each as long as it replaces lines of the index by others.
  func mergeLock() throws(RepositoryError) -> OpenFile {
    try Self.attempt { () throws(FileError) in
      try OpenFile(
        indexPath.appending("lock"), .readWrite, options: [.create],
        permissions: [.ownerReadWrite, .groupRead, .otherRead])
    }
  }

  /// Merges all segments into one, without the lines of packs that are gone; the caller has the lock.
  func mergeAll() throws(RepositoryError) {
    try refresh()
    try mergeLocked(state.withLock { $0.segments }.filter { $0.name != nil })
  }

  private func mergeLocked(_ segments: [IndexSegment]) throws(RepositoryError) {
    guard !segments.isEmpty else { return }
    do throws(SegmentError) {
      try merge(segments)
    } catch {
      guard case .damaged = error else { throw error.repositoryError }
      try rebuildDamaged()
      return
    }
    try removeAbandoned()
    try refresh()
  }

  /// The smallest segments that are not each much larger than all before them.
  private static func mergeable(_ segments: [IndexSegment]) -> [IndexSegment] {
    let sorted = segments.sorted { $0.count < $1.count }
    var sum = 0
    var end = 0
    for (index, segment) in sorted.enumerated() {
      if index > 0, segment.count <= mergeRatio * max(1, sum) { end = index + 1 }
      sum += segment.count
    }
    return Array(sorted[..<end])
  }

  private func merge(_ segments: [IndexSegment]) throws(SegmentError) {
    let (file, temporary) = try SegmentError.attempt { () throws(FileError) in
      try newIndexFile()
    }
    // No pack goes while the merge is locked. What is kept of a block's lines is thus one that leads somewhere.
    let exclusions = state.withLock { $0.exclusions }
    do throws(SegmentError) {
      try SegmentError.attempt(settings.beforeMerge)
      try Self.write(segments, without: exclusions, to: file)
      try take(file, temporary, for: segments)
    } catch {
      try SegmentError.attempt { () throws(FileError) in try Files.removeTree(temporary) }
      throw error
    }
  }

  /// Has a merged segment take the place of those that it was made of.
  private func take(
    _ file: OpenFile, _ temporary: FilePath, for segments: [IndexSegment]
  ) throws(SegmentError) {
    try SegmentError.attempt { () throws(FileError) in
      // What is small is checked whole when it is opened, and soon scanned anew: it is not worth a wait for the disk.
      let covered = segments.flatMap(\.coverage).reduce(0) { $0 + $1.end - $1.start }
      let isSynced =
        try file.size() > IndexSegment.smallLength || covered > Self.scannedAtMost
      if isSynced { try file.sync() }
      try rename(temporary, isSynced: isSynced)
      // Only now: what they hold is on disk in another place.
      for segment in segments {
        if let name = segment.name { try Files.removeTree(indexPath.appending(name)) }
      }
    }
  }

  private static func write(
    _ segments: [IndexSegment], without exclusions: Exclusions?, to file: OpenFile
  ) throws(SegmentError) {
    var cursors: [Cursor] = []
    for segment in segments { cursors.append(try Cursor(segment)) }
    var pending: [IndexEntry] = []
    var bytes: [UInt8] = []
    var offset = 0
    var count = 0
    while true {
      var least: Int?
      for index in cursors.indices {
        guard let entry = cursors[index].entry else { continue }
        if let best = least.flatMap({ cursors[$0].entry }), best.digest <= entry.digest { continue }
        least = index
      }
      guard let least, let entry = cursors[least].entry else { break }
      try cursors[least].advance()
      if exclusions?.exclude(entry.location) == true { continue }
      // Two writers may have kept the same block: one line is enough.
      if pending.last?.digest == entry.digest { continue }
      // One line is held back from each page, so that this can be seen across pages.
      if pending.count > IndexSegment.entriesPerPage {
        IndexSegment.appendPage(pending[..<IndexSegment.entriesPerPage], to: &bytes)
        pending.removeFirst(IndexSegment.entriesPerPage)
      }
      pending.append(entry)
      count += 1
      if bytes.count >= 1 << 20 { try flush(&bytes, to: file, at: &offset) }
    }
    for start in stride(from: 0, to: pending.count, by: IndexSegment.entriesPerPage) {
      let end = min(pending.count, start + IndexSegment.entriesPerPage)
      IndexSegment.appendPage(pending[start..<end], to: &bytes)
    }
    bytes += IndexSegment.tail(
      count: count,
      coverage: Coverage.joined(
        segments.flatMap(\.coverage).filter { exclusions?.gone.contains($0.pack) != true }))
    try flush(&bytes, to: file, at: &offset)
  }

  private static func flush(
    _ bytes: inout [UInt8], to file: OpenFile, at offset: inout Int
  ) throws(SegmentError) {
    do throws(FileError) {
      try unsafe file.write(bytes.span.bytes, at: offset)
    } catch { throw .file(error) }
    offset += bytes.count
    bytes.removeAll(keepingCapacity: true)
  }

  /// Removes unfinished index files that a crash left; only the holder of the lock does.
  private func removeAbandoned() throws(RepositoryError) {
    try Self.attempt { () throws(FileError) in
      for name in try Files.list(indexPath) where name.extension == "new" {
        let path = indexPath.appending(name)
        if try OpenFile.age(of: path) > 3600 { try Files.removeTree(path) }
      }
    }
  }
}

/// A place in a segment that is read from end to end.
private struct Cursor {
  private let segment: IndexSegment
  private var entries: [IndexEntry] = []
  private var index = 0
  private var page = 0

  init(_ segment: IndexSegment) throws(SegmentError) {
    self.segment = segment
    try fill()
  }

  var entry: IndexEntry? { index < entries.count ? entries[index] : nil }

  mutating func advance() throws(SegmentError) {
    index += 1
    if index == entries.count { try fill() }
  }

  private mutating func fill() throws(SegmentError) {
    entries = try segment.entries(ofPages: page, limit: 64)
    page += 64
    index = 0
  }
}
