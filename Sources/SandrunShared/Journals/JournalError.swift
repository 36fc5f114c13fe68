public import Files
public import SystemPackage

/// Why a journal cannot be read or written: which file, where in it, and what is wrong there.
public enum JournalError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file is not what was written: the byte and the line (from 1) where that begins, where it has a place.
  case damaged(FilePath, Place?, JournalFlaw)
  /// The file is whole, but another's: the text of its first line.
  case otherHeader(FilePath, found: String)
  /// Another process has the file's lock; its id, where that can be found out.
  case locked(FilePath, by: Int32?)
  /// The system refused something.
  case file(FileError)
  /// The task was cancelled while it waited for the lock.
  case interrupted

  /// A place in a file.
  public struct Place: Equatable, Sendable {
    /// The offset of the line's first byte.
    public var offset: Int
    /// The line's number, from 1.
    public var line: Int

    /// Names a place.
    public init(offset: Int, line: Int) {
      self.offset = offset
      self.line = line
    }
  }

  /// What a person is told: `/a/b.journal is damaged at byte 120 (line 3): its checksum does not fit`.
  public var description: String {
    switch self {
    case .damaged(let path, let place, let flaw):
      let where_ = place.map { " at byte \($0.offset) (line \($0.line))" } ?? ""
      return "\(path) is damaged\(where_): \(flaw)"
    case .otherHeader(let path, let found):
      return "\(path) belongs to something else: it begins with \(found)"
    case .locked(let path, let holder):
      return "\(path) is in use by \(holder.map { "process \($0)" } ?? "another process")"
    case .file(let error): return error.description
    case .interrupted: return "interrupted"
    }
  }
}

/// What is wrong with a journal's content.
public enum JournalFlaw: Equatable, Sendable, CustomStringConvertible {
  /// The bytes are no line of a journal: eight hexadecimal digits, a space, an object.
  case noLine
  /// The line, or one that should be before it, is not what was written.
  case checksum
  /// The line is longer than any that is written.
  case tooLong
  /// There is no first line that says whose it is.
  case noHeader
  /// Bytes that were certain are gone: how many there were, how many are left.
  case shortened(certain: Int, found: Int)
  /// The content is another than the one that was certain.
  case otherContent
  /// The file itself is gone, while its head says that it had bytes.
  case missing(certain: Int)
  /// The head beside the file is gone.
  case noHead
  /// The head beside the file holds nothing that can be read.
  case headUnreadable
  /// The file was put in another's place while it was in use.
  case replaced
  /// The line is whole, but says what cannot be.
  case content(String)

  /// What a person is told.
  public var description: String {
    switch self {
    case .noLine: "this is no line of a journal"
    case .checksum: "its checksum does not fit"
    case .tooLong: "the line is too long"
    case .noHeader: "it does not begin as a journal does"
    case .shortened(let certain, let found): "\(found) bytes are left of \(certain)"
    case .otherContent: "it is not what its head says it was"
    case .missing(let certain): "it is gone, and had \(certain) bytes"
    case .noHead: "its head, the file beside it, is gone"
    case .headUnreadable: "its head, the file beside it, cannot be read"
    case .replaced: "another file took its place while it was in use"
    case .content(let reason): reason
    }
  }
}
