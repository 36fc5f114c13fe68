internal import Files
internal import Hashing
internal import Synchronization
public import SystemPackage

/// The local block store: append-only packs of blocks, and a sorted index that can be rebuilt from them.
///
/// A folder holds `format` (its name and version), `packs/NNNNNNNN.pack` (see `Pack`), `index/*.seg` (see `IndexSegment`), `pins/journal`
/// (see `PinJournal`), `leases/*.lease` and `sweep` (see `Lease`), and `damaged` (see `Damage`).
/// Any number of processes may read and write at once: each writer appends to a pack that it alone has locked, syncs
/// it, and then publishes a new index segment by rename. Segments are merged so that their number grows with the logarithm of the
/// number of blocks. Where a segment was lost, the stretches of packs that no segment covers are scanned and indexed anew.
public final class Repository: BlockSource, Sendable {
  /// Since 2 there are sweeps, of which programs that know 1 only would take no heed.
  static let format: [UInt8] = Array("sandrun-ipfs 2\n".utf8)
  /// What is read all the same, and becomes `format` by the first write.
  static let oldFormat: [UInt8] = Array("sandrun-ipfs 1\n".utf8)

  /// The folder.
  public let path: FilePath
  let settings: Settings

  let state = Mutex(State())
  /// Held while the index is read anew, so that no older state of it takes the place of a newer one.
  let refreshing = Mutex(())
  let pinJournal = Mutex(PinJournal())

  /// What may become of a repository by being opened and read.
  public enum Access: Sendable {
    /// It can be written to; and readers, too, put right what a crash left.
    case readWrite
    /// Nothing on disk changes: what a crash left is put right in memory alone.
    case readOnly
  }

  /// How it was opened; all but the access is otherwise in tests alone.
  struct Settings: Sendable {
    var access = Access.readWrite
    var fullLength = Pack.fullLength
    /// Waits until the names in a folder are on disk.
    var syncFolder: @Sendable (FilePath) throws(FileError) -> Void = {
      (path) throws(FileError) in try Files.syncDirectory(path)
    }
    /// Goes before each write of merged segments.
    var beforeMerge: @Sendable () throws(FileError) -> Void = {}
  }

  struct State {
    var segments: [IndexSegment] = []
    var packs: [UInt32: OpenFile] = [:]
    /// What in the segments is not to be used; nil for nothing.
    var exclusions: Exclusions?
    /// Damage that could be noted nowhere but here.
    var unwritten: Set<Damage> = []
    /// Damaged segments that could not be removed.
    var passedOver: Set<FilePath.Component> = []
    /// Stretches at the ends of packs in which there is no whole record: what crashed writers left.
    var torn: [UInt32: Range<Int>] = [:]
  }

  /// Opens the repository in a folder; where there is none it is empty, and made by the first write.
  public convenience init(
    at path: FilePath, access: Access = .readWrite
  ) throws(RepositoryError) {
    try self.init(at: path, Settings(access: access))
  }

  init(at path: FilePath, _ settings: Settings) throws(RepositoryError) {
    self.path = path
    self.settings = settings
    guard try checkFormat() else { return }
    try refresh()
    try heal()
  }

  var isReadOnly: Bool { settings.access == .readOnly }
  var packsPath: FilePath { path.appending("packs") }
  var indexPath: FilePath { path.appending("index") }
  var formatPath: FilePath { path.appending("format") }

  /// The bytes of a block, proved to be the ones that the CID names.
  ///
  /// Throws `notFound`, `corrupt`, `unsupportedHash` or `file`. A block that another process has committed since the repository was
  /// opened is found too.
  public func block(_ cid: CID) throws(RepositoryError) -> [UInt8] {
    if let inline = cid.inlineBlock { return inline }
    guard cid.isProvable else { throw .unsupportedHash(cid) }
    return try bytes(of: cid) { cid.matches($0) == true }
  }

  /// The bytes that lie where the index says, hashed by nobody.
  public func unprovedBlock(_ cid: CID) throws(RepositoryError) -> [UInt8] {
    if let inline = cid.inlineBlock { return inline }
    // No proof would tell it apart from one with the same key.
    if let key = cid.key, try place(of: cid, key) == nil { throw absence(of: cid, key) }
    return try bytes(of: cid) { _ in true }
  }

