internal import Files
public import SystemPackage

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// An append-only file of checksummed lines, for state that one process keeps at a time and that may be a line behind.
///
/// The first line is a header that says whose it is. It may lie anywhere, and is locked (`flock`) as long as it is open.
/// A last line that was not written to its end is cut off; any other damage is refused. Now and then its owner puts a shorter
/// content in its place (`rewrite`), which a crash shows whole or not at all.
public struct LineFile: ~Copyable, Sendable {
  /// Where it lies, links resolved.
  public let path: FilePath
  private let header: [UInt8]
  private var file: OpenFile
  private var scan = LineScan()

  /// The bytes of the file.
  public var length: Int { scan.offset }
  /// How many lines it has, without the header.
  public var count: Int { scan.count - 1 }

  /// Opens the file, or makes it (mode 0600, the folder must exist), and gives each line behind the header to `body`.
  ///
  /// The header is the text of an object without a newline. Throws `locked` where another process has the file,
  /// `otherHeader` where it has another header, `damaged` where a line is not as it was written.
  public init(
    _ path: FilePath, header: [UInt8], _ body: (JournalLine) throws(JournalError) -> Void
  ) throws(JournalError) {
    self.header = header
    let resolved = (try? Files.resolve(path)) ?? path
    let file = try Self.locked(resolved)
    var scan = LineScan()
    if try Self.isNew(file, header: header) {
      let first = Self.content([], header: header)
      try filing { () throws(FileError) in
        try file.truncate(to: 0)
        try unsafe file.write(first.bytes.span.bytes, at: 0)
        try file.sync()
        try Files.syncDirectory(Files.parent(of: resolved))
      }
      scan = first.scan
    } else {
      try scan.readWhole(file, header: header, body)
    }
    self.path = resolved
    self.file = file
    self.scan = scan
  }

  /// Adds lines, each the text of an object without a newline; with `isSynced` they are on disk on return.
  ///
  /// Where it fails, the file is what it was.
  public mutating func append(_ texts: [[UInt8]], isSynced: Bool = true) throws(JournalError) {
    var next = scan
    var bytes: [UInt8] = []
    for text in texts { try next.write(text, to: &bytes, in: path) }
    do throws(FileError) {
      try unsafe file.write(bytes.span.bytes, at: scan.offset)
      if isSynced { try file.sync() }
    } catch {
      try? file.truncate(to: scan.offset)
      throw .file(error)
    }
    scan = next
  }

  /// Waits until all lines are on disk.
  public func sync() throws(JournalError) {
    try filing { () throws(FileError) in try file.sync() }
  }

  /// Puts the header and these lines in the place of the whole content, at once and on disk on return.
  ///
  /// Where it fails, the file is what it was.
  public mutating func rewrite(_ texts: [[UInt8]]) throws(JournalError) {
    for text in texts { try LineScan.check(text, in: path) }
    let content = Self.content(texts, header: header)
    let name = path.lastComponent?.string ?? "journal"
    // The lock is ours, and so is this name: what a crash leaves is overwritten the next time.
    let temporary = Files.parent(of: path).appending(".\(name).new")
    let new: OpenFile
    do throws(FileError) {
      try Files.removeTree(temporary)
      new = try OpenFile(
        temporary, .readWrite, options: [.create, .exclusiveCreate], permissions: .ownerReadWrite)
      // Whoever opens the name next must find it locked.
      _ = try new.lock(waiting: false)
      try unsafe new.write(content.bytes.span.bytes, at: 0)
      try new.sync()
      try OpenFile.move(temporary, to: path)
    } catch {
      try? Files.removeTree(temporary)
      throw .file(error)
    }
    file = new
    scan = content.scan
    try filing { () throws(FileError) in
      try Files.syncDirectory(Files.parent(of: path))
    }
  }

  /// How long another process may have the lock before it counts as a user of the file.
  ///
  /// A program that this one starts has all its descriptors until its exec, and so has a part in its locks.
  private static let patience = Duration.seconds(2)

  private static func locked(_ path: FilePath) throws(JournalError) -> OpenFile {
    let end = ContinuousClock.now + patience
    while true {
      let file: OpenFile
      let (isRegular, isOurs, isHere): (Bool, Bool, Bool)
      do throws(FileError) {
        // A pipe that nobody writes to would be waited for.
        file = try OpenFile(
          path, .readWrite, options: [.create, .nonBlocking], permissions: .ownerReadWrite)
        isRegular = try file.isRegular()
        isOurs = isRegular ? try file.lock(waiting: false) : false
        isHere = try file.isAt(path)
      } catch {
        throw .file(error)
      }
      guard isRegular else { throw .file(FileError("write", path, .invalidArgument)) }
      guard isOurs else {
        guard .now < end else { throw .locked(path, by: LockHolder.process(of: file)) }
        usleep(20_000)
        continue
      }
      // Its owner may have put a new one in its place between the opening and the lock.
      if isHere { return file }
    }
  }

  /// Whether the file is empty, or its making was cut off.
  private static func isNew(_ file: OpenFile, header: [UInt8]) throws(JournalError) -> Bool {
    let first = content([], header: header).bytes
    let found = try filing { () throws(FileError) in try file.read(at: 0, count: first.count) }
    return found.count < first.count && first.starts(with: found)
  }

  private static func content(
    _ texts: [[UInt8]], header: [UInt8]
  ) -> (bytes: [UInt8], scan: LineScan) {
    var (bytes, scan): ([UInt8], LineScan) = ([], LineScan())
    for text in [header] + texts { scan.writeChecked(text, to: &bytes) }
    return (bytes, scan)
  }
}

/// Does something with files, and names its failure as a journal's.
func filing<Value>(_ action: () throws(FileError) -> Value) throws(JournalError) -> Value {
  do throws(FileError) { return try action() } catch { throw .file(error) }
}
