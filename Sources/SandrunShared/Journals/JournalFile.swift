internal import Files
public import SystemPackage

/// An append-only file of checksummed lines that several processes share, and that may not lose a line unseen.
///
/// Beside it lies its head (`.head` in place of the extension), which says how much of it is certain, and carries the lock
/// (`flock`). A line is certain once a `JournalCommit` has run. What is certain and no longer there, or not as it was, is
/// refused as damage; behind it, whole lines are taken and a torn end is cut off, for nobody acted on that.
public struct JournalFile: ~Copyable, Sendable {
  /// Where the lines are.
  public let path: FilePath
  /// Where the head is.
  public let headPath: FilePath
  /// Whether this process has the lock.
  public private(set) var isLocked = false
  let header: [UInt8]
  var headFile: OpenFile?
  var file: OpenFile?
  var head = JournalHead()
  var scan = LineScan()

  /// Where the head of a journal lies.
  public static func headPath(of path: FilePath) -> FilePath {
    var head = path
    head.extension = "head"
    return head
  }

  /// Names the journal at a path; nothing is read or made yet.
  ///
  /// The header, the first line, is the text of an object that says whose the journal is.
  public init(_ path: FilePath, header: [UInt8]) {
    self.path = path
    self.header = header
    headPath = Self.headPath(of: path)
  }

  /// Opens the head, or makes it with its folders (modes 0600 and 0700); nil where there is none and none is to be made.
  private mutating func opened(creating: Bool) throws(JournalError) -> OpenFile? {
    if let headFile { return headFile }
    if try !Self.hasHead(headPath, of: path) {
      guard creating else { return nil }
      try LineScan.check(header, in: path)
      // The head first: a journal without one is a journal that lost it.
      do throws(FileError) {
        try Files.makeDirectories(Files.parent(of: path))
        try Files.writeAtomically(
          JournalHead.newFile, to: headPath, mode: .ownerReadWrite, replacing: false)
      } catch {
        guard error.errno == .fileExists else { throw .file(error) }
      }
    }
    let path = headPath
    let file = try filing { () throws(FileError) in
      try OpenFile(path, .readWrite, options: .nonBlocking)
    }
    headFile = file
    return file
  }

  private static func hasHead(_ headPath: FilePath, of path: FilePath) throws(JournalError) -> Bool
  {
    func isHere(_ path: FilePath) throws(JournalError) -> Bool {
      try filing { () throws(FileError) in try Files.status(path) != nil }
    }
    if try isHere(headPath) { return true }
    guard try isHere(path) else { return false }
    // Another process may have made both meanwhile.
    guard try isHere(headPath) else { throw .damaged(path, nil, .noHead) }
    return true
  }

  // MARK: The lock

  /// Takes the lock; false where another process has it.
  ///
  /// The journal is made where it is new.
  public mutating func tryLock() throws(JournalError) -> Bool {
    guard !isLocked else { return true }
    guard let headFile = try opened(creating: true) else { return false }
    guard try filing({ () throws(FileError) in try headFile.lock(waiting: false) }) else {
      return false
    }
    isLocked = true
    do throws(JournalError) {
      try checkPlace(of: headFile, at: headPath)
      try readHead(headFile)
      try openLines()
    } catch {
      unlock()
      throw error
    }
    return true
  }

  /// Lets go of the lock.
  public mutating func unlock() {
    headFile?.unlock()
    isLocked = false
  }

  /// The process that has the lock, where that can be found out.
  public var holder: Int32? { headFile.flatMap { LockHolder.process(of: $0) } }

  private func checkPlace(of file: OpenFile, at path: FilePath) throws(JournalError) {
    guard try filing({ () throws(FileError) in try file.isAt(path) }) else {
      throw .damaged(path, nil, .replaced)
    }
  }

  private mutating func readHead(_ headFile: OpenFile) throws(JournalError) {
    guard let found = try filing({ () throws(FileError) in try JournalHead.read(headFile) }) else {
      throw .damaged(path, nil, .headUnreadable)
    }
    // What this process knows to be certain stays so.
    if found.sequence >= head.sequence { head = found }
  }

