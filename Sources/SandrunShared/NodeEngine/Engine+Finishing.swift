internal import Dispatch
internal import Ethereum
internal import Files
internal import GRDB
internal import Hashing
internal import IPFS
internal import NodeAPI
internal import NodeContent
internal import Proofs
internal import Records
internal import Synchronization
internal import SystemPackage

/// A job that left the worker for good, and is not yet written down as over.
struct EndedRun: Sendable {
  enum Verdict: Sendable {
    /// The record member `result`, as the worker made it.
    case ran(JSONObject)
    case couldNotRun(String)
    case cancelled
  }

  var id: JobID
  /// How it was run; nil where that was before the node's own start.
  var run: StartedJob?
  var verdict: Verdict
  var logSize: Int
  /// How often making its result failed for a reason that may be its own.
  var tries = 0
}

extension Engine {
  /// So many results are written down together at most.
  private static let round = 64
  /// So often a result is tried to be made where it is not known whose fault it is.
  static let maxTries = 5

  /// Makes the proof of a run and writes down that the job is over, with whatever else ended meanwhile.
  func conclude(_ job: EndedRun) {
    let isFirst = ended.withLock { ended in
      ended.append(job)
      return ended.count == 1
    }
    if isFirst { proving.async { [self] in concludeRound() } }
  }

  private func concludeRound() {
    let jobs = ended.withLock { Array($0.prefix(Self.round)) }
    guard !jobs.isEmpty else { return }
    let lease = content.lease()
    let made: (finished: [FinishedJob], later: [EndedRun])
    do throws(EngineError) {
      made = try finish(jobs, in: lease.repository)
    } catch {
      lease.release()
      again(error)
      return
    }
    let later = Set(made.later.map(\.id))
    ledger.enqueue { database in
      try made.finished.filter { job in try database.finish(job, from: .running) }
    } committed: { [self] written in
      lease.settle()
      settle(written, of: jobs.filter { !later.contains($0.id) })
    } done: { [self] result in
      lease.release()
      switch result {
      case .failure(let error): again(error)
      case .success:
        if !made.later.isEmpty {
          retry { [self] in for job in made.later { conclude(job) } }
        }
        let isLast = ended.withLock { ended in
          ended.removeFirst(jobs.count)
          return ended.isEmpty
        }
        if !isLast { proving.async { [self] in concludeRound() } }
      }
    }
  }

  /// Nothing is lost: the runs' folders are there until their results are.
  private func again(_ error: EngineError) {
    note("results cannot be written down: \(error)")
    retry { [self] in proving.async { [self] in concludeRound() } }
  }

  /// Tells everybody that jobs are over, and lets go of what they held.
  private func settle(_ finished: [FinishedJob], of jobs: [EndedRun]) {
    for job in finished { over(job) }
    state.withLock { $0.finishing -= jobs.count }
    let folders = jobs.map { runFolder($0.id) }
    proving.async {
      for folder in folders { try? Files.removeTree(folder) }
    }
    ledger.wake()
  }

  /// Takes in that a job is over, as the database says now.
  func over(_ job: FinishedJob) {
    let id = job.status.id
    if keepSealed(job) { return }
    let (lease, watchers) = state.withLock { state in
      state.move(id, to: job.status.state)
      let lease = state.jobs.removeValue(forKey: id)?.lease
      state.answers.add(id, job.answer)
      state.logBytes += job.status.logSize
      state.finished[job.status.state, default: 0] += 1
      return (lease, state.watchers.removeValue(forKey: id) ?? [:])
    }
    // Outputs that no answer tells of were written in vain.
    if job.status.proof != nil { lease?.settle() }
    lease?.release()
    for watcher in watchers.values { watcher.finish() }
    if job.status.escrow != nil { escrowNews.tell(id) }
  }

  /// Ends a job that was marked as running, but whose row in the database is damaged.
  func giveUp(malformed name: String) {
    note("job \(name) is malformed in the database")
    guard let id = JobID(name) else { return }
    let isThere = state.withLock { state in
      guard state.jobs[id] != nil else { return false }
      state.move(id, to: .running)
      state.finishing += 1
      return true
    }
    guard isThere else { return }
    conclude(
      EndedRun(
        id: id, run: nil, verdict: .couldNotRun("it is damaged in the node's database"),
        logSize: logSize(id)))
  }

  // MARK: Making results

