/// What tells that the chain may have something new: a clock, a subscription.
///
/// It only wakes: what is new is read from the node, so that a signal which lies, repeats itself or dies costs time at
/// the most.
public protocol HeadSignal: Sendable {
  /// Keeps the signal alive, connection after connection, until the task is cancelled.
  ///
  /// Runs beside the stream for all of its life; what goes wrong is told to people and mended here.
  func run() async
  /// Returns once something may be new since the last call returned, or when the task is cancelled.
  ///
  /// What came between two calls makes the next one return at once. It must return from time to time though nothing was
  /// heard, since a subscription may have died unnoticed.
  func wait() async
}

/// A signal that comes at equal intervals: polling.
public struct PollingSignal: HeadSignal {
  private let interval: Duration

  /// Wakes after each `interval`.
  public init(every interval: Duration) { self.interval = interval }

  /// Does nothing: a clock needs no care.
  public func run() async {}

  /// Sleeps for the interval.
  public func wait() async { try? await Task.sleep(for: interval) }
}
