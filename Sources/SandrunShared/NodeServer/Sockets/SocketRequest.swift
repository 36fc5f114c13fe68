internal import NodeAPI

/// What a WebSocket is for.
struct SocketRequest: Equatable, Sendable {
  enum Kind: Equatable, Sendable {
    /// `/logs/{id}`: a JSON message a frame.
    case messages
    /// `/stream/{id}`: text a frame.
    case text
  }

  var kind: Kind
  var job: JobID
  /// How many bytes of output the client has already.
  var offset: Int
}

extension SocketRequest {
  /// Reads a request's target; nil where it names no WebSocket, or none that is well formed.
  init?(target: RequestTarget) {
    guard target.segments.count == 2, let job = JobID(target.segments[1]) else { return nil }
    switch target.segments[0] {
    case "logs": kind = .messages
    case "stream": kind = .text
    default: return nil
    }
    self.job = job
    offset = 0
    if let text = target.query["offset"] {
      guard let number = Int(text), number >= 0 else { return nil }
      offset = number
    }
  }
}
