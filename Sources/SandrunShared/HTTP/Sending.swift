import HTTPTypes
import Timing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One call on its way: its redirects and its repetitions.
struct Sending: Sendable {
  let client: HTTPClient
  let body: HTTPRequestBody
  let call: HTTPCall
  let deadline: ContinuousClock.Instant?

  func run<Value>(
    _ request: HTTPRequest, taking take: (HTTPAnswer) async throws(HTTPError) -> Value
  ) async throws(HTTPError) -> Value {
    let url = try Self.target(of: request)
    let isRepeatable = call.isRepeatable ?? Self.isSafe(request.method)
    var backoff = client.options.backoff
    var count = 0
    var sent = HTTPError.Sent.nothing
    while true {
      var reason: HTTPError
      var asked: Duration?
      do throws(HTTPError) {
        let answer = try await follow(request, to: url, isRepeatable: isRepeatable)
        guard isRepeatable, Self.isPassing(answer.status), count < client.options.retries else {
          return try await take(answer)
        }
        asked = RetryAfter.wait(answer.head.headerFields[.retryAfter], now: Int(time(nil)))
        if let asked, asked > client.options.retryAfterLimit { return try await take(answer) }
        if let deadline, .now + (asked ?? .zero) >= deadline { return try await take(answer) }
        reason = await answer.refusal()
      } catch {
        reason = error
        // What an earlier try may have sent is not unsent by a later one.
        if sent == .maybe { reason.sent = .maybe }
        guard count < client.options.retries, mayRepeat(error, isRepeatable) else { throw reason }
      }
      sent = reason.sent
      count += 1
      let wait = max(backoff.next(), asked ?? .zero)
      if let deadline, .now + wait >= deadline { throw reason }
      call.onRetry?(reason, wait, count)
      do {
        try await ContinuousClock().sleep(for: wait)
      } catch {
        throw HTTPError(url.description, .cancelled, sent: sent)
      }
    }
  }
}
