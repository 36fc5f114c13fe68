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
}

extension Engine {
  /// So many results are written down together at most.
  private static let round = 64

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
    let finished: [FinishedJob]
    do throws(EngineError) {
      finished = try finish(jobs, in: lease.repository)
    } catch {
      lease.release()
      again(error)
      return
    }
    ledger.enqueue { database in
      try finished.filter { job in try database.finish(job, from: .running) }
    } committed: { [self] written in
      settle(written, of: jobs)
    } done: { [self] result in
      lease.release()
      switch result {
      case .failure(let error): again(error)
      case .success:
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
    let (lease, watchers) = state.withLock { state in
      state.move(id, to: job.status.state)
      let lease = state.jobs.removeValue(forKey: id)?.lease
      state.answers.add(id, job.answer)
      state.logBytes += job.status.logSize
      state.finished[job.status.state, default: 0] += 1
      return (lease, state.watchers.removeValue(forKey: id) ?? [:])
    }
    lease?.release()
    for watcher in watchers.values { watcher.finish() }
  }

  // MARK: Making results

  private func finish(
    _ jobs: [EndedRun], in repository: Repository
  ) throws(EngineError) -> [FinishedJob] {
    let batch = repository.batch()
    var finished: [FinishedJob] = []
    for job in jobs {
      if let made = try finish(job, into: batch) { finished.append(made) }
    }
    do throws(RepositoryError) { try batch.commit() } catch { throw .store("\(error)") }
    return finished
  }

  private func finish(_ job: EndedRun, into batch: Batch) throws(EngineError) -> FinishedJob? {
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
      final.error = why
    case .ran(let result):
      do throws(Failure) {
        try prove(result, of: job, in: &final, &roots, into: batch)
      } catch {
        // A full disk is no fault of the job, and its run is not wasted.
        if [.io, .cannotCreate].contains(error.status) { throw .store(error.message) }
        final.state = .failed
        final.error = "no proof can be made of the run: \(error.message)"
        roots = []
      }
    }
    return signed(final, sequence, roots)
  }

  /// Completes and signs the answer about a job that is over.
  func signed(_ status: JobStatus, _ sequence: Int64, _ roots: [CID] = []) -> FinishedJob {
    var status = status
    status.position = nil
    status.finishedAt = now()
    status.signature = status.statement.map { signer.sign($0.digest) }
    return FinishedJob(
      sequence: sequence, status: status, answer: status.json.bytes, roots: roots)
  }

  /// Makes the proof of a run, and fills in what the run tells.
  private func prove(
    _ told: JSONObject, of job: EndedRun, in status: inout JobStatus, _ roots: inout [CID],
    into batch: Batch
  ) throws(Failure) {
    var result = told
    // Where the trace lies is this node's own affair.
    result["trace"] = nil
    guard let run = job.run else { throw Failure(.internalError, "the run is not known") }
    var object = Submission.record(run.job, run.code, run.specification)
    object["result"] = .object(result)
    let record = try RunRecord(Record(object))
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

  private static func outputs(of result: JSONObject) throws(Failure) -> [JobStatus.OutputFile] {
    var files: [JobStatus.OutputFile] = []
    for file in result["outputs"]?["files"]?.elements ?? [] {
      guard let path = file["path"]?.string, let size = file["size"]?.integer,
        let digits = file["sha256"]?.string, let bytes = try? Hex.decode(digits: digits),
        let sha256 = try? Digest32(bytes)
      else { throw Failure(.internalError, "the worker told a malformed output") }
      files.append(.init(path: path, size: size, sha256: sha256))
    }
    return files
  }
}
