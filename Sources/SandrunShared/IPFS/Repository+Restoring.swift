internal import Files
internal import Synchronization
internal import SystemPackage

extension Repository {
  /// Forgets what was wrongly noted as damaged; a block that the index has lost over that is found by it again.
  func takeBack(_ whole: [Damage: IndexEntry]) throws(RepositoryError) {
    do throws(FileError) {
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
    } catch {
      // Read as it is; those who can write will find it, too.
      guard Self.isUnwritable(error) else { throw .file(error) }
      return
    }
    try refresh()
    var lost: [IndexEntry] = []
    for entry in whole.values where try find(entry.digest) == nil { lost.append(entry) }
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
}
