internal import Dispatch
internal import Files
public import Hashing
internal import Synchronization
internal import SystemPackage

/// Blocks on their way into the repository; nothing of it counts before `commit` returns.
///
/// Several threads may put at once. A batch that is dropped without a commit leaves nothing behind; a large one is committed in
/// parts. It may be used again after a commit, and keeps its pack until it goes.
///
/// What was put, be it new or there already, stays through any sweep until `close`, or the end of the batch: whoever wants it to
/// stay longer pins it before, best by the batch's own `pin` (see `Lease`).
public final class Batch: BlockSink, Sendable {
  /// A part is committed at so many new blocks or bytes: it bounds memory, and what a reader must scan after a crash.
  static let partCount = 20_000
  static let partLength = 256 << 20
  private static let bufferLength = 1 << 20
  private static let writeBackLength = 8 << 20

  let repository: Repository
  private let writer = Mutex(Writer())
  /// Large blocks whose place is taken, and that are written without the lock.
  private let writing = DispatchGroup()
  /// The first of them that could not be written.
  private let unwritten = Mutex<RepositoryError?>(nil)
  private let opened = Mutex<Lease?>(nil)

  /// The pack that this batch appends to, and what it has appended since the last commit.
  struct Writer {
    var pack: Pack?
    var isNew = false
    /// Where the committed part of the pack ends.
    var start = 0
    /// Where the next record goes.
    var end = 0
    /// Up to where the disk was told to begin.
    var begun = 0
    /// The last bytes before `end`, not yet written.
    var buffer: [UInt8] = []
    var entries: [IndexEntry] = []
    var digests: Set<Digest32> = []
    /// What failed for good: after a failed sync nobody knows what is on disk.
    var failure: RepositoryError?

    var isPartFull: Bool {
      entries.count >= Batch.partCount || end - start >= Batch.partLength
    }

    /// The stretch that the disk is to begin with next, if it is worth it.
    mutating func takeWriteBack() -> Range<Int>? {
      let start = max(begun, start)
      guard end - start >= Batch.writeBackLength else { return nil }
      begun = end
      return start..<end
    }
  }

  init(_ repository: Repository) {
    self.repository = repository
  }

  deinit { close() }

  /// Gives up what was not committed, the pack, and the hold on what was put; the batch may be used again.
  public func close() {
    writing.wait()
    writer.withLock { writer in
      defer { writer = Writer() }
      guard let pack = writer.pack else { return }
      // A courtesy: without it the next writer or reader would index blocks that nobody asked for.
      if writer.end > writer.start { try? pack.file.truncate(to: writer.start) }
      pack.file.unlock()
    }
    unwritten.withLock { $0 = nil }
    opened.withLock { $0 = nil }
  }

  /// Appends a block, unless the repository or this batch has it already.
  public func put(_ bytes: RawSpan, as digest: Digest32) throws(RepositoryError) {
    try put(bytes, key: digest, name: [])
  }

  /// Appends a block under whichever hash names it, unless the repository or this batch has it already; it is not proved here.
  ///
  /// One that lies in its CID is nowhere else; one that nobody here could prove when it is read is refused.
  public func put(_ bytes: RawSpan, of cid: CID) throws(RepositoryError) {
    guard let key = cid.key else { return }
    guard cid.isProvable else { throw .unsupportedHash(cid) }
    try put(bytes, key: key, name: cid.recordName)
  }

  /// Commits, and pins: all of it is on disk when this returns.
  ///
  /// Looks at no block: what is below the roots has been put or checked by way of this batch.
  public func pin(_ pins: [Pin]) throws(PinError) {
    do { try commit() } catch { throw .repository(error) }
    try repository.pins.add(pins)
    // Only now may a sweep go by the pins.
    withExtendedLifetime(opened) {}
  }

  /// What this batch counts on, besides its own packs.
  func lease() throws(RepositoryError) -> Lease {
    try opened.withLock { opened throws(RepositoryError) in
      if let lease = opened { return lease }
      let lease = try Lease(in: repository)
      opened = lease
      return lease
    }
  }

  /// Whether a block is there and stays.
  private func isKept(_ key: Digest32) throws(RepositoryError) -> Bool {
    guard let location = try repository.find(key) else { return false }
    if writer.withLock({ $0.pack?.number == location.pack }) { return true }
    do throws(RepositoryError) {
      return try lease().keep(key)
    } catch .file(let error) where Repository.isReadOnly(error) {
      // Who may write nothing may add what is there all the same.
      return true
    }
  }

  private func put(
    _ bytes: RawSpan, key digest: Digest32, name: [UInt8]
  ) throws(RepositoryError) {
    guard bytes.byteCount <= Block.maximumLength else { throw .tooLarge(bytes.byteCount) }
    if try isKept(digest) { return }
    try write(bytes, key: digest, name: name)
  }

