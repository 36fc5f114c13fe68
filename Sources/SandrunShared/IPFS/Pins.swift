internal import Files
internal import Synchronization
internal import SystemPackage

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

extension Repository {
  /// The pins: what a sweep of the repository keeps.
  public var pins: Pins { Pins(repository: self) }
}

/// The pins of a repository; any number of processes add and remove at once.
///
/// They lie in an append-only journal (see `PinJournal`): to add costs one line and one sync, however many there are.
public struct Pins: Sendable {
  let repository: Repository

  private var folder: FilePath { repository.path.appending("pins") }
  var path: FilePath { folder.appending("journal") }

  /// All pins that are readable, in the order in which they were added, and the damage that was met among them.
  public func all() throws(PinError) -> (pins: [Pin], damage: PinError?) {
    let journal = try journal()
    return (journal.pins, journal.damage.map { .damaged(path, offset: $0) })
  }

  /// The pin of a block; nil where it has none of its own.
  public func find(_ cid: CID) throws(PinError) -> Pin? {
    try journal()[cid]
  }

  /// Adds pins, all of them on disk when this returns; looks at no block.
  ///
  /// For whoever has just put all that is below the roots, by a `Batch` that he still holds. Others use `pin`.
  /// A recursive pin takes the place of a direct one, and is left as it is by a direct one.
  public func add(_ pins: [Pin]) throws(PinError) {
    for pin in pins {
      guard let name = pin.name else { continue }
      guard name.utf8.count <= Pin.maximumNameLength else {
        throw .nameTooLong(name.utf8.count)
      }
    }
    guard !pins.isEmpty else { return }
    try locked { (file) throws(PinError) in
      try append(pins.flatMap { PinJournal.line(adding: $0) }, to: file)
    }
  }

  /// Removes pins, all or none of them; it is on disk when this returns.
  public func remove(_ cids: [CID]) throws(PinError) {
    guard !cids.isEmpty else { return }
    try locked { (file) throws(PinError) in
      let journal = try journal(file)
      for cid in cids where journal[cid] == nil { throw .notPinned(cid) }
      try append(cids.flatMap { PinJournal.line(removing: $0) }, to: file)
    }
  }

  // MARK: The file

  /// What the journal holds now.
  func journal() throws(PinError) -> PinJournal {
    let file: OpenFile
    do throws(FileError) {
      file = try OpenFile(path, .readOnly)
    } catch {
      guard error.errno == .noSuchFileOrDirectory else { throw .repository(.file(error)) }
      return PinJournal()
    }
    return try journal(file)
  }

  private func journal(_ file: OpenFile) throws(PinError) -> PinJournal {
    try repository.pinJournal.withLock { (journal) throws(PinError) in
      do throws(FileError) { try journal.read(file) } catch { throw .repository(.file(error)) }
      return journal
    }
  }

  /// Does something with the journal, open for writing, while no other writer has it.
  private func locked(_ body: (OpenFile) throws(PinError) -> Void) throws(PinError) {
    do throws(RepositoryError) { try repository.create() } catch { throw .repository(error) }
    let (lock, file) = try Self.attempt { () throws(FileError) in
      try Files.makeDirectories(folder)
      let lock = try Self.open(folder.appending("lock"))
      _ = try lock.lock(waiting: true)
      if try Files.status(path) == nil {
        // Under its name it is never without its first line.
        try Files.writeAtomically(PinJournal.header(length: 0), to: path)
        try Files.syncDirectory(repository.path)
      }
      let file = try Self.open(path)
      return (lock, file)
    }
    defer { lock.unlock() }
    try body(file)
  }

  private static func open(_ path: FilePath) throws(FileError) -> OpenFile {
    try OpenFile(
      path, .readWrite, options: [.create],
      permissions: [.ownerReadWrite, .groupRead, .otherRead])
  }

  /// Appends whole lines behind the last whole one, and waits for the disk.
  private func append(_ lines: [UInt8], to file: OpenFile) throws(PinError) {
    let (file, end) = try mended(file)
    var lines = lines
    do throws(FileError) {
      if end < (try file.size()) { try file.truncate(to: end) }
      // Behind damage, so that nothing is lost to it.
      let last = try file.read(at: max(0, end - 1), count: end > 0 ? 1 : 0)
      if last != [UInt8(ascii: "\n")], end > 0 { lines.insert(UInt8(ascii: "\n"), at: 0) }
      try unsafe file.write(lines.span.bytes, at: end)
      try file.sync()
    } catch {
      // Nobody was told of them.
      try? file.truncate(to: end)
      throw .repository(.file(error))
    }
    try compactIfGrown(file, length: end + lines.count)
  }

  /// The journal to append to, and where: one that a power cut left with a hole, or without its first line, is written anew before.
  private func mended(_ file: OpenFile) throws(PinError) -> (file: OpenFile, end: Int) {
    let (size, isWhole) = try Self.attempt { () throws(FileError) in
      let size = try file.size()
      return (size, try Self.isWhole(file, size))
    }
    if isWhole { return (file, size) }
    let journal = try journal(file)
    // Damage stays where a person can look at it.
    guard journal.damage == nil, journal.hasHole || journal.isHeadless else {
      return (file, journal.end)
    }
    let anew = try writeAnew(journal)
    return (anew, try Self.attempt { () throws(FileError) in try anew.size() })
  }

  /// Whether a journal begins with its first line, ends with a newline, and holds no NUL in what was appended; pins are not looked at.
  private static func isWhole(_ file: OpenFile, _ size: Int) throws(FileError) -> Bool {
    let head = try file.read(at: 0, count: PinJournal.sampleLength)
    guard var next = PinJournal.written(accordingTo: head), next <= size,
      try file.read(at: size - 1, count: 1) == [UInt8(ascii: "\n")]
    else { return false }
    while next < size {
      let bytes = try file.read(at: next, count: min(1 << 20, size - next))
      guard !bytes.isEmpty, !holdsNUL(bytes) else { return false }
      next += bytes.count
    }
    return true
  }

  private static func holdsNUL(_ bytes: [UInt8]) -> Bool {
    unsafe bytes.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress else { return false }
      return unsafe memchr(start, 0, bytes.count) != nil
    }
  }

  /// Writes the journal anew where most of it says what does not count any more.
  private func compactIfGrown(_ file: OpenFile, length: Int) throws(PinError) {
    let head = try Self.attempt { () throws(FileError) in
      try file.read(at: 0, count: PinJournal.sampleLength)
    }
    guard length > 2 * (PinJournal.written(accordingTo: head) ?? 0) + PinJournal.slack else {
      return
    }
    let journal = try journal(file)
    guard journal.damage == nil else { return }
    _ = try writeAnew(journal)
  }

  private func writeAnew(_ journal: PinJournal) throws(PinError) -> OpenFile {
    let lines = journal.pins.flatMap { PinJournal.line(adding: $0) }
    return try Self.attempt { () throws(FileError) in
      try Files.writeAtomically(PinJournal.header(length: lines.count) + lines, to: path)
      return try Self.open(path)
    }
  }

  private static func attempt<T>(_ body: () throws(FileError) -> T) throws(PinError) -> T {
    do { return try body() } catch { throw .repository(.file(error)) }
  }
}
