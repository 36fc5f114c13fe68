import Synchronization

/// One token bucket for each name, such as a host.
public final class RateLimiter: Sendable {
  private let rate: Rate
  private let start = ContinuousClock.now
  private let buckets = Mutex<[String: TokenBucket]>([:])

  /// Makes the buckets as names are met, each of this rate.
  public init(_ rate: Rate) { self.rate = rate }

  /// Waits until the name may be asked again; in the order of the calls.
  ///
  /// Throws where the task is cancelled; the turn then goes to somebody else.
  public func wait(for name: String) async throws(CancellationError) {
    let wait = take(name)
    guard wait > .zero else { return }
    do {
      try await ContinuousClock().sleep(for: wait)
    } catch {
      giveBack(name)
      throw CancellationError()
    }
  }

  private func take(_ name: String) -> Duration {
    let now = start.duration(to: .now)
    return buckets.withLock { buckets in
      // Names come from outside: those that rest are forgotten before there are many.
      if buckets.count >= 1024 {
        for name in buckets.keys where buckets[name]?.isFull(at: now) == true {
          buckets[name] = nil
        }
      }
      return buckets[name, default: TokenBucket(rate, at: now)].take(at: now)
    }
  }

  private func giveBack(_ name: String) {
    buckets.withLock { $0[name]?.giveBack() }
  }
}
