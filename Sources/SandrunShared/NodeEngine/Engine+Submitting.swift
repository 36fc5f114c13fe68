internal import Files
internal import GRDB
public import IPFS
internal import Marketplace
internal import NodeAPI
public import NodeContent
internal import Records
internal import Synchronization
internal import SystemPackage

extension Engine {
  /// Accepts a job; it is on disk when this returns.
  ///
  /// The same idempotency key again gives the first job again, whether there is room for another or not. `written` is the lease under
  /// which its content was written, if it was; the job keeps that content from now on. `isOwed`: the node has bound
  /// itself to run the job, and takes it though it finishes.
  public func submit(
    _ submission: Submission, written: ContentLease? = nil, isOwed: Bool = false
  ) async throws(EngineError) -> Accepted {
    func isClosed(_ phase: EngineState.Phase) -> Bool {
      isOwed ? phase.isStopping : phase.isClosed
    }
    if state.withLock({ isClosed($0.phase) }) { throw .draining }
    if let known = try await known(submission) { return known }
    let (specification, inputs) = try check(submission)
    let roots = [submission.code] + inputs
    try checkRoom(for: 1 << 20)
    let isFull = state.withLock { state -> Bool? in
      // Whoever waits for the last job to be over must not miss this one.
      guard !isClosed(state.phase) else { return nil }
      state.arriving += 1
      return state.waiting.count + state.arriving > options.maxQueued
    }
    guard let isFull else { throw .draining }
    defer { state.withLock { $0.arriving -= 1 } }
    if isFull { throw .queueFull(retryAfter: retryAfter) }
    let lease = content.lease()
    defer { lease.release() }
    try await hold(roots, in: lease)
    let kept = try await keep(specification, in: lease)
    let new = NewJob(
      id: submission.escrow?.name ?? .mint(), submission: submission, roots: roots + [kept],
      submittedAt: now())
    let accepted = try await insert(new)
    if !accepted.isRepeat {
      lease.settle()
      written?.settle()
    }
    return accepted
  }

  /// Keeps uploaded content for a while, so that jobs can name it.
  ///
  /// Its blocks were written under a lease of `content`, which is to be released only after this. Blocks may be missing, but what is
  /// there must be no more than can be walked; throws `badJob` where it is.
  public func keep(
    uploads roots: [CID], written: ContentLease? = nil
  ) async throws(EngineError) {
    try await offload { [self] () throws(EngineError) in
      try checkWalk(roots, limit: Self.uploadBlocks)
    }
    let until = now().seconds + Int(options.keepUploads.components.seconds)
    try await ledger.perform { try $0.keep(roots, until: until) }
    written?.settle()
  }

  /// The most blocks below an upload's roots: as chunks of files far more than any upload has bytes.
  private static let uploadBlocks = 1 << 20

  /// Sees that a sweep, which visits whatever the roots lead to, comes to an end in good time.
  func checkWalk(_ roots: [CID], limit: Int) throws(EngineError) {
    var walk = DAGWalk(
      roots, in: content.blocks, limit: limit, linkLimit: 4 * limit)
    while true {
      do throws(ReadError) {
        guard try walk.next() != nil else { return }
      } catch {
        switch error {
        case .overLimit: throw .badJob("its content has more blocks or links than can be followed")
        // What cannot be read here is as good as missing.
        case .repository(.notFound), .repository(.corrupt), .repository(.unsupportedHash),
          .malformed, .unsupportedCodec:
          continue
        default: throw .store("\(error)")
        }
      }
    }
  }

  /// Bytes that may still come, by the disk and by the node's own bound; none where it is full.
  public var room: Int {
    let room = max(0, free - options.minFree)
    guard let limit = options.maxDisk else { return room }
    return min(room, max(0, limit - used))
  }

  /// Whether there is room for so many bytes more; ask before taking an upload.
  public func checkRoom(for bytes: Int) throws(EngineError) {
    guard free - bytes >= options.minFree else { throw .diskFull }
    guard let limit = options.maxDisk else { return }
    guard used + bytes <= limit else { throw .diskFull }
  }

  /// Bytes free on the node's disk; none where they cannot be told.
  var free: Int { Int(clamping: (try? Files.freeSpace(at: folder.path)) ?? 0) }

  /// Bytes of content and logs, as far as they were known a moment ago.
  var used: Int { contentBytes + logBytes }

  /// Bytes of all logs, those of jobs that are not over as they were known a moment ago.
  var logBytes: Int {
    let now = ContinuousClock.now
    return state.withLock { state in
      if let known = state.liveLogs, now - known.at < .seconds(1) {
        return state.logBytes + known.bytes
      }
      let bytes = state.jobs.values.reduce(0) { $0 + ($1.isSealed ? 0 : $1.status.logSize) }
      state.liveLogs = (bytes, now)
      return state.logBytes + bytes
    }
  }

  var contentBytes: Int {
    let now = ContinuousClock.now
    let known = state.withLock { $0.content }
    if let known, now - known.at < .seconds(1) { return known.bytes }
    let bytes = (try? content.byteCount()) ?? known?.bytes ?? 0
    state.withLock { $0.content = (bytes, now) }
    return bytes
  }

  /// Seconds until a place in the queue is free, about.
  private var retryAfter: Int {
    let seconds = state.withLock { $0.seconds } / Double(max(1, options.concurrency))
    return Int(min(60, max(1, seconds)).rounded(.up))
  }

