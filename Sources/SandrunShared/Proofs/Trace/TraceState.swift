internal import Files
internal import Hashing
internal import Records
internal import SystemPackage

/// What a trace writer guards with its lock: the lines not yet written and the streams' sums.
struct TraceState: ~Copyable {
  /// Text in a frame before it is closed, in bytes.
  static let frameText = 256 << 10
  /// Bytes of output joined into one line.
  static let longestChunk = 64 << 10
  /// How old a frame or a chunk may grow.
  static let longestWait = Duration.seconds(1)

  private var writer: FrameWriter
  private let compressor: ZstdCompressor
  private var validator = TraceValidator()
  private var text: [UInt8] = []
  private var lastClosed = Duration.zero
  private var stdout = StreamSum()
  private var stderr = StreamSum()
  private var failure: ProofError?

  /// The lines added so far.
  var lineCount: Int { validator.count }

  init(_ descriptor: FileDescriptor, named path: FilePath) throws(ProofError) {
    do { compressor = try ZstdCompressor() } catch { throw .zstd(error) }
    writer = FrameWriter(descriptor, named: path)
  }

  /// Runs one call's work, and throws its error again at every later call: a torn frame is never written over.
  mutating func guarded<Result>(
    _ body: (inout TraceState) throws(ProofError) -> Result
  ) throws(ProofError) -> Result {
    if let failure { throw failure }
    do throws(ProofError) {
      return try body(&self)
    } catch {
      failure = error
      throw error
    }
  }

  /// Adds one line and closes the frame if it is full.
  mutating func add(_ kind: TraceEvent.Kind, at time: Duration) throws(ProofError) {
    let event = TraceEvent(
      sequence: validator.count, time: .microseconds(time.wholeMicroseconds), kind: kind)
    // The writer keeps to the reader's rules: what it writes can be read back.
    do { try validator.take(event) } catch { throw .trace(error) }
    var line = event.json.bytes
    line.append(UInt8(ascii: "\n"))
    guard line.count <= TraceValidator.longestLine else {
      throw .trace(
        TraceError(line: validator.count, .longLine(limit: TraceValidator.longestLine)))
    }
    if !text.isEmpty, text.count + line.count > Self.frameText { try closeFrame(at: time) }
    text += line
    if text.count >= Self.frameText { try closeFrame(at: time) }
  }

  /// Adds to a stream's sums, and its line each time a chunk is full.
  mutating func output(
    _ stream: TraceStream, _ bytes: Span<UInt8>, at time: Duration
  ) throws(ProofError) {
    var start = 0
    while start < bytes.count {
      let room = Self.longestChunk - pending(stream)
      let end = min(bytes.count, start + room)
      let piece = bytes.extracting(start..<end)
      switch stream {
      case .stdout: stdout.add(piece, at: time)
      case .stderr: stderr.add(piece, at: time)
      }
      if pending(stream) == Self.longestChunk { try addChunk(stream, at: time) }
      start = end
    }
    try tick(at: time)
  }

  /// Adds the lines of chunks that are a second old, and closes the frame if it is.
  mutating func tick(at time: Duration) throws(ProofError) {
    for stream in TraceStream.allCases where pending(stream) > 0 {
      let since = stream == .stdout ? stdout.since : stderr.since
      if time - since >= Self.longestWait { try addChunk(stream, at: time) }
    }
    if time - lastClosed >= Self.longestWait { try closeFrame(at: time) }
  }

  /// Hands the lines so far to the system as one frame.
  mutating func closeFrame(at time: Duration) throws(ProofError) {
    lastClosed = time
    guard !text.isEmpty else { return }
    let frame: [UInt8]
    do { frame = try compressor.frame(of: text.span) } catch { throw .zstd(error) }
    try writer.write(frame, textSize: text.count)
    text.removeAll(keepingCapacity: true)
  }

  /// Adds the lines of what is pending and returns the sums of both whole streams.
  mutating func finishStreams(
    truncated: Set<TraceStream>, at time: Duration
  ) throws(ProofError) -> (TraceLog, TraceLog) {
    for stream in TraceStream.allCases where pending(stream) > 0 {
      try addChunk(stream, at: time)
    }
    return (
      stdout.finish(isTruncated: truncated.contains(.stdout)),
      stderr.finish(isTruncated: truncated.contains(.stderr))
    )
  }

  /// Adds the last line and the seek table.
  mutating func finish(
    folder: String?, isSynced: Bool, at time: Duration
  ) throws(ProofError) {
    try add(.end(TraceEnd(count: validator.count + 1, outputs: folder)), at: time)
    try closeFrame(at: time)
    try writer.finish(isSynced: isSynced)
  }

  private func pending(_ stream: TraceStream) -> Int {
    stream == .stdout ? stdout.length : stderr.length
  }

  private mutating func addChunk(_ stream: TraceStream, at time: Duration) throws(ProofError) {
    let chunk = stream == .stdout ? stdout.chunk(of: stream) : stderr.chunk(of: stream)
    try add(.chunk(chunk), at: time)
  }
}

/// The sums of one stream: of the chunk in hand and of the whole.
private struct StreamSum: ~Copyable {
  private(set) var length = 0
  private(set) var since = Duration.zero
  private var offset = 0
  private var part = SHA256()
  private var whole = SHA256()

  mutating func add(_ bytes: Span<UInt8>, at time: Duration) {
    if length == 0 { since = time }
    part.update(bytes)
    whole.update(bytes)
    length += bytes.count
  }

  /// The chunk in hand; the next one begins behind it.
  mutating func chunk(of stream: TraceStream) -> TraceChunk {
    defer {
      offset += length
      length = 0
    }
    return TraceChunk(stream: stream, offset: offset, length: length, sha256: part.finish())
  }

  mutating func finish(isTruncated: Bool) -> TraceLog {
    TraceLog(size: offset, sha256: whole.finish(), isTruncated: isTruncated)
  }
}

extension Duration {
  /// The microseconds that are over.
  var wholeMicroseconds: Int64 {
    components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000
  }
}
