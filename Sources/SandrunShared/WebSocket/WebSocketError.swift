/// Why a WebSocket could not be opened, or did not last.
///
/// Texts that came from the other side are bounded, and have no control characters.
public enum WebSocketError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The address is none of a WebSocket.
  case badURL(String, reason: String)
  /// A header or subprotocol that cannot be sent.
  case badRequest(String)
  /// The certificates to trust, from the file or folder that the environment names, cannot be read.
  case cannotTrust(path: String, reason: String)
  /// The host's name has no address; `reason` is the resolver's.
  case cannotResolve(host: String, reason: String)
  /// No connection; `reason` is the system's.
  case cannotConnect(url: String, reason: String)
  /// Connected, but TLS failed: no trust in the certificate, or none for this host, or no TLS at all.
  case notSecure(url: String, reason: String)
  /// Connection and handshake took longer than allowed.
  case timedOut(url: String, after: Duration)
  /// The server answered the handshake with an HTTP status of its own.
  case refused(url: String, WebSocketRefusal)
  /// The server names another place, which is not followed.
  case redirected(url: String, status: Int, to: String)
  /// The answer is no handshake of a WebSocket, or there was none before the connection ended.
  case badHandshake(url: String, reason: String)
  /// The other side broke RFC 6455; `code` is what it was told as the connection was closed (1002 or 1007).
  case protocolViolation(reason: String, code: UInt16)
  /// A message is longer than allowed (it was told 1009).
  case tooLarge(limit: Int)
  /// Nothing was heard for so long, though asked by a ping.
  case idle(after: Duration)
  /// The connection ended without a word (1006).
  case closedAbnormally(reason: String)
  /// The connection was closed, and nothing can be sent any more.
  case closed
  /// The task was cancelled.
  case cancelled

  /// What is wrong, as messages say it.
  public var description: String {
    switch self {
    case .badURL(let url, let reason): "'\(url)': \(reason)"
    case .badRequest(let reason): reason
    case .cannotTrust(let path, let reason): "cannot read certificates from \(path): \(reason)"
    case .cannotResolve(let host, let reason): "cannot resolve \(host): \(reason)"
    case .cannotConnect(let url, let reason): "cannot reach \(url): \(reason)"
    case .notSecure(let url, let reason): "cannot reach \(url): \(reason)"
    case .timedOut(let url, let after): "cannot reach \(url): no answer after \(after)"
    case .refused(let url, let refusal): "\(url) answered \(refusal)"
    case .redirected(let url, let status, let place):
      "\(url) answered \(status): it points to \(place), which is not followed"
    case .badHandshake(let url, let reason): "\(url) is no WebSocket: \(reason)"
    case .protocolViolation(let reason, _): "broken WebSocket protocol: \(reason)"
    case .tooLarge(let limit): "a message is longer than \(limit) bytes"
    case .idle(let after): "nothing was heard for \(after)"
    case .closedAbnormally(let reason): "the connection broke: \(reason)"
    case .closed: "the connection is closed"
    case .cancelled: "cancelled"
    }
  }
}

/// An HTTP answer in place of the handshake.
public struct WebSocketRefusal: Equatable, Sendable, CustomStringConvertible {
  /// The HTTP status, 200 to 599 and no redirect.
  public var status: Int
  /// `Retry-After`, in seconds, where it is given so.
  public var retryAfter: Int?
  /// The beginning of the body, as UTF-8 with repairs; at most 2 KiB.
  public var body: String

  /// Makes an answer.
  public init(status: Int, retryAfter: Int? = nil, body: String = "") {
    self.status = status
    self.retryAfter = retryAfter
    self.body = body
  }

  /// The status, and the body's first line.
  public var description: String {
    let line = body.split(whereSeparator: \.isNewline).first.map { ": \($0.prefix(200))" } ?? ""
    return "\(status)\(line.printable)"
  }
}
