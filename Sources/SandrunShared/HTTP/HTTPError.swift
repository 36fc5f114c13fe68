public import HTTPTypes

/// Why a call had no good answer: the address, the cause, and whether the request may have arrived.
public struct HTTPError: Error, Sendable, CustomStringConvertible {
  /// What went wrong.
  public enum Cause: Sendable {
    /// The address is none that we ask.
    case badURL(HTTPURLError)
    /// No connection came about: the name is unknown, nobody listens, the proxy refused.
    case cannotConnect(String)
    /// The TLS handshake failed, or the server's certificate is not to be trusted.
    case tls(String)
    /// A bound of time was passed.
    case timedOut(Timeout)
    /// The connection broke before the answer was whole.
    case broken(String)
    /// The answer's body ended before its said length, or without its last chunk.
    case truncated
    /// The answer is no HTTP, or its header is beyond our bounds.
    case malformed(String)
    /// The body is larger than the caller takes, in bytes.
    case tooLarge(limit: Int)
    /// A redirect that is not followed: too many, a loop, to http from https, to no URL.
    case redirect(String)
    /// The address lies where this call may not lead.
    case outOfReach(HTTPReach)
    /// The server's answer is an error.
    case status(HTTPErrorAnswer)
    /// Our own body could not be read, or is not as long as was said.
    case body(String)
    /// The credentials could not be read.
    case authorization(String)
    /// The caller's task was cancelled.
    case cancelled
    /// libcurl is out of memory or misused: a bug, or a sick machine.
    case failure(String)
  }

  /// Which bound of time was passed.
  public enum Timeout: String, Sendable {
    /// Before there was a connection.
    case connect
    /// No byte moved in either direction.
    case idle
    /// The bytes that moved were too few, as the caller judged.
    case slow
    /// The whole call took too long.
    case total
  }

  /// Whether the other side may have seen the request.
  public enum Sent: Sendable {
    /// Not a byte of it left: to repeat it is safe.
    case nothing
    /// It may have arrived, and may have been acted on.
    case maybe
  }

  /// The address asked, without credentials.
  public var url: String
  /// What went wrong.
  public var cause: Cause
  /// Whether the other side may have seen the request.
  public var sent: Sent

  /// Makes an error from its facts.
  public init(_ url: String, _ cause: Cause, sent: Sent) {
    self.url = url
    self.cause = cause
    self.sent = sent
  }

  /// What sort of failure it is, for an exit status.
  public enum Category: Sendable {
    /// The service cannot be reached.
    case unreachable
    /// It may work later.
    case temporary
    /// The other side broke its protocol, or lies.
    case protocolViolation
    /// The other side refuses us: 401, 403, 407.
    case permission
    /// The other side refuses the request for good: another 4xx.
    case refused
    /// It is ours: our file, our URL, our credentials.
    case local
    /// The caller stopped it.
    case cancelled
  }

  /// What sort of failure it is.
  public var category: Category {
    switch cause {
    case .badURL, .body, .authorization, .failure: .local
    case .cannotConnect, .tls: .unreachable
    case .timedOut(let kind): kind == .connect ? .unreachable : .temporary
    case .broken: .temporary
    case .truncated: .temporary
    case .malformed, .tooLarge, .redirect: .protocolViolation
    case .outOfReach: .refused
    case .status(let answer): answer.category
    case .cancelled: .cancelled
    }
  }
}

/// An answer whose status is an error, with as much of its body as is worth showing.
public struct HTTPErrorAnswer: Sendable {
  /// The status and the header.
  public var head: HTTPResponse
  /// The first bytes of the body, at most 64 KiB.
  public var body: [UInt8]

  /// The status code.
  public var status: Int { head.status.code }

  var category: HTTPError.Category {
    switch status {
    case 401, 403, 407: .permission
    case 408, 425, 429, 500...599: .temporary
    case 400..<500: .refused
    default: .protocolViolation
    }
  }
}
