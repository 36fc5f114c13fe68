internal import Dispatch
internal import NodeAPI
internal import Records
internal import Synchronization

extension Engine {
  /// How long a worker may be silent before another takes its place.
  private static let silence = 60
  /// How often it is asked for a sign of life.
  static let pingInterval = Duration.seconds(10)

  /// Starts the worker and waits until it can run jobs; throws `unable` where it cannot.
  ///
  /// Jobs that were accepted before are run from now on. A worker may have been started already, before there was a key
  /// in this process.
  public func start(_ worker: WorkerProcess? = nil) async throws(EngineError) {
    let result: Result<Void, EngineError> = await withCheckedContinuation { continuation in
      let once = Mutex<CheckedContinuation<Result<Void, EngineError>, Never>?>(continuation)
      let first = FirstWord { result in
        once.withLock { $0.take() }?.resume(returning: result)
      }
      launch(worker, first)
    }
    try result.get()
  }

  /// Told once what became of a worker's start.
  private final class FirstWord: Sendable {
    private let tell: @Sendable (Result<Void, EngineError>) -> Void
    init(_ tell: @escaping @Sendable (Result<Void, EngineError>) -> Void) { self.tell = tell }
    func callAsFunction(_ result: Result<Void, EngineError>) { tell(result) }
  }

  private func launch(_ started: WorkerProcess?, _ first: FirstWord?) {
    let worker: WorkerProcess
    do throws(EngineError) {
      if let started {
        worker = started
      } else {
        worker = try WorkerProcess(options.worker, of: options.node)
      }
    } catch {
      note("the worker cannot be started: \(error)")
      if let first { first(.failure(error)) } else { launchAgain(after: 5) }
      return
    }
    let begun = ContinuousClock.now
    state.withLock { state in
      state.worker = worker
      state.isWorkerReady = false
      state.workers += 1
      state.ping = 0
      state.pong = 0
    }
    worker.listen { [weak self] answer in
      guard let self else { return }
      switch answer {
      case .ready:
        state.withLock { state in
          state.isWorkerReady = true
          if state.phase == .opened { state.phase = .running }
        }
        settleOverdue()
        first?(.success(()))
        ledger.wake()
      case .unable(let failure):
        note("no job can be run: \(failure.message)")
        first?(.failure(.unable(failure)))
      case let answer?: hear(answer)
      case nil:
        first?(.failure(.store("the worker ended before it was ready")))
        lost(worker, livedFor: ContinuousClock.now - begun)
      }
    }
  }

  /// Settles what cannot be run again: those that ran when an earlier node went down for the last time allowed.
  private func settleOverdue() {
    let overdue = state.withLock { state in
      state.jobs.values.filter { $0.status.state == .running && $0.run == nil }.map(\.status.id)
    }
    for id in overdue { interrupt(id, nil) }
  }

  /// A worker is gone: its jobs wait again, and another takes its place.
  private func lost(_ worker: WorkerProcess, livedFor time: Duration) {
    let (jobs, isWanted) = state.withLock { state -> ([JobID], Bool) in
      guard state.worker === worker else { return ([], false) }
      state.worker = nil
      state.isWorkerReady = false
      let jobs = state.jobs.values.filter(\.isWithWorker).map(\.status.id)
      return (jobs, state.phase.startsJobs)
    }
    for id in jobs { leave(id) }
    guard isWanted else { return }
    note("the worker ended; another is started")
    launchAgain(after: time < .seconds(10) ? 1 : 0)
  }

  private func launchAgain(after seconds: Int) {
    clock.asyncAfter(deadline: .now() + .seconds(seconds)) { [weak self] in
      guard let self, state.withLock({ $0.phase.startsJobs && $0.worker == nil }) else { return }
      launch(nil, nil)
    }
  }

  /// Asks the worker for a sign of life; one that gives none for a minute is ended.
  func ping() {
    let (worker, number, isSilent) = state.withLock { state in
      let allowed = Self.silence / Int(Self.pingInterval.components.seconds)
      let isSilent = state.isWorkerReady && state.ping - state.pong >= allowed
      state.ping += 1
      return (state.worker, state.ping, isSilent)
    }
    if isSilent {
      note("the worker does not answer, and is ended")
      worker?.kill()
    } else {
      worker?.send(.ping(number))
    }
  }
}
