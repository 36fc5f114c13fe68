/// The mean power over a time, from readings of a counter of energy.
///
/// Drivers move the counter on a few times a second: what counts is the time between two moments at which it moved.
struct EnergyMeter: Sendable {
  /// What the counter told, and when, in seconds.
  struct Reading: Equatable, Sendable {
    var seconds: Double
    var millijoules: Int
  }

  /// Less says nothing.
  private static let least = 0.5

  private var first: Reading?
  private var last: Reading?
  private var firstMove: Reading?
  private var lastMove: Reading?
  private var isBroken = false

  /// Takes the next reading.
  mutating func take(_ reading: Reading) {
    defer { last = reading }
    guard let last else {
      first = reading
      return
    }
    // A counter that goes back was begun anew.
    if reading.millijoules < last.millijoules { isBroken = true }
    guard reading.millijoules != last.millijoules else { return }
    firstMove = firstMove ?? reading
    lastMove = reading
  }

  /// The mean in watts; nil where there were too few readings, in too short a time.
  var watts: Double? {
    guard !isBroken, let first, let last, let firstMove, let lastMove else { return nil }
    let whole = last.seconds - first.seconds
    guard whole >= Self.least else { return nil }
    let isFine = lastMove.seconds - firstMove.seconds >= whole / 2
    let (from, to) = isFine ? (firstMove, lastMove) : (first, last)
    return Double(to.millijoules - from.millijoules) / 1e3 / (to.seconds - from.seconds)
  }
}
