internal import CUDA
internal import Computing

/// Two GPUs between which is measured.
public struct BenchPair {
  /// Where copies begin.
  public let from: BenchSubject
  /// Where they arrive.
  public let to: BenchSubject

  /// Takes two that are in use.
  public init(from: BenchSubject, to: BenchSubject) {
    (self.from, self.to) = (from, to)
  }

  /// Runs one test.
  public func outcome(
    of test: BenchTest, _ pace: BenchPace, now: @escaping () -> Double,
    isStopped: @escaping () -> Bool, watch: BenchWatch? = nil
  ) throws(BenchError) -> BenchOutcome {
    guard let one = from.cuda, let other = to.cuda else {
      throw .unsupported("only CUDA copies from one GPU to another")
    }
    let run = BenchRun(
      one, from.limits, pace, now: now, isStopped: isStopped, watch: watch)
    return try run.measure(test) { () throws(ComputeError) in
      try PeerWorkload(
        test, from: PeerWorkload.End(one, from.limits), to: PeerWorkload.End(other, to.limits))
    }
  }
}