  /// The bytes of the first copy of a block that passes; those that do not are noted as damaged.
  private func bytes(
    of cid: CID, where isRight: ([UInt8]) -> Bool
  ) throws(RepositoryError) -> [UInt8] {
    guard let key = cid.key else { throw .unsupportedHash(cid) }
    let name = cid.recordName
    // Each time, a pack went that a sweep removed, whose blocks are elsewhere by then, or a copy was found damaged.
    for _ in 0..<16 {
      guard let location = try locate(key) else { break }
      guard let pack = try pack(location.pack) else {
        try reopen()
        continue
      }
      let found = try Self.attempt { () throws(FileError) in
        try pack.bytes(at: location, name: name)
      }
      if let found, isRight(found) { return found }
      // Anybody can make a CID with the key of a block that another hash names: that block is whole, and not what is asked for.
      let kept = try Self.attempt { () throws(FileError) in
        try pack.block(at: location, key: key)
      }
      if let kept, kept.name != name { throw .notFound(cid) }
      try note(Damage(key, pack: location.pack, offset: location.offset))
    }
    throw absence(of: cid, key)
  }

  /// Why a block is not there: it never was, or is damaged.
  func absence(of cid: CID, _ key: Digest32) -> RepositoryError {
    guard let damage = knownDamage(of: key) else { return .notFound(cid) }
    return .corrupt(
      cid, pack: packsPath.appending(Pack.name(damage.place.pack)), offset: damage.place.offset)
  }

  /// Whether the repository holds a block; its bytes are not read.
  public func contains(_ cid: CID) throws(RepositoryError) -> Bool {
    if cid.inlineBlock != nil { return true }
    guard let key = cid.key else { return false }
    return try place(of: cid, key) != nil
  }

  /// The length of a block, as the index has it; its bytes are not read.
  public func length(of cid: CID) throws(RepositoryError) -> Int {
    if let inline = cid.inlineBlock { return inline.count }
    guard let key = cid.key else { throw .notFound(cid) }
    guard let location = try place(of: cid, key) else { throw absence(of: cid, key) }
    return location.length
  }

  /// Notes at the lines of the index which blocks were visited.
  public func visitedBlocks() -> VisitedBlocks { VisitedBlocks(in: self) }

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
  func reopen() throws(RepositoryError) {
    guard try checkFormat() else { return }
    try refresh()
    try heal()
  }

  /// Takes in what other processes have committed, if there is any; says whether there was.
  ///
  /// Whatever is committed comes with a new segment, so that the names of these tell.
  func reopenIfChanged() throws(RepositoryError) -> Bool {
    let names: [FilePath.Component]
    do throws(FileError) {
      names = try Files.list(indexPath)
    } catch {
      guard error.errno == .noSuchFileOrDirectory else { throw .file(error) }
      return false
    }
    let known = state.withLock { Set($0.segments.compactMap(\.name)).union($0.passedOver) }
    guard names.contains(where: { $0.extension == "seg" && !known.contains($0) }) else {
      return false
    }
    try reopen()
    return true
  }

  /// Whether there is a repository; throws where the folder holds something else.
  private func checkFormat() throws(RepositoryError) -> Bool {
    do {
      let found = try Files.read(formatPath, limit: 4096)
      guard found == Self.format || found == Self.oldFormat else {
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
  ///
  /// Every write begins with it.
  func create() throws(RepositoryError) {
    guard !isReadOnly else { throw .file(FileError("write to", path, .readOnlyFileSystem)) }
    if try checkFormat() { return try upgrade() }
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

  /// Takes a repository of the old format over; nothing in it but the name of the format changes.
  private func upgrade() throws(RepositoryError) {
    try Self.attempt { () throws(FileError) in
      guard try Files.read(formatPath, limit: 4096) == Self.oldFormat else { return }
      try Files.writeAtomically(Self.format, to: formatPath)
    }
  }

  static func attempt<T>(_ body: () throws(FileError) -> T) throws(RepositoryError) -> T {
    do { return try body() } catch { throw .file(error) }
  }
}