  /// Appends a block, unless this batch has it already, whether or not the repository has it.
  func write(_ bytes: RawSpan, key digest: Digest32, name: [UInt8]) throws(RepositoryError) {
    var header: [UInt8] = []
    header.reserveCapacity(Pack.prefixLength(name))
    Pack.appendHeader(digest, length: bytes.byteCount, name: name, to: &header)
    // A span cannot be captured by the closure of a lock.
    try unsafe bytes.withUnsafeBytes { block throws(RepositoryError) in
      let reserved = try writer.withLock { writer throws(RepositoryError) -> Reserved? in
        if let failure = writer.failure { throw failure }
        if writer.digests.contains(digest) { return nil }
        do throws(RepositoryError) {
          // Before the block, not behind it: a commit waits for blocks that are being written, of which this is one.
          if writer.isPartFull { try commit(&writer) }
          if writer.pack == nil { try open(&writer) }
          writer.digests.insert(digest)
          return try unsafe append(header, block, digest, to: &writer)
        } catch {
          writer.failure = error
          throw error
        }
      }
      if let reserved { try unsafe write(block, reserved) }
    }
  }

  /// Where a large block goes.
  private struct Reserved {
    var file: OpenFile
    var offset: Int
    /// What the disk is to begin with.
    var writeBack: Range<Int>?
  }

  private func write(
    _ block: UnsafeRawBufferPointer, _ reserved: Reserved
  ) throws(RepositoryError) {
    defer { writing.leave() }
    do throws(FileError) {
      try unsafe reserved.file.write(block.bytes, at: reserved.offset)
    } catch {
      unwritten.withLock { $0 = $0 ?? .file(error) }
      throw .file(error)
    }
    // So that the sync at the end finds little left to wait for.
    if let range = reserved.writeBack {
      reserved.file.beginWriteBack(from: range.lowerBound, to: range.upperBound)
    }
  }

  /// Puts all blocks since the last commit on disk and into the index: data sync, rename, folder sync, in this order.
  public func commit() throws(RepositoryError) {
    try writer.withLock { writer throws(RepositoryError) in
      if let failure = writer.failure { throw failure }
      do throws(RepositoryError) {
        try commit(&writer)
      } catch {
        writer.failure = error
        throw error
      }
    }
  }

  /// Appends a small block; takes a place for a large one, which `write` fills.
  private func append(
    _ header: [UInt8], _ block: UnsafeRawBufferPointer, _ digest: Digest32, to writer: inout Writer
  ) throws(RepositoryError) -> Reserved? {
    guard let pack = writer.pack else { return nil }
    let location = Location(pack: pack.number, offset: writer.end, length: block.count)
    writer.buffer += header
    writer.end += header.count
    writer.entries.append(IndexEntry(digest: digest, location: location))
    if block.count >= Self.bufferLength / 4 {
      // Not worth a copy, nor that others wait for it.
      try flush(&writer)
      let offset = writer.end
      writer.end += block.count
      writing.enter()
      return Reserved(file: pack.file, offset: offset, writeBack: writer.takeWriteBack())
    }
    unsafe writer.buffer.append(contentsOf: block)
    writer.end += block.count
    if writer.buffer.count >= Self.bufferLength { try flush(&writer) }
    return nil
  }

  private func flush(_ writer: inout Writer) throws(RepositoryError) {
    guard let pack = writer.pack, !writer.buffer.isEmpty else { return }
    let offset = writer.end - writer.buffer.count
    do throws(FileError) {
      try unsafe pack.file.write(writer.buffer.span.bytes, at: offset)
    } catch { throw .file(error) }
    writer.buffer.removeAll(keepingCapacity: true)
  }

  private func commit(_ writer: inout Writer) throws(RepositoryError) {
    guard let pack = writer.pack, writer.end > writer.start else { return }
    try flush(&writer)
    // None of them needs the lock to end.
    writing.wait()
    if let failure = unwritten.withLock({ $0 }) { throw failure }
    do throws(FileError) {
      try pack.file.sync()
      if writer.isNew { try Files.syncDirectory(repository.packsPath) }
    } catch { throw .file(error) }
    let entries = writer.entries.sorted { $0.digest < $1.digest }
    let segment = try repository.prepare(
      entries, coverage: [Coverage(pack: pack.number, start: writer.start, end: writer.end)])
    // Whatever fails from here on, others may see these blocks: they are not to be cut off any more.
    writer.start = writer.end
    try repository.publish(segment)
    writer.isNew = false
    writer.entries = []
    writer.digests = []
    try repository.merge()
    if writer.end >= repository.settings.fullLength {
      try lease().keep(pack: pack.number)
      pack.file.unlock()
      writer.pack = nil
    }
  }
}
