internal import NodeAPI
internal import NodeEngine
internal import Records

/// Tells one client of one job's output and states, as fast as that client reads.
struct LogTeller: Sendable {
  let request: SocketRequest
  let engine: Engine
  /// Sends a frame; returns when there is room for the next.
  let send: @Sendable ([UInt8]) async throws -> Void

  /// How many bytes of output a frame holds at most.
  static let frameLength = 32 << 10

  init(
    request: SocketRequest, engine: Engine, send: @escaping @Sendable ([UInt8]) async throws -> Void
  ) {
    self.request = request
    self.engine = engine
    self.send = send
  }

  /// Runs to the job's end; false where the engine ended before the job did.
  func run() async throws -> Bool {
    var changes = engine.changes(of: request.job).makeAsyncIterator()
    var offset = request.offset
    var told: JobState?
    var isEnding = false
    while true {
      // The state before the log: once it is final, the log that is read after it is whole.
      guard let status = try engine.status(request.job), let log = try engine.log(request.job)
      else { return true }
      if status.state != told {
        try await tell(.status, status, offset)
        told = status.state
      }
      offset = try await tell(log, from: offset, isWhole: status.state.isFinal)
      if status.state.isFinal {
        try await tell(.completion, status, offset)
        return true
      }
      if isEnding { return false }
      isEnding = await changes.next() == nil
      try Task.checkCancellation()
    }
  }

  private func tell(_ log: JobLog, from start: Int, isWhole: Bool) async throws -> Int {
    var offset = start
    while offset < log.size {
      let pieces = try log.read(from: offset, limit: Self.frameLength)
      guard !pieces.isEmpty else { return offset }
      for (index, piece) in pieces.enumerated() {
        let isCut =
          index == pieces.count - 1 && !(isWhole && offset + piece.bytes.count >= log.size)
        let whole = isCut ? UTF8Text.wholeLength(of: piece.bytes) : piece.bytes.count
        guard whole > 0 else {
          // The rest of a character is still to come; or it is there, and was not read with this piece.
          if index == 0 { return offset }
          break
        }
        offset += whole
        try await tell(piece.stream, Array(piece.bytes[..<whole]), offset)
      }
    }
    return offset
  }

  private func tell(_ stream: JobLog.Stream, _ bytes: [UInt8], _ offset: Int) async throws {
    switch request.kind {
    case .messages:
      let kind: LogMessage.Kind = stream == .stdout ? .stdout : .stderr
      try await send(LogMessage(kind, bytes, offset: offset).json.bytes)
    case .text:
      let text = Array(String(decoding: bytes, as: UTF8.self).utf8)
      try await send(stream == .stdout ? text : Array("[STDERR] ".utf8) + text)
    }
  }

  private func tell(_ kind: LogMessage.Kind, _ status: JobStatus, _ offset: Int) async throws {
    switch request.kind {
    case .messages:
      let text = Array(status.state.rawValue.utf8)
      try await send(LogMessage(kind, text, offset: offset).json.bytes)
    case .text:
      let text = kind == .status ? "[STATUS] \(status.state.rawValue)" : Self.ending(status)
      try await send(Array(text.utf8))
    }
  }

  /// `[DONE] Job completed (exit=0, wall=1.5s)`.
  private static func ending(_ status: JobStatus) -> String {
    var facts: [String] = []
    if let code = status.result?["exitCode"]?.integer { facts.append("exit=\(code)") }
    if case .number(let seconds)? = status.result?["usage"]?["wallSeconds"] {
      facts.append("wall=\(seconds)s")
    }
    if let reason = status.result?["reason"]?.string { facts.append("reason=\(reason)") }
    let list = facts.isEmpty ? "" : " (\(facts.joined(separator: ", ")))"
    return "[DONE] Job \(status.state.rawValue)\(list)"
  }
}
