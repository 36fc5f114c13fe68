internal import Files
internal import Hashing
internal import Synchronization
public import SystemPackage

/// The local block store: append-only packs of blocks, and a sorted index that can be rebuilt from them.
///
/// A folder holds `format` (its name and version), `packs/NNNNNNNN.pack` (see `Pack`) and `index/*.seg` (see `IndexSegment`).
/// Any number of processes may read and write at once: each writer appends to a pack that it alone has locked, syncs
/// it, and then publishes a new index segment by rename. Segments are merged so that their number grows with the logarithm of the
/// number of blocks. Where a segment was lost, the stretches of packs that no segment covers are scanned and indexed anew.
public final class Repository: BlockSource, Sendable {
  static let format: [UInt8] = Array("sandrun-ipfs 1\n".utf8)

  /// The folder.
  public let path: FilePath

  let state = Mutex(State())
  let pinJournal = Mutex(PinJournal())

  struct State {
    var segments: [IndexSegment] = []
    var packs: [UInt32: OpenFile] = [:]
  }

  /// Opens the repository in a folder; where there is none it is empty, and made by the first write.
  public init(at path: FilePath) throws(RepositoryError) {
    self.path = path
    guard try checkFormat() else { return }
    try refresh()
    try heal()
  }

  var packsPath: FilePath { path.appending("packs") }
  var indexPath: FilePath { path.appending("index") }
  var formatPath: FilePath { path.appending("format") }

  /// The bytes of a block, proved to be the ones that the CID names.
  ///
  /// Throws `notFound`, `corrupt`, `unsupportedHash` or `file`. A block that another process has committed since the repository was
  /// opened is found too.
  public func block(_ cid: CID) throws(RepositoryError) -> [UInt8] {
    if let inline = cid.inlineBlock { return inline }
    guard let digest = cid.sha256 else { throw .unsupportedHash(cid) }
    guard let location = try locate(cid), let pack = try pack(location.pack) else {
      throw .notFound(cid)
    }
    let found = try Self.attempt { () throws(FileError) in
      try pack.block(at: location, digest: digest)
    }
    guard let found else {
      throw .corrupt(cid, pack: pack.file.path, offset: location.offset)
    }
    return found
  }

  /// The bytes that lie where the index says, hashed by nobody.
  public func unprovedBlock(_ cid: CID) throws(RepositoryError) -> [UInt8] {
    if let inline = cid.inlineBlock { return inline }
    guard let location = try locate(cid), let pack = try pack(location.pack) else {
      throw .notFound(cid)
    }
    let found = try Self.attempt { () throws(FileError) in try pack.bytes(at: location) }
    guard let found else {
      throw .corrupt(cid, pack: pack.file.path, offset: location.offset)
    }
    return found
  }

  /// Whether the repository holds a block; its bytes are not read.
  public func contains(_ cid: CID) throws(RepositoryError) -> Bool {
    if cid.inlineBlock != nil { return true }
    return try locate(cid) != nil
  }

  /// The length of a block, as the index has it; its bytes are not read.
  public func length(of cid: CID) throws(RepositoryError) -> Int {
    if let inline = cid.inlineBlock { return inline.count }
    guard let location = try locate(cid) else { throw .notFound(cid) }
    return location.length
  }

  /// Where a block lies, what other processes have committed since included.
  private func locate(_ cid: CID) throws(RepositoryError) -> Location? {
    guard let digest = cid.sha256 else { throw .unsupportedHash(cid) }
    if let location = try find(digest) { return location }
    try reopen()
    return try find(digest)
  }

  /// Keeps one block, on disk when this returns, and gives its CID.
  ///
  /// For more than one, use a `Batch`: each call syncs.
  public func put(_ bytes: [UInt8], codec: CID.Codec = .raw) throws(RepositoryError) -> CID {
    let digest = SHA256.hash(bytes)
    let batch = Batch(self)
    try unsafe batch.put(bytes.span.bytes, as: digest)
    try batch.commit()
    return CID(digest, codec: codec)
  }

  /// Starts to write; nothing of it counts before its `commit`.
  public func batch() -> Batch {
    Batch(self)
  }

  /// Where a committed block lies.
  func find(_ digest: Digest32) throws(RepositoryError) -> Location? {
    for _ in 0..<4 {
      let segments = state.withLock { $0.segments }
      do throws(SegmentError) {
        for segment in segments {
          if let location = try segment.find(digest) { return location }
        }
        return nil
      } catch {
        guard case .damaged = error else { throw error.repositoryError }
        try rebuildDamaged()
      }
    }
    return nil
  }

  /// An open pack; nil where it is gone.
  func pack(_ number: UInt32) throws(RepositoryError) -> Pack? {
    if let file = state.withLock({ $0.packs[number] }) { return Pack(number: number, file: file) }
    let path = packsPath.appending(Pack.name(number))
    do {
      let file = try OpenFile(path, .readOnly)
      state.withLock {
        // A bound on descriptors, not a cache policy: files are cheap to open again.
        if $0.packs.count >= 64 { $0.packs.removeAll() }
        $0.packs[number] = file
      }
      return Pack(number: number, file: file)
    } catch {
      if error.errno == .noSuchFileOrDirectory { return nil }
      throw .file(error)
    }
  }

  /// Takes in what other processes have committed.
  private func reopen() throws(RepositoryError) {
    guard try checkFormat() else { return }
    try refresh()
    try heal()
  }

  /// Whether there is a repository; throws where the folder holds something else.
  private func checkFormat() throws(RepositoryError) -> Bool {
    do {
      guard try Files.read(formatPath, limit: 4096) == Self.format else {
        throw RepositoryError.unknownFormat(path)
      }
      return true
    } catch let error as FileError where error.errno == .noSuchFileOrDirectory {
      return false
    } catch let error as FileError {
      throw .file(error)
    } catch let error as RepositoryError {
      throw error
    } catch {
      throw .unknownFormat(path)
    }
  }

  /// Makes the folders and the format file; safe while others do the same.
  func create() throws(RepositoryError) {
    guard try !checkFormat() else { return }
    try Self.attempt { () throws(FileError) in
      try Files.makeDirectories(packsPath)
      try Files.makeDirectories(indexPath)
      // Last, so that a folder with a format file has all it needs; the write syncs the folder.
      try Files.writeAtomically(Self.format, to: formatPath)
    }
    // The folders above may be as new; one that may not be opened is not ours, and so was there before.
    var above = path
    while let name = above.lastComponent, name.kind == .regular {
      above = Files.parent(of: above)
      try? Files.syncDirectory(above)
    }
  }

  static func attempt<T>(_ body: () throws(FileError) -> T) throws(RepositoryError) -> T {
    do { return try body() } catch { throw .file(error) }
  }
}
