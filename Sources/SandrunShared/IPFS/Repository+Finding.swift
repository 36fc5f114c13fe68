internal import Files
internal import Hashing
internal import Synchronization

extension Repository {
  /// Where a block lies, what other processes have committed or taken back since included.
  func locate(_ key: Digest32) throws(RepositoryError) -> Location? {
    if let location = try find(key) { return location }
    if try reopenIfChanged(), let location = try find(key) { return location }
    guard knownDamage(of: key) != nil else { return nil }
    // A verification may have found since that the note was wrong.
    try refresh()
    return try find(key)
  }

  /// Where the block of a CID lies: anybody can make a CID of SHA-256 that has the key of a block that another hash names.
  func place(of cid: CID, _ key: Digest32) throws(RepositoryError) -> Location? {
    guard let location = try locate(key) else { return nil }
    guard cid.hashFunction == .sha256, let pack = try pack(location.pack) else { return location }
    let isNamed = try Self.attempt { () throws(FileError) in
      let magic = try pack.file.read(at: location.offset, count: Pack.namedRecordMagic.count)
      guard magic == Pack.namedRecordMagic else { return false }
      return try pack.record(at: location.offset, to: .max)?.key == key
    }
    return isNamed ? nil : location
  }

  /// Where a committed block lies.
  func find(_ key: Digest32) throws(RepositoryError) -> Location? {
    for _ in 0..<4 {
      let (segments, exclusions) = state.withLock { ($0.segments, $0.exclusions) }
      do throws(SegmentError) {
        for segment in segments {
          guard let location = try segment.find(key) else { continue }
          if exclusions?.exclude(location) != true { return location }
        }
        return nil
      } catch {
        guard case .damaged = error else { throw error.repositoryError }
        try rebuildDamaged()
      }
    }
    throw SegmentError.damaged.repositoryError
  }

  /// All places where a committed block lies.
  func places(of key: Digest32) throws(SegmentError) -> [Location] {
    let (segments, exclusions) = state.withLock { ($0.segments, $0.exclusions) }
    var places: [Location] = []
    for segment in segments {
      guard let location = try segment.find(key) else { continue }
      if exclusions?.exclude(location) != true { places.append(location) }
    }
    return places
  }
}
