import Commands

/// How long a test has gone on, and whether it is to stop.
struct BenchClock {
  let now: () -> Double
  let isStopped: () -> Bool

  init(_ interruption: Interruption) {
    let clock = ContinuousClock()
    let start = clock.now
    now = { (clock.now - start) / .seconds(1) }
    isStopped = { interruption.isRequested }
  }
}
