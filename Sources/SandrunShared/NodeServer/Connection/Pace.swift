internal import NIOCore

/// How fast a body comes, measured over stretches in which the server was ready for more.
struct Pace {
  private let minimum: Int
  private let window: TimeAmount
  private var since = NIODeadline.now()
  private var bytes = 0

  init(_ limits: ConnectionLimits) {
    window = limits.window
    minimum = limits.minRate * Int(limits.window.nanoseconds / 1_000_000_000)
  }

  mutating func begin() {
    since = .now()
    bytes = 0
  }

  mutating func add(_ count: Int) { bytes += count }

  /// Whether a whole stretch went by with too little; a stretch in which the server kept the client waiting does not count.
  mutating func isTooSlow(now: NIODeadline, isWanted: Bool) -> Bool {
    guard isWanted else {
      begin()
      return false
    }
    guard now - since >= window else { return false }
    let isSlow = bytes < minimum
    begin()
    return isSlow
  }
}
