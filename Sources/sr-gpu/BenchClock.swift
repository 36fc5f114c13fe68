import Commands
import GPUBenchmarks

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

extension BenchError {
  /// Whether a test ended because somebody asked to: compilers that drivers bring along drop what they do at the signal, too, and call
  /// that a failure.
  func isStop(_ interruption: Interruption) -> Bool {
    switch self {
    case .stopped: true
    case .device: interruption.isRequested
    case .unsupported, .wrongResult: false
    }
  }
}
