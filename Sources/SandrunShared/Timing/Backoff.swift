/// Waits that grow from try to try, with jitter, so that many clients do not come back at the same moment.
///
/// The n-th wait is drawn evenly from zero to `base` × 2ⁿ, at most `limit` ("full jitter").
public struct Backoff: Sendable {
  /// The bound of the first wait.
  public var base: Duration
  /// The bound that no wait exceeds.
  public var limit: Duration
  /// How many waits were drawn.
  public private(set) var count = 0

  /// Starts anew with the bound of the first wait and of all.
  public init(base: Duration = .milliseconds(250), limit: Duration = .seconds(30)) {
    self.base = base
    self.limit = limit
  }

  /// Draws the next wait.
  public mutating func next() -> Duration {
    var generator = SystemRandomNumberGenerator()
    return next(using: &generator)
  }

  /// Draws the next wait from a generator of the caller's.
  public mutating func next(using generator: inout some RandomNumberGenerator) -> Duration {
    // 2^40 times any sensible base is beyond any sensible limit.
    let bound = min(limit, base * (1 << min(count, 40)))
    count += 1
    return bound * Double.random(in: 0...1, using: &generator)
  }

  /// Starts again after a success.
  public mutating func reset() {
    count = 0
  }
}
