import Commands
import Computing
import GPUBenchmarks
import GPUs
import Records

/// The measuring of GPUs one after another, and what became of it.
struct BenchSession {
  private(set) var reports: [BenchReport] = []
  /// A wrong result says more of a GPU than one that is missing.
  private(set) var status = Failure.Status.done
  private let pace: BenchPace
  private let watcher: GPUWatcher
  private let line: StatusLine

  init(pace: BenchPace, _ watcher: GPUWatcher, _ line: StatusLine) {
    self.pace = pace
    self.watcher = watcher
    self.line = line
  }

  /// Runs tests on one GPU until all are done, the GPU fails, or somebody asks to stop.
  mutating func measure(
    _ gpu: GPU, _ tests: [BenchTest], after done: Int, of count: Int,
    _ write: (BenchReport) throws(Failure) -> Void
  ) throws(Failure) {
    guard !line.world.interruption.isRequested else { return }
    let subject: BenchSubject
    do throws(ComputeError) { subject = try BenchSubject(gpu) } catch {
      return fail("GPU \(gpu.index): \(error)", .unavailable)
    }
    for (index, test) in tests.enumerated() {
      guard !line.world.interruption.isRequested else { return }
      line.show(
        ["bench: GPU \(gpu.index), \(test.rawValue)", gpu.name ?? ""],
        fraction: (Double(done) + Double(index) / Double(tests.count)) / Double(count))
      let watch = BenchWatch(watcher, gpu.index, now: line.world.now)
      let result = outcome(of: test, on: subject, watch)
      let meanwhile = watch.finish()
      if case .failure(let error) = result, Self.isStop(error, line.world.interruption) { return }
      let report = BenchReport(gpu, test, result, meanwhile: meanwhile, subject.figures)
      reports.append(report)
      try write(report)
      guard case .failure(let error) = result else { continue }
      switch error {
      case .unsupported, .stopped: break
      case .wrongResult: fail("GPU \(gpu.index), \(test.rawValue): \(error)", .answerNo)
      case .device(let failure):
        fail("GPU \(gpu.index), \(test.rawValue): \(failure)", .unavailable)
        // A driver that failed once fails on: what it would say of other tests is nothing about them.
        if case .call = failure, index + 1 < tests.count {
          return line.world.note("GPU \(gpu.index): the other tests are left out")
        }
      }
    }
  }

  /// Whether a test ended because somebody asked to: compilers that drivers bring along drop what they do at the signal, too, and call
  /// that a failure.
  private static func isStop(_ error: BenchError, _ interruption: Interruption) -> Bool {
    switch error {
    case .stopped: true
    case .device: interruption.isRequested
    case .unsupported, .wrongResult: false
    }
  }

  private func outcome(
    of test: BenchTest, on subject: BenchSubject, _ watch: BenchWatch
  ) -> Result<BenchOutcome, BenchError> {
    let clock = ContinuousClock()
    let start = clock.now
    let interruption = line.world.interruption
    do throws(BenchError) {
      return .success(
        try subject.outcome(
          of: test, pace, now: { (clock.now - start) / .seconds(1) },
          isStopped: { interruption.isRequested }, watch: watch))
    } catch { return .failure(error) }
  }

  private mutating func fail(_ message: String, _ status: Failure.Status) {
    line.world.report(Failure(status, message))
    if self.status != .answerNo { self.status = status }
  }
}
