public import Records

/// Why lines are not a complete trace, and on which line.
public struct TraceError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What was wrong.
  public enum Reason: Equatable, Sendable {
    /// The line is not JSON.
    case malformed(JSONError)
    /// The line has no such member, or one of another kind or form.
    case badMember(String)
    /// The line has a member that its type does not.
    case unknownMember(String)
    /// No line has such a type.
    case unknownType(String)
    /// The trace's version is not 1.
    case unknownVersion(Int)
    /// The line's number is not the count of lines before it.
    case badSequence(expected: Int, found: Int)
    /// The line's time lies before that of the line before it.
    case timeRunsBack
    /// The line cannot come here: before `start`, a second `start` or `exit`, output after `exit`, anything after `end`.
    case misplaced(String)
    /// The chunk does not begin where the stream's last one ended.
    case badOffset(expected: Int, found: Int)
    /// The `exit` line names another size than the chunks of this stream add up to.
    case badSize(String)
    /// The path does not come after the one before it in the order of bytes.
    case unorderedPath(String)
    /// The `end` line counts another number of lines.
    case badCount(expected: Int, found: Int)
    /// The line is longer than the limit in bytes.
    case longLine(limit: Int)
    /// The lines stop before `end`.
    case unfinished
  }

  /// The line it was found on, from 1; for `unfinished` the last line.
  public var line: Int
  /// What was wrong.
  public var reason: Reason

  /// Makes an error from its facts.
  public init(line: Int, _ reason: Reason) {
    self.line = line
    self.reason = reason
  }

  /// `line 7 of the trace: no valid member "offset"`.
  public var description: String { "line \(line) of the trace: \(text)" }

  private var text: String {
    switch reason {
    case .malformed(let error): "\(error)"
    case .badMember(let name): "no valid member \"\(name)\""
    case .unknownMember(let name): "unknown member \(JSON.string(name).text)"
    case .unknownType(let name): "unknown type \(JSON.string(name).text)"
    case .unknownVersion(let version): "version \(version), where 1 is known"
    case .badSequence(let expected, let found): "number \(found), where \(expected) was due"
    case .timeRunsBack: "an earlier time than on the line before"
    case .misplaced(let type): "a line of type \"\(type)\" cannot come here"
    case .badOffset(let expected, let found): "offset \(found), where \(expected) was due"
    case .badSize(let stream): "another size of \(stream) than its chunks have"
    case .unorderedPath(let path): "path \(JSON.string(path).text) out of order"
    case .badCount(let expected, let found): "a count of \(found), where \(expected) was due"
    case .longLine(let limit): "longer than \(limit) bytes"
    case .unfinished: "the trace stops here, unfinished"
    }
  }
}