  private mutating func openLines() throws(JournalError) {
    if let file { return try checkPlace(of: file, at: path) }
    do throws(FileError) {
      file = try OpenFile(path, .readWrite, options: .nonBlocking)
    } catch {
      guard error.errno == .noSuchFileOrDirectory else { throw .file(error) }
      guard head.length == 0 else { throw .damaged(path, nil, .missing(certain: head.length)) }
      file = try filing { () throws(FileError) in
        try OpenFile(
          path, .readWrite, options: [.create, .exclusiveCreate], permissions: .ownerReadWrite)
      }
    }
    guard let file else { return }
    var (first, written): ([UInt8], LineScan) = ([], LineScan())
    written.writeChecked(header, to: &first)
    let found = try filing { () throws(FileError) in try file.read(at: 0, count: first.count) }
    // Where its making was cut off, it is made anew.
    guard head.length == 0, found.count < first.count, first.starts(with: found) else { return }
    do throws(FileError) {
      try unsafe file.write(first.span.bytes, at: 0)
      try file.sync()
      try Files.syncFolders(above: path)
      try commitHead(head.next(length: written.offset, checksum: written.checksum))
    } catch {
      throw .file(error)
    }
  }

  private mutating func commitHead(_ next: JournalHead) throws(FileError) {
    try unsafe headFile?.write(next.bytes.span.bytes, at: next.offset)
    try headFile?.sync()
    head = next
  }

  // MARK: Reading

  /// Gives each line behind the header that was not read yet to `body`: with the lock all of them, else those that are certain.
  ///
  /// With the lock, an end that is torn is cut off. Throws `damaged` where what was certain is gone or not as it was.
  public mutating func read(
    _ body: (JournalLine) throws(JournalError) -> Void
  ) throws(JournalError) {
    if !isLocked {
      guard let headFile = try opened(creating: false) else { return }
      try readHead(headFile)
      if file == nil { try openForReading() }
    }
    guard let file else { return }
    let end = try filing { () throws(FileError) in try file.size() }
    let known = max(head.length, scan.offset)
    guard end >= known else {
      throw .damaged(path, nil, .shortened(certain: known, found: end))
    }
    if scan.offset < head.length {
      let rest = try run(file, to: head.length, body)
      if case .bad(let flaw, _) = rest { throw .damaged(path, scan.place, flaw) }
      guard rest == .nothing else { throw .damaged(path, scan.place, .checksum) }
    }
    if scan.offset == head.length, scan.checksum != head.checksum {
      throw .damaged(path, nil, .otherContent)
    }
    guard isLocked, scan.offset < end else { return }
    let rest = try run(file, to: end, body)
    // A bad line that others continue was whole once: it is damage, and not the end of a write.
    if case .bad(let flaw, isContinued: true) = rest { throw .damaged(path, scan.place, flaw) }
    guard rest != .nothing else { return }
    guard scan.count > 0 else { throw .damaged(path, scan.place, .noHeader) }
    let length = scan.offset
    try filing { () throws(FileError) in try file.truncate(to: length) }
  }

  private mutating func openForReading() throws(JournalError) {
    // Before the journal was made, there is nothing in it.
    guard head.length > 0 else { return }
    do throws(FileError) {
      file = try OpenFile(path, .readWrite, options: .nonBlocking)
    } catch {
      guard error.errno == .noSuchFileOrDirectory else { throw .file(error) }
      throw .damaged(path, nil, .missing(certain: head.length))
    }
  }

  private mutating func run(
    _ file: OpenFile, to end: Int, _ body: (JournalLine) throws(JournalError) -> Void
  ) throws(JournalError) -> LineScan.Rest {
    let (header, path) = (header, path)
    return try scan.run(file, to: end) { (line) throws(JournalError) in
      guard line.number == 1 else { return try body(line) }
      try line.check(header: header, in: path)
    }
  }
}

extension JournalFile {
  /// The names of the journals in a folder, heads whose journal is gone among them, sorted; none where there is no folder.
  public static func names(in folder: FilePath) throws(JournalError) -> [FilePath.Component] {
    try filing { () throws(FileError) in
      guard try Files.status(folder) != nil else { return [] }
      let names = try Files.list(folder)
      let journals = names.filter { $0.extension == "journal" }
      let heads = names.filter { $0.extension == "head" }.compactMap {
        FilePath.Component("\($0.stem).journal")
      }
      return Set(journals + heads).sorted {
        $0.string.utf8.lexicographicallyPrecedes($1.string.utf8)
      }
    }
  }
}
