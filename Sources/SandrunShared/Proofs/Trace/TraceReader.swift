public import SystemPackage

/// Reads a trace line by line and judges it as it goes, with memory for one frame.
public struct TraceReader: ~Copyable {
  private var source: TraceText
  private var validator = TraceValidator()
  private let acceptsUnfinished: Bool
  private var text: [UInt8] = []
  private var position = 0

  /// Reads an open file, which stays the caller's to close.
  ///
  /// With `acceptingUnfinished` the lines may stop anywhere, as they do in the trace of a job that still runs or whose
  /// `exec` was killed; all that is there must be right nonetheless.
  public init(
    _ descriptor: FileDescriptor, named path: FilePath, limits: FrameLimits = FrameLimits(),
    acceptingUnfinished: Bool = false
  ) throws(ProofError) {
    try self.init(
      TraceText(descriptor, named: path, limits: limits, acceptsUnfinished: acceptingUnfinished),
      acceptsUnfinished: acceptingUnfinished)
  }

  init(_ source: consuming TraceText, acceptsUnfinished: Bool) {
    self.source = source
    self.acceptsUnfinished = acceptsUnfinished
  }

  /// The next event; nil behind the last.
  public mutating func next() throws(ProofError) -> TraceEvent? {
    while position == text.count {
      text.removeAll(keepingCapacity: true)
      position = 0
      guard try source.next(into: &text) else {
        if !acceptsUnfinished {
          do { try validator.finish() } catch { throw .trace(error) }
        }
        return nil
      }
    }
    let end = text[position...].firstIndex(of: UInt8(ascii: "\n")) ?? text.count - 1
    defer { position = end + 1 }
    let event: TraceEvent
    do throws(TraceErrorReason) {
      event = try TraceEvent(parsing: text.span.extracting(position..<end))
    } catch {
      throw .trace(TraceError(line: validator.count + 1, error.reason))
    }
    do { try validator.take(event) } catch { throw .trace(error) }
    return event
  }

  /// What the lines so far tell of the whole run.
  public var summary: TraceSummary {
    TraceSummary(
      start: validator.start, exit: validator.exit, end: validator.end, count: validator.count)
  }
}

/// The lines of a trace that there is only one of, as far as they were met.
public struct TraceSummary: Equatable, Sendable {
  /// The first line.
  public var start: TraceStart?
  /// The line that tells how the job ended.
  public var exit: TraceExit?
  /// The last line.
  public var end: TraceEnd?
  /// The number of lines.
  public var count: Int
}
