internal import Records

/// Follows a trace event by event and refuses the first that cannot come next; its memory does not grow.
struct TraceValidator {
  /// The longest line, its newline included, in bytes: what a reader takes for one frame.
  static let longestLine = FrameLimits().frameText

  /// The events taken so far.
  private(set) var count = 0
  private(set) var start: TraceStart?
  private(set) var exit: TraceExit?
  private(set) var end: TraceEnd?
  private var time = Duration.zero
  private var stdout = 0
  private var stderr = 0
  private var lastPath: String?

  /// Takes the next event.
  mutating func take(_ event: TraceEvent) throws(TraceError) {
    do throws(TraceErrorReason) {
      try judge(event)
    } catch {
      throw TraceError(line: count + 1, error.reason)
    }
    count += 1
    time = event.time
  }

  /// Sees that nothing is missing at the end.
  func finish() throws(TraceError) {
    guard end != nil else { throw TraceError(line: count, .unfinished) }
  }

  private mutating func judge(_ event: TraceEvent) throws(TraceErrorReason) {
    guard event.sequence == count else {
      throw .init(.badSequence(expected: count, found: event.sequence))
    }
    guard event.time >= time else { throw .init(.timeRunsBack) }
    guard isInPlace(event.kind) else { throw .init(.misplaced(event.type)) }
    switch event.kind {
    case .start(let start): self.start = start
    case .chunk(let chunk): try take(chunk)
    case .sample: break
    case .exit(let exit):
      guard exit.stdout.size == stdout else { throw .init(.badSize("stdout")) }
      guard exit.stderr.size == stderr else { throw .init(.badSize("stderr")) }
      self.exit = exit
    case .output(let output):
      if let lastPath, !lastPath.utf8.lexicographicallyPrecedes(output.path.utf8) {
        throw .init(.unorderedPath(output.path))
      }
      lastPath = output.path
    case .end(let end):
      guard end.count == count + 1 else {
        throw .init(.badCount(expected: count + 1, found: end.count))
      }
      self.end = end
    }
  }

  private func isInPlace(_ kind: TraceEvent.Kind) -> Bool {
    if end != nil { return false }
    return switch kind {
    case .start: start == nil
    case .chunk, .sample, .exit: start != nil && exit == nil
    case .output, .end: exit != nil
    }
  }

  private mutating func take(_ chunk: TraceChunk) throws(TraceErrorReason) {
    let expected = chunk.stream == .stdout ? stdout : stderr
    guard chunk.offset == expected else {
      throw .init(.badOffset(expected: expected, found: chunk.offset))
    }
    let (sum, overflow) = expected.addingReportingOverflow(chunk.length)
    guard !overflow else { throw .init(.badMember("length")) }
    switch chunk.stream {
    case .stdout: stdout = sum
    case .stderr: stderr = sum
    }
  }
}

/// A reason on its way to the line it belongs to.
struct TraceErrorReason: Error {
  var reason: TraceError.Reason
  init(_ reason: TraceError.Reason) { self.reason = reason }
}
