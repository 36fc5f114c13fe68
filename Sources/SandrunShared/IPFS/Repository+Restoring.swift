internal import Files
internal import Synchronization
internal import SystemPackage

extension Repository {
  /// Forgets what was wrongly noted as damaged; a block that the index has lost over that is found by it again.
  ///
  /// The lines come first, which harm nobody while the notes stand: a failure between the two loses no block. No merge goes on
  /// meanwhile, which could drop a line over a note that it had read before.
  func takeBack(_ whole: [Damage: IndexEntry]) throws(RepositoryError) {
    guard !isReadOnly else { return }
    do throws(RepositoryError) {
      let lock = try mergeLock()
      _ = try Self.attempt { () throws(FileError) in try lock.lock(waiting: true) }
      defer { lock.unlock() }
      try restore(Array(whole.values))
      try Self.attempt { () throws(FileError) in try removeNotes(whole) }
    } catch .file(let error) where Self.isUnwritable(error) {
      // Read as it is; those who can write will find it, too.
      return
    }
    try refresh()
  }

  /// Has the index lead to places that it leads to no more.
  private func restore(_ entries: [IndexEntry]) throws(RepositoryError) {
    try refresh()
    let segments = state.withLock { $0.segments }
    var lost: [IndexEntry] = []
    for entry in entries where try find(entry.digest) == nil {
      var isThere = false
      for segment in segments where !isThere {
        do throws(SegmentError) {
          isThere = try segment.find(entry.digest) == entry.location
        } catch { throw error.repositoryError }
      }
      if !isThere { lost.append(entry) }
    }
    guard !lost.isEmpty else { return }
    lost.sort { $0.digest < $1.digest }
    try publish(
      lost,
      coverage: Coverage.joined(
        lost.map { entry in
          let start = entry.location.offset
          return Coverage(
            pack: entry.location.pack, start: start,
            end: start + Pack.headerLength + entry.location.length)
        }))
  }

  private func removeNotes(_ whole: [Damage: IndexEntry]) throws(FileError) {
    guard let file = try OpenFile.ifThere(path.appending("damaged"), .readWrite) else { return }
    _ = try file.lock(waiting: true)
    defer { file.unlock() }
    let bytes = try file.read(at: 0, count: try file.size())
    // Nothing moves, so that a crash spoils no other note: zeros fit no checksum.
    let zeros = [UInt8](repeating: 0, count: Damage.length)
    for offset in stride(from: 0, through: bytes.count - Damage.length, by: Damage.length) {
      guard let damage = Damage(bytes, at: offset), whole[damage] != nil else { continue }
      try unsafe file.write(zeros.span.bytes, at: offset)
    }
    try file.sync()
  }
}
