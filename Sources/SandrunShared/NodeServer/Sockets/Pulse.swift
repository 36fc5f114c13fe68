internal import Synchronization

/// When a client was last heard.
final class Pulse: Sendable {
  private let last = Mutex(ContinuousClock.now)

  func beat() { last.withLock { $0 = .now } }

  var age: Duration { last.withLock { $0 }.duration(to: .now) }
}