  /// What was answered to the same submission before.
  private func known(_ submission: Submission) async throws(EngineError) -> Accepted? {
    guard submission.idempotencyKey != nil || submission.escrow != nil else { return nil }
    let path = folder.database
    let database = database
    let found = try await offload { () throws(EngineError) in
      try JobDatabase.storing(path) { try database.pool.read { try $0.job(of: submission) } }
    }
    return try found.map { (found) throws(EngineError) in try again(found) }
  }

  private func again(_ found: (job: StoredJob, isSame: Bool)) throws(EngineError) -> Accepted {
    guard found.isSame else { throw .keyReused }
    let live = state.withLock { $0.status(found.job.id) }
    return Accepted(
      id: found.job.id, state: live?.state ?? found.job.state, position: live?.position,
      isRepeat: true)
  }

  /// Judges the job itself; gives its specification, and the content that it reads beside its code.
  private func check(
    _ submission: Submission
  ) throws(EngineError) -> (specification: Specification, inputs: [CID]) {
    let job: Job
    do throws(JobError) { job = try Job(submission.job) } catch { throw .badJob("\(error)") }
    let specification: Specification
    do throws(CanonicalError) {
      specification = try Specification(of: submission.job)
    } catch {
      throw .badJob("\(error)")
    }
    let cid = CID(specification.digest, codec: .raw)
    guard submission.specification.v1 == cid else { throw .staleSpecification(cid) }
    do throws(Failure) {
      try options.check(Record(submission.record))
    } catch {
      throw .refused(error)
    }
    var inputs: [CID] = []
    for (index, input) in job.inputs.enumerated() {
      guard let cid = try? CID(parsing: input.cid) else {
        throw .badJob("'job.inputs[\(index)].cid' is no CID")
      }
      inputs.append(cid)
    }
    return (specification, inputs)
  }

  /// Sees that all content is there, to the last block.
  private func hold(_ roots: [CID], in lease: ContentLease) async throws(EngineError) {
    let missing = try await offload { () throws(EngineError) in
      do throws(ReadError) {
        return try lease.hold(roots)
      } catch {
        switch error {
        case .file(let error): throw .store("\(error)")
        case .repository(.file(let error)) where error.errno == .noSpace: throw .diskFull
        case .repository(let error): throw .store("\(error)")
        default: throw .badJob("its content cannot be read: \(error)")
        }
      }
    }
    if let missing { throw .missingContent(missing) }
  }

  /// Keeps the specification too: it is small, and who reads the proof may ask for it.
  private func keep(
    _ specification: Specification, in lease: ContentLease
  ) async throws(EngineError) -> CID {
    try await offload { () throws(EngineError) in
      do throws(RepositoryError) {
        return try lease.repository.put(specification.bytes)
      } catch {
        throw .store("\(error)")
      }
    }
  }

  private func insert(_ new: NewJob) async throws(EngineError) -> Accepted {
    let address = address
    let outcome = try await ledger.perform { database -> Inserted in
      // Again, as another submission with the key may have come in between.
      if let found = try database.job(of: new.submission) {
        return .known(found.job, isSame: found.isSame)
      }
      let submission = new.submission
      if submission.escrow == nil, try database.hides(submission.specification, submission.code) {
        throw EngineError.hidden
      }
      let isAgain = new.submission.escrow == nil ? false : try database.forgetDropped(new.id)
      return .new(try database.insert(new), isAgain: isAgain)
    } committed: { [self] outcome in
      guard case .new(let sequence, let isAgain) = outcome else { return }
      let submission = new.submission
      var status = JobStatus(
        id: new.id, state: .queued, specification: submission.specification.v1,
        code: submission.code, worker: address)
      status.submittedAt = new.submittedAt
      status.escrow = submission.escrow?.json
      status.isHidden = submission.escrow != nil
      state.withLock { [status] state in
        var live = LiveJob(sequence: sequence, status: status)
        live.escrow = submission.escrow
        live.isHeld = submission.escrow != nil
        live.isSealed = submission.escrow != nil
        state.jobs[new.id] = live
        if isAgain {
          state.answers.remove(new.id)
          state.count(.failed, -1)
        }
        state.waiting.insert(sequence)
        state.count(.queued, 1)
        state.accepted += 1
      }
    }
    switch outcome {
    case .known(let job, let isSame): return try again((job, isSame))
    case .new:
      if new.submission.escrow != nil { escrowNews.tell(new.id) }
      let status = state.withLock { $0.status(new.id) }
      return Accepted(
        id: new.id, state: status?.state ?? .queued, position: status?.position, isRepeat: false)
    }
  }

  private enum Inserted: Sendable {
    case new(Int64, isAgain: Bool)
    case known(StoredJob, isSame: Bool)
  }
}

extension Submission {
  /// A record with `job` and `code`, as a worker takes it.
  var record: JSONObject { Self.record(job, code, specification, escrow) }

  static func record(
    _ job: JSONObject, _ code: CID, _ specification: CID, _ escrow: Escrow? = nil
  ) -> JSONObject {
    var record: JSONObject = [
      "job": .object(job),
      "code": ["cid": .string("\(code)"), "spec": .string("\(specification)")],
    ]
    record["escrow"] = escrow?.json
    return record
  }
}
