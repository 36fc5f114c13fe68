public import HTTPTypes
import Timing

/// A client of HTTP/1.1 servers: many calls at a time, over connections that are kept.
///
/// One thread of its own moves the bytes; it ends with the last reference to the client and to the answers' bodies.
/// Asks this machine itself directly; else honours `http_proxy`, `https_proxy`, `all_proxy`, `no_proxy`, `SSL_CERT_FILE`, `SSL_CERT_DIR` and `CURL_CA_BUNDLE`.
public final class HTTPClient: Sendable {
  let options: HTTPOptions
  let engine: Engine
  let queue: RequestQueue
  let limiter: RateLimiter?

  /// Makes a client; nothing is sent and no thread runs before the first call.
  public init(_ options: HTTPOptions = HTTPOptions()) {
    self.options = options
    engine = Engine()
    queue = RequestQueue(places: options.concurrency)
    limiter = options.rate.map(RateLimiter.init)
  }

  /// Asks, and returns when the header of the answer is there; whatever the status, see `checked`.
  ///
  /// Follows redirects of GET and HEAD, five at most, never to http from https. Repeats what failed or what was
  /// answered by 429, 502, 503 or 504 where that is safe, see `HTTPCall.isRepeatable`; other requests only where
  /// nothing of them was sent. The request names scheme and authority. What happens to the body is the caller's.
  public func send(
    _ request: HTTPRequest, body: HTTPRequestBody = .none, _ call: HTTPCall = HTTPCall()
  ) async throws(HTTPError) -> HTTPAnswer {
    try await send(request, body: body, call) { $0 }
  }

  /// Asks, and takes the answer's body with it: where that breaks off, the whole call is repeated if it may be.
  ///
  /// `take` may so run several times, each time with an answer of its own; it must forget what an earlier one brought.
  public func send<Value>(
    _ request: HTTPRequest, body: HTTPRequestBody = .none, _ call: HTTPCall = HTTPCall(),
    taking take: (HTTPAnswer) async throws(HTTPError) -> Value
  ) async throws(HTTPError) -> Value {
    let deadline = call.timeout.map { ContinuousClock.now + $0 }
    let sending = Sending(client: self, body: body, call: call, deadline: deadline)
    return try await sending.run(request, taking: take)
  }
}
