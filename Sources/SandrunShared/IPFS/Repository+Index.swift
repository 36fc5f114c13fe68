internal import Files
internal import Synchronization
internal import SystemPackage

extension Repository {
  /// Opens the segments that are there now; those that were open stay so.
  func refresh() throws(RepositoryError) {
    try refreshing.withLock { _ throws(RepositoryError) in try relist() }
  }

  private func relist() throws(RepositoryError) {
    // A segment that goes between the listing and the opening was merged into one that is new: list again.
    for _ in 0..<100 {
      let names = try Self.attempt { () throws(FileError) in try Files.list(indexPath) }
      var known: [FilePath.Component: IndexSegment] = [:]
      for segment in state.withLock({ $0.segments }) {
        if let name = segment.name { known[name] = segment }
      }
      var segments: [IndexSegment] = []
      var isCurrent = true
      let passedOver = state.withLock { $0.passedOver }
      for name in names where name.extension == "seg" && !passedOver.contains(name) {
        if let segment = known[name] {
          segments.append(segment)
          continue
        }
        do throws(FileError) {
          let file = try OpenFile(indexPath.appending(name), .readOnly)
          if let segment = try IndexSegment(file, name: name) {
            segments.append(segment)
          } else {
            // Torn by a crash, or damaged: what it covered is scanned anew.
            try discard(name)
          }
        } catch {
          guard error.errno == .noSuchFileOrDirectory else { throw .file(error) }
          isCurrent = false
        }
      }
      guard isCurrent else { continue }
      let memory = state.withLock { $0.segments }.filter { $0.name == nil }
      let opened = segments.sorted { $0.count > $1.count } + memory
      // Listed behind the segments: a pack that they cover and that is not there was removed by a sweep.
      let packs = Set(try packNumbers())
      let gone = Set(opened.lazy.flatMap(\.coverage).map(\.pack)).subtracting(packs)
      let damaged = try damaged(in: packs)
      state.withLock { state in
        let unwritten = state.unwritten.filter { packs.contains($0.place.pack) }
        state.segments = opened
        state.exclusions = Exclusions(gone: gone, damaged: damaged + unwritten)
        state.unwritten = unwritten
        state.packs = state.packs.filter { packs.contains($0.key) }
      }
      return
    }
    throw .file(FileError("list", indexPath, .resourceTemporarilyUnavailable))
  }

  /// Writes sorted entries as a new segment and takes it into use.
  func publish(
    _ entries: [IndexEntry], coverage: [Coverage]
  ) throws(RepositoryError) {
    try publish(prepare(entries, coverage: coverage))
  }

  /// Writes sorted entries as a new segment that nobody looks at yet, and gives its temporary path.
  ///
  /// A small segment is checked whole by whoever opens it, so it needs no sync of its own.
  func prepare(
    _ entries: [IndexEntry], coverage: [Coverage]
  ) throws(RepositoryError) -> FilePath {
    let bytes =
      IndexSegment.pages(of: entries)
      + IndexSegment.tail(count: entries.count, coverage: coverage)
    return try Self.attempt { () throws(FileError) in
      let (file, temporary) = try newIndexFile()
      do throws(FileError) {
        try unsafe file.write(bytes.span.bytes, at: 0)
        if bytes.count > IndexSegment.smallLength { try file.sync() }
      } catch {
        try? Files.removeTree(temporary)
        throw error
      }
      return temporary
    }
  }

  /// Takes a prepared segment into use, on disk when this returns; where it fails others may see it all the same.
  func publish(_ temporary: FilePath) throws(RepositoryError) {
    do throws(FileError) {
      try rename(temporary, isSynced: true)
    } catch {
      try? Files.removeTree(temporary)
      throw .file(error)
    }
    try refresh()
  }

  /// A new file of the index under a temporary name.
  func newIndexFile() throws(FileError) -> (OpenFile, FilePath) {
    let path = indexPath.appending("\(Files.randomName()).new")
    let file = try OpenFile(
      path, .readWrite, options: [.create, .exclusiveCreate],
      permissions: [.ownerReadWrite, .groupRead, .otherRead])
    return (file, path)
  }

  /// Gives a finished index file its lasting name, on disk when this returns if so wished.
  func rename(_ temporary: FilePath, isSynced: Bool) throws(FileError) {
    let name = temporary.stem ?? Files.randomName()
    try OpenFile.move(temporary, to: indexPath.appending("\(name).seg"))
    if isSynced { try settings.syncFolder(indexPath) }
  }

  /// Removes a damaged segment; a repository that cannot be written keeps it and passes over it.
  private func discard(_ name: FilePath.Component) throws(FileError) {
    do throws(FileError) {
      if !isReadOnly { return try Files.removeTree(indexPath.appending(name)) }
    } catch {
      guard Self.isUnwritable(error) else { throw error }
    }
    _ = state.withLock { $0.passedOver.insert(name) }
  }

  /// Removes segments whose pages turn out to be damaged, and rebuilds from the packs what they covered.
  func rebuildDamaged() throws(RepositoryError) {
    for segment in state.withLock({ $0.segments }) {
      guard let name = segment.name else { continue }
      do throws(SegmentError) {
        var page = 0
        while page < segment.pageCount {
          _ = try segment.entries(ofPages: page, limit: 256)
          page += 256
        }
      } catch {
        guard case .damaged = error else { throw error.repositoryError }
        state.withLock { $0.segments.removeAll { $0.name == name } }
        try Self.attempt { () throws(FileError) in try discard(name) }
      }
    }
    try refresh()
    try heal()
  }

  /// Whether a file system or its permissions forbid to write.
  static func isReadOnly(_ error: FileError) -> Bool {
    [.permissionDenied, .readOnlyFileSystem, .notPermitted].contains(error.errno)
  }

  /// Whether there is no room.
  static func isFull(_ error: FileError) -> Bool {
    [.noSpace, .diskQuotaExceeded].contains(error.errno)
  }

  static func isUnwritable(_ error: FileError) -> Bool {
    isReadOnly(error) || isFull(error)
  }
}
