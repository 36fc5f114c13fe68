internal import Files
internal import SystemPackage

/// What makes the lines of a journal certain that were appended before it was made.
///
/// It may run while others append; only one at a time.
public struct JournalCommit: Sendable {
  let file: OpenFile
  let headFile: OpenFile
  let head: JournalHead

  /// The bytes of the journal that are certain afterwards.
  public var length: Int { head.length }

  /// Waits until the lines are on disk, then notes in the head that they are, and waits for that.
  public func run() throws(JournalError) {
    try filing { () throws(FileError) in
      try file.sync()
      try unsafe headFile.write(head.bytes.span.bytes, at: head.offset)
      try headFile.sync()
    }
  }
}

extension JournalFile {
  /// Where a line's text stands in the file.
  public struct Extent: Hashable, Sendable {
    /// The offset of the text's first byte.
    public var offset: Int
    /// Its bytes.
    public var count: Int

    /// Names a stretch.
    public init(offset: Int, count: Int) {
      self.offset = offset
      self.count = count
    }
  }

  /// The bytes that are certain.
  public var certainLength: Int { head.length }

  /// Whether lines are there that are not certain.
  public var hasUncertainLines: Bool { scan.offset > head.length }

  /// Appends lines, each the text of an object without a newline; others with the lock see them, but they are not certain.
  ///
  /// The lock must be held, and all lines have been read. Where it fails, the journal is what it was.
  public mutating func append(_ texts: [[UInt8]]) throws(JournalError) -> [Extent] {
    guard isLocked, let file else { throw .locked(path, by: holder) }
    var next = scan
    var bytes: [UInt8] = []
    var extents: [Extent] = []
    for text in texts {
      extents.append(
        Extent(offset: next.offset + JournalLine.prefixLength, count: text.count))
      try next.write(text, to: &bytes, in: path)
    }
    do throws(FileError) {
      try unsafe file.write(bytes.span.bytes, at: scan.offset)
    } catch {
      // What is left of it is a torn end, which whoever takes the lock next cuts off.
      try? file.truncate(to: scan.offset)
      throw .file(error)
    }
    scan = next
    return extents
  }

  /// What makes all lines so far certain; nil where they are.
  public func commit() -> JournalCommit? {
    guard let file, let headFile, hasUncertainLines else { return nil }
    return JournalCommit(
      file: file, headFile: headFile,
      head: head.next(length: scan.offset, checksum: scan.checksum))
  }

  /// Notes that a commit has run.
  public mutating func finished(_ commit: JournalCommit) {
    if commit.head.sequence > head.sequence { head = commit.head }
  }

  /// The bytes of a text that was read or appended; throws where they are no longer there.
  public func text(at extent: Extent) throws(JournalError) -> [UInt8] {
    guard let file else { throw .damaged(path, nil, .missing(certain: head.length)) }
    let bytes = try filing { () throws(FileError) in
      try file.read(at: extent.offset, count: extent.count)
    }
    guard bytes.count == extent.count else {
      throw .damaged(
        path, nil,
        .shortened(certain: extent.offset + extent.count, found: extent.offset + bytes.count))
    }
    return bytes
  }
}
