/// The tokens of one rate: each thing done takes one, and they come back with time.
///
/// Time is the caller's, as an offset from any fixed moment, so that it can be tested without a clock.
public struct TokenBucket: Sendable {
  private let rate: Rate
  private var tokens: Double
  private var last: Duration

  /// A full bucket.
  public init(_ rate: Rate, at now: Duration) {
    self.rate = rate
    tokens = Double(rate.burst)
    last = now
  }

  /// Takes a token and says how long to wait before acting on it: who asks first goes first.
  public mutating func take(at now: Duration) -> Duration {
    refill(at: now)
    tokens -= 1
    return tokens >= 0 ? .zero : .seconds(-tokens / rate.perSecond)
  }

  /// Gives back a token that was not used.
  public mutating func giveBack() {
    tokens = min(Double(rate.burst), tokens + 1)
  }

  /// Whether nothing was taken for so long that a new bucket would be the same.
  public mutating func isFull(at now: Duration) -> Bool {
    refill(at: now)
    return tokens >= Double(rate.burst)
  }

  private mutating func refill(at now: Duration) {
    guard now > last else { return }
    tokens = min(Double(rate.burst), tokens + (now - last) / .seconds(1) * rate.perSecond)
    last = now
  }
}
