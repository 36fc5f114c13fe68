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
  /// Those whose driver failed: what it would say of other tests is nothing about them.
  private var failed: Set<Int> = []
  private let pace: BenchPace
  private let watcher: GPUWatcher
  private let line: StatusLine
  private let libraryPath: String?

  init(pace: BenchPace, _ watcher: GPUWatcher, _ line: StatusLine) {
    self.pace = pace
    self.watcher = watcher
    self.line = line
    // Where cuBLASLt lies.
    libraryPath = line.world.environment["SANDRUN_CUBLASLT"].flatMap { $0.isEmpty ? nil : $0 }
  }

  typealias Write = (BenchReport) throws(Failure) -> Void
  private typealias Measure = (BenchWatch, BenchClock) throws(BenchError) -> BenchOutcome

  /// Runs tests on one GPU until all are done, the GPU fails, or somebody asks to stop.
  mutating func measure(
    _ gpu: GPU, _ tests: [BenchTest], after done: Int, of count: Int, _ write: Write
  ) throws(Failure) {
    let tests = tests.filter { !$0.isBetweenGPUs }
    guard !line.world.interruption.isRequested, !tests.isEmpty,
      let subject = subject(gpu)
    else { return }
    for (index, test) in tests.enumerated() {
      guard !line.world.interruption.isRequested else { return }
      line.show(
        ["bench: GPU \(gpu.index), \(test.rawValue)", gpu.name ?? ""],
        fraction: (Double(done) + Double(index) / Double(tests.count)) / Double(count))
      let pace = pace
      try run(test, on: subject, nil, write) { (watch, clock) throws(BenchError) in
        try subject.outcome(
          of: test, pace, now: clock.now, isStopped: clock.isStopped, watch: watch)
      }
      if failed.contains(gpu.index) {
        if index + 1 < tests.count {
          line.world.note("GPU \(gpu.index): the other tests are left out")
        }
        return
      }
    }
  }

  /// Runs the tests that take two GPUs, on each pair of those that CUDA drives.
  ///
  /// Where there are no two, each test that was asked for by its name has a record with the reason.
  mutating func measurePairs(
    of gpus: [GPU], _ tests: [BenchTest], named: Bool, _ write: Write
  ) throws(Failure) {
    let tests = tests.filter(\.isBetweenGPUs)
    guard !tests.isEmpty, !line.world.interruption.isRequested else { return }
    let able = gpus.filter { $0.backend == .cuda && $0.backendIndex != nil }
    guard able.count > 1 else {
      let reason = "it takes two GPUs that CUDA drives"
      guard named else { return line.world.detail("p2p is left out: \(reason)") }
      for gpu in gpus where !failed.contains(gpu.index) {
        for test in tests {
          let meanwhile = BenchWatch(watcher, gpu.index, now: line.world.now).finish()
          let report = BenchReport(
            gpu, test, .failure(.unsupported(reason)), meanwhile: meanwhile, DeviceFigures())
          reports.append(report)
          try write(report)
        }
      }
      return
    }
    var subjects: [BenchSubject] = []
    for gpu in able where !failed.contains(gpu.index) {
      if let subject = subject(gpu) { subjects.append(subject) }
    }
    for from in subjects {
      for to in subjects where from.gpu.index != to.gpu.index {
        // Both ways at once is the same from either end.
        for test in tests where test != .peerBoth || from.gpu.index < to.gpu.index {
          guard !line.world.interruption.isRequested else { return }
          guard failed.isDisjoint(with: [from.gpu.index, to.gpu.index]) else { continue }
          line.show(
            ["bench: GPU \(from.gpu.index) to \(to.gpu.index), \(test.rawValue)"], fraction: 1)
          let (pace, pair) = (pace, BenchPair(from: from, to: to))
          try run(test, on: from, to, write) { (watch, clock) throws(BenchError) in
            try pair.outcome(
              of: test, pace, now: clock.now, isStopped: clock.isStopped, watch: watch)
          }
        }
      }
    }
  }

  private mutating func subject(_ gpu: GPU) -> BenchSubject? {
    do throws(ComputeError) { return try BenchSubject(gpu, cublasLt: libraryPath) } catch {
      fail("GPU \(gpu.index): \(error)", .unavailable)
      failed.insert(gpu.index)
      return nil
    }
  }

  /// Runs one test, and writes what came of it.
  private mutating func run(
    _ test: BenchTest, on subject: BenchSubject, _ other: BenchSubject?, _ write: Write,
    _ measure: Measure
  ) throws(Failure) {
    let gpu = subject.gpu
    let watch = BenchWatch(watcher, gpu.index, now: line.world.now)
    let result: Result<BenchOutcome, BenchError>
    do throws(BenchError) {
      result = .success(try measure(watch, BenchClock(line.world.interruption)))
    } catch { result = .failure(error) }
    let meanwhile = watch.finish()
    if case .failure(let error) = result, error.isStop(line.world.interruption) { return }
    let report = BenchReport(
      gpu, test, result, meanwhile: meanwhile, subject.figures,
      to: other.map { ($0.gpu, $0.figures) })
    reports.append(report)
    try write(report)
    guard case .failure(let error) = result else { return }
    let ends = other.map { "GPU \(gpu.index) to \($0.gpu.index)" } ?? "GPU \(gpu.index)"
    switch error {
    case .unsupported, .stopped: break
    case .wrongResult: fail("\(ends), \(test.rawValue): \(error)", .answerNo)
    case .device(let failure):
      fail("\(ends), \(test.rawValue): \(failure)", .unavailable)
      // A driver that failed once fails on.
      if case .call = failure {
        failed.formUnion([gpu.index] + (other.map { [$0.gpu.index] } ?? []))
      }
    }
  }

  private mutating func fail(_ message: String, _ status: Failure.Status) {
    line.world.report(Failure(status, message))
    if self.status != .answerNo { self.status = status }
  }
}