  /// The results of jobs, and those jobs for which none can be made for now; throws what is about all of them.
  private func finish(
    _ jobs: [EndedRun], in repository: Repository
  ) throws(EngineError) -> (finished: [FinishedJob], later: [EndedRun]) {
    let batch = repository.batch()
    var finished: [FinishedJob] = []
    var later: [EndedRun] = []
    for var job in jobs {
      do throws(RunProofError) {
        try syncLog(of: job)
        if let made = try finish(job, into: batch) { finished.append(made) }
      } catch {
        note("the result of job \(job.id) cannot be made for now: \(error.message)")
        if error.blame != .machine { job.tries += 1 }
        later.append(job)
      }
    }
    do throws(RepositoryError) { try batch.commit() } catch { throw .store("\(error)") }
    // With their names on disk too: a power cut must not take the log of a result that is told.
    if finished.contains(where: { $0.status.logSize > 0 }) {
      do throws(FileError) { try Files.syncDirectory(folder.logs) } catch {
        throw .store("\(error)")
      }
    }
    return (finished, later)
  }

  /// Waits until a job's log is on disk; one that cannot be had there is let go in the end.
  private func syncLog(of job: EndedRun) throws(RunProofError) {
    guard job.logSize > 0 else { return }
    // Where it ran to its end, the worker synced the files.
    var isComplete = false
    if case .ran = job.verdict { isComplete = true }
    do throws(FileError) {
      try JobLogWriter.sync(logFolder(job.id), files: !isComplete)
    } catch {
      let error = RunProofError(error)
      guard error.blame != .machine, job.tries >= Self.maxTries else { throw error }
      note("the log of job \(job.id) may not be on disk: \(error.message)")
    }
  }

  private func finish(_ job: EndedRun, into batch: Batch) throws(RunProofError) -> FinishedJob? {
    guard
      let (sequence, status) = state.withLock({ state in
        state.jobs[job.id].map { ($0.sequence, $0.status) }
      })
    else { return nil }
    var final = status
    final.logSize = job.logSize
    var roots: [CID] = []
    switch job.verdict {
    case .cancelled: final.state = .cancelled
    case .couldNotRun(let why):
      final.state = .failed
      final.error = folder.hidden(in: why)
    case .ran(let result):
      do throws(RunProofError) {
        if job.run?.escrow == nil {
          try prove(result, of: job, in: &final, &roots, into: batch)
        } else {
          // Until it is unsealed, no root of the node's content leads to it.
          try proveSealed(result, of: job, in: &final)
        }
      } catch {
        // A full disk is no fault of the job, and its run is not wasted.
        guard error.blame == .job || (error.blame == .unclear && job.tries >= Self.maxTries) else {
          throw error
        }
        final = status
        final.logSize = job.logSize
        final.state = .failed
        final.error = folder.hidden(in: "no proof can be made of the run: \(error.message)")
        roots = []
      }
    }
    return signed(final, sequence, roots)
  }

  /// Completes and signs the answer about a job that is over.
  func signed(_ status: JobStatus, _ sequence: Int64, _ roots: [CID] = []) -> FinishedJob {
    var status = status
    status.position = nil
    // Whoever reads the answer may see it.
    status.isHidden = false
    status.finishedAt = now()
    status.signature = status.statement.map { signer.sign($0.digest) }
    return FinishedJob(
      sequence: sequence, status: status, answer: status.json.bytes, roots: roots)
  }

  /// Makes the proof of a run, and fills in what the run tells.
  func prove(
    _ told: JSONObject, of job: EndedRun, in status: inout JobStatus, _ roots: inout [CID],
    into batch: Batch
  ) throws(RunProofError) {
    var result = told
    // Where the trace lies is this node's own affair.
    result["trace"] = nil
    guard let run = job.run else { throw RunProofError(.job, "the run is not known") }
    var object = Submission.record(run.job, run.code, run.specification, run.escrow)
    object["result"] = .object(result)
    let record: RunRecord
    do throws(Failure) { record = try RunRecord(Record(object)) } catch {
      throw RunProofError(.job, error.message)
    }
    let (attestation, cid) = try RunProof(folder: runFolder(job.id)).make(
      of: record, signedBy: signer, into: batch)
    var entry: JSONObject = ["cid": .string("\(cid)")]
    for member in attestation.entry(path: "").object?.members ?? [] where member.name != "path" {
      entry[member.name] = member.value
    }
    status.state = result["status"]?.string == "completed" ? .completed : .failed
    status.result = result
    status.proof = entry
    status.outputs = try Self.outputs(of: result)
    roots = [cid] + (record.outputs.map { [$0] } ?? [])
  }

  private static func outputs(
    of result: JSONObject
  ) throws(RunProofError) -> [JobStatus.OutputFile] {
    var files: [JobStatus.OutputFile] = []
    for file in result["outputs"]?["files"]?.elements ?? [] {
      guard let path = file["path"]?.string, let size = file["size"]?.integer,
        (0...1 << 53).contains(size),
        let digits = file["sha256"]?.string, let bytes = try? Hex.decode(digits: digits),
        let sha256 = try? Digest32(bytes)
      else { throw RunProofError(.job, "the worker told a malformed output") }
      files.append(.init(path: path, size: size, sha256: sha256))
    }
    return files
  }
}
