internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import NodeAPI
internal import NodeEngine
internal import Records

extension Routes {
  /// `GET /status/{id}`.
  func status(_ id: JobID) throws -> Response {
    guard let text = try engine.statusText(id) else { throw RequestError.noJob }
    return Response(text, type: "application/json")
  }

  /// `POST /cancel/{id}`, `DELETE /jobs/{id}`: the job ends soon, where it has not ended yet.
  func cancel(_ id: JobID) async throws -> Response {
    guard let state = try await engine.cancel(id) else { throw RequestError.noJob }
    return Response(
      ["job_id": .string("\(id)"), "status": .string(state.rawValue)], status: .accepted)
  }

  /// `GET /outputs/{id}`: what there is to be downloaded.
  func outputs(_ id: JobID) throws -> Response {
    guard let status = try engine.status(id) else { throw RequestError.noJob }
    let full = status.json
    return Response([
      "job_id": .string("\(id)"), "status": .string(status.state.rawValue),
      "outputs_cid": full["outputs_cid"] ?? .null, "files": full["output_files"] ?? [:],
    ])
  }

  /// `GET /logs/{id}`: all output so far, as text.
  func logs(_ id: JobID, _ call: Call) async throws -> Response {
    guard let log = try engine.log(id) else { throw RequestError.noJob }
    guard call.headers[.upgrade] == nil else {
      throw RequestError(.badRequest, "the request for a WebSocket is malformed")
    }
    if let offset = call.target.query["offset"] { return try await messages(log, from: offset) }
    return Response(
      status: .ok, headers: [.contentType: "application/json"],
      body: ResponseBody { body in
        try await body.write(ByteBuffer(string: #"{"stdout":""#))
        var out = LogText(.stdout, of: log)
        while let text = try await out.next() { try await body.write(ByteBuffer(bytes: text)) }
        try await body.write(ByteBuffer(string: #"","stderr":""#))
        var errors = LogText(.stderr, of: log)
        while let text = try await errors.next() { try await body.write(ByteBuffer(bytes: text)) }
        try await body.write(ByteBuffer(string: "\"}\n"))
        try await body.finish(nil)
      })
  }

  /// `GET /logs/{id}?offset=N`: the output from there on in the WebSocket's own messages, as many as fit.
  ///
  /// For clients behind a proxy that lets no WebSocket through: they ask again from the offset of the answer.
  private func messages(_ log: JobLog, from text: String) async throws -> Response {
    guard let start = Int(text), start >= 0 else {
      throw RequestError(.badRequest, "the offset is no number of bytes")
    }
    let pieces = try await Blocking.run { try log.read(from: start, limit: 256 << 10) }
    var end = start
    let messages = pieces.prefix(4096).map { piece in
      end += piece.bytes.count
      return LogMessage(piece.stream == .stdout ? .stdout : .stderr, piece.bytes, offset: end).json
    }
    return Response(["messages": .array(messages), "offset": .integer(end)])
  }

  /// `GET /stream/{id}` without a WebSocket.
  func stream(_ id: JobID, _ call: Call) throws -> Response {
    guard try engine.status(id) != nil else { throw RequestError.noJob }
    var response = Response(
      RequestError(.upgradeRequired, "this path is for WebSockets"))
    response.headers[.upgrade] = "websocket"
    return response
  }
}

/// One stream of a log as the inside of a JSON string, piece by piece; what is no UTF-8 is replaced.
private struct LogText {
  private let log: JobLog
  private let stream: JobLog.Stream
  private var offset = 0
  /// Bytes whose character is not whole yet.
  private var rest: [UInt8] = []

  init(_ stream: JobLog.Stream, of log: JobLog) {
    self.stream = stream
    self.log = log
  }

  mutating func next() async throws -> [UInt8]? {
    while offset < log.size {
      let pieces = try await Blocking.run { [log, offset] in
        try log.read(from: offset, limit: 256 << 10)
      }
      guard !pieces.isEmpty else { break }
      for piece in pieces {
        offset += piece.bytes.count
        if piece.stream == stream { rest += piece.bytes }
      }
      let whole = UTF8Text.wholeLength(of: rest)
      guard whole > 0 else { continue }
      defer { rest.removeFirst(whole) }
      return Self.escaped(rest[..<whole])
    }
    guard !rest.isEmpty else { return nil }
    defer { rest = [] }
    return Self.escaped(rest[...])
  }

  private static func escaped(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var quoted: [UInt8] = []
    JSON.write(String(decoding: bytes, as: UTF8.self), to: &quoted)
    return Array(quoted.dropFirst().dropLast())
  }
}
