internal import HTTP
internal import Records
internal import Synchronization

/// How long a server asked not to be asked (RFC 9110, `Retry-After`).
final class Rest: Sendable {
  /// Nobody waits longer than this for one answer.
  private static let longest = HTTPOptions().retryAfterLimit

  private let state = Mutex<ContinuousClock.Instant?>(nil)

  /// Its end, as long as it lasts.
  var end: ContinuousClock.Instant? {
    state.withLock { end in
      if let moment = end, moment <= .now { end = nil }
      return end
    }
  }

  /// Notes that an answer asked for one.
  func note(_ error: HTTPError, _ wait: Duration? = nil) {
    guard case .status(let answer) = error.cause, [429, 503].contains(answer.status),
      let wait = wait ?? answer.retryAfter
    else { return }
    let moment = ContinuousClock.now + wait
    state.withLock { end in end = end.map { max($0, moment) } ?? moment }
  }

  /// Returns behind its end; throws 75 where that is too far away.
  func wait(_ name: String) async throws(Failure) {
    while let end {
      guard end - .now <= Self.longest else {
        throw Failure(
          .temporary, "\(name) asks to be left alone for \((end - .now).components.seconds) s",
          code: "busy", isRetryable: true)
      }
      do { try await ContinuousClock().sleep(until: end) } catch { throw .interrupted }
    }
  }
}
