internal import Dispatch
internal import GRDB
internal import IPFS
internal import NodeAPI
internal import NodeContent
internal import Records
internal import Synchronization
internal import SystemPackage

extension Engine {
  /// How long nothing is started after a failure that is the machine's and not the job's.
  private static let pause = Duration.seconds(5)

  // MARK: Starting jobs

  /// Marks jobs as started for the places that are free; part of every commit.
  func startNext(in database: Database) throws -> [StartedJob] {
    let places = state.withLock { state in
      guard state.phase.startsJobs, state.isWorkerReady else { return 0 }
      if let time = state.pausedUntil, ContinuousClock.now < time { return 0 }
      // What ran and cannot be written down must not pile up.
      guard state.finishing < 4 * options.concurrency + 16 else { return 0 }
      return options.concurrency - state.occupied
    }
    guard places > 0 else { return [] }
    // What was accepted may still run where nothing more is accepted, but not to the last byte.
    guard free >= options.minFree / 2 else {
      if state.withLock({ $0.waiting.count }) > 0 { pause("the disk is nearly full") }
      return []
    }
    do {
      let resting = state.withLock { $0.resting }
      let started = try database.startNext(
        places, at: now(), except: resting, malformed: giveUp)
      if !started.isEmpty { state.withLock { $0.pauseReason = nil } }
      return started
    } catch let error as EngineError {
      note("no job can be started: \(error)")
      return []
    }
  }

  /// Hands jobs that were marked as started to the worker.
  func hand(_ jobs: [StartedJob]) {
    for job in jobs {
      let lease = content.lease()
      let worker = state.withLock { state -> WorkerProcess? in
        state.move(job.id, to: .running)
        guard var live = state.jobs[job.id] else { return nil }
        live.status.starts = job.starts
        live.status.startedAt = job.startedAt
        live.status.logSize = 0
        live.run = job
        live.isWithWorker = true
        live.lease = lease
        live.begun = .now
        live.isHeld = false
        live.text = nil
        state.jobs[job.id] = live
        state.occupied += 1
        state.started += 1
        return state.isWorkerReady ? state.worker : nil
      }
      changed(job.id)
      guard let worker else {
        // It died since; whoever noticed could not know of this job.
        leave(job.id)
        continue
      }
      var run = WorkerRun(
        id: job.id, record: Submission.record(job.job, job.code, job.specification),
        content: content.folder, output: lease.path, folder: runFolder(job.id),
        log: logFolder(job.id))
      if job.escrow != nil {
        run.isSealed = true
        run.output = sealedFolder(job.id)
      }
      worker.send(.run(run))
      // A cancellation that came between the two.
      if state.withLock({ $0.jobs[job.id]?.isCancelling ?? false }) { worker.send(.cancel(job.id)) }
    }
  }

  /// Starts nothing for a while, then looks again.
  func pause(_ why: String) {
    let (isFirst, isNew) = state.withLock { state in
      let now = ContinuousClock.now
      if let time = state.pausedUntil, now < time { return (false, false) }
      state.pausedUntil = now + Self.pause
      defer { state.pauseReason = why }
      return (true, state.pauseReason != why)
    }
    if isNew { note("no job is started for now: \(why)") }
    if isFirst { clock.asyncAfter(deadline: .now() + 5.1) { [weak self] in self?.ledger.wake() } }
  }

  // MARK: What the worker says

  func hear(_ answer: WorkerAnswer) {
    switch answer {
    case .ready, .unable: break
    case .pong(let number): state.withLock { $0.pong = number }
    case .log(let id, let size):
      state.withLock { state in
        state.jobs[id]?.status.logSize = size
        state.jobs[id]?.text = nil
      }
      changed(id)
    case .result(let id, let result, let size):
      state.withLock { $0.unrun = [] }
      end(id, .ran(result), size)
    case .failed(let id, let failure, let isSick, let size): end(id, failure, isSick, size)
    case .cancelled(let id, let size):
      if state.withLock({ $0.jobs[id]?.isCancelling ?? false }) {
        end(id, .cancelled, size)
      } else {
        leave(id)
      }
    }
  }

  /// Takes a job from the worker and writes down what came of it.
  func end(_ id: JobID, _ verdict: EndedRun.Verdict, _ size: Int) {
    let run = state.withLock { state -> StartedJob? in
      guard let run = state.leaveWorker(id) else { return nil }
      state.finishing += 1
      if let job = state.jobs[id], !job.isSealed {
        let seconds = (ContinuousClock.now - job.begun) / .seconds(1)
        state.seconds += (seconds - state.seconds) / 8
      }
      return run
    }
    guard let run else { return }
    conclude(EndedRun(id: id, run: run, verdict: verdict, logSize: size))
    ledger.wake()
  }

  // MARK: Jobs that were interrupted

  /// Takes a job from a worker that will not end it: it waits again, or is over.
  func leave(_ id: JobID) {
    guard let run = state.withLock({ $0.leaveWorker(id) }) else { return }
    interrupt(id, run)
  }

  /// Settles a job that was running and is not any more.
  func interrupt(_ id: JobID, _ run: StartedJob?) {
    guard
      let (sequence, starts, isCancelling) = state.withLock({ state in
        state.jobs[id].map { ($0.sequence, $0.status.starts, $0.isCancelling) }
      })
    else { return }
    if isCancelling || starts >= options.maxStarts {
      state.withLock { $0.finishing += 1 }
      let verdict: EndedRun.Verdict =
        isCancelling ? .cancelled : .couldNotRun(Self.exhausted(starts))
      conclude(EndedRun(id: id, run: run, verdict: verdict, logSize: logSize(id)))
      return
    }
    ledger.enqueue {
      try $0.requeue(sequence, starts: starts)
    } done: { [weak self] result in
      guard let self else { return }
      if case .failure(let error) = result {
        // It stays as it is in the database, and the next start of the node takes it up.
        note("job \(id) cannot be queued again: \(error)")
        retry { [weak self] in self?.interrupt(id, run) }
        return
      }
      let lease = state.withLock { state in
        state.move(id, to: .queued)
        defer { state.jobs[id]?.lease = nil }
        return state.jobs[id]?.lease
      }
      lease?.release()
      changed(id)
      ledger.wake()
    }
  }

  private static func exhausted(_ starts: Int) -> String {
    "the node or its worker went down each of the \(starts) times that the job was started"
  }

  /// How much of a log there is on disk.
  func logSize(_ id: JobID) -> Int {
    (try? JobLog(in: logFolder(id), isComplete: true).size) ?? 0
  }

  /// Does something again a little later.
  func retry(_ body: @escaping @Sendable () -> Void) {
    clock.asyncAfter(deadline: .now() + 2, execute: body)
  }
}
