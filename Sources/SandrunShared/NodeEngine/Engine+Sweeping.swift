internal import Files
internal import GRDB
internal import IPFS
internal import NodeAPI
internal import NodeContent
internal import Records
internal import Synchronization

extension Engine {
  /// How often it is looked for what may go.
  static let sweepInterval = Duration.seconds(60)
  private static let sweptAtOnce = 1000
  /// Content that grew by so much, and by half, is worth copying what is to stay of it.
  private static let worthwhile = 64 << 20

  /// Forgets the jobs that were over long ago, their logs, and then the content that nobody needs any more.
  func sweep() async {
    do throws(EngineError) {
      try await sweepJobs()
      try await sweepContent()
    } catch {
      note("what is old cannot be swept: \(error)")
    }
  }

  private func sweepJobs() async throws(EngineError) {
    let uploadsEnd = now().seconds
    let jobsEnd = uploadsEnd - Int(options.keep.components.seconds)
    while !isStopping {
      let swept = try await ledger.perform { database in
        let uploads = try database.sweepUploads(before: uploadsEnd)
        let jobs = try database.sweepJobs(finishedBefore: jobsEnd, limit: Self.sweptAtOnce)
        return (uploads: uploads, jobs: jobs)
      } committed: { [self] swept in
        state.withLock { state in
          if swept.uploads > 0 || !swept.jobs.isEmpty { state.isContentFreed = true }
          for job in swept.jobs {
            state.answers.remove(job.id)
            state.count(job.state, -1)
            state.logBytes -= job.logSize
          }
        }
      }
      // A crash before this leaves logs without a job, which the next start removes.
      for job in swept.jobs { try? Files.removeTree(logFolder(job.id)) }
      if swept.jobs.count < Self.sweptAtOnce { return }
    }
  }

  private func sweepContent() async throws(EngineError) {
    // What came in vain is as good as freed: failed uploads, refused jobs, runs that were interrupted.
    if content.takeStrays() { state.withLock { $0.isContentFreed = true } }
    guard state.withLock({ $0.isContentFreed }), try await isWorthSweeping() else { return }
    state.withLock { $0.isContentFreed = false }
    guard let sweep = try await offload({ [self] () throws(EngineError) in try copyContent() })
    else { return }
    for cid in sweep.lost { note("the block \(cid) is lost or damaged") }
    state.withLock { $0.content = nil }
    // Without what a lease kept: that is to be swept once it is let go.
    let bytes = try size().current
    try await ledger.perform { try $0.setSweptBytes(bytes) }
  }

  /// Copies what must stay of the content; nil where the node wants to stop.
  private func copyContent() throws(EngineError) -> NodeContent.Sweep? {
    var failure: EngineError?
    do throws(ReadError) {
      let sweep = try content.sweep {
        isStopping
      } keeping: {
        do throws(EngineError) {
          return try JobDatabase.storing(folder.database) {
            try database.pool.read { try $0.roots() }
          }
        } catch {
          failure = error
          return nil
        }
      }
      if let sweep { return sweep }
    } catch {
      failure = error == .cancelled ? nil : .store("\(error)")
    }
    state.withLock { $0.isContentFreed = true }
    if let failure { throw failure }
    return nil
  }

  /// Whether there may be much to gain, or there is little room left.
  private func isWorthSweeping() async throws(EngineError) -> Bool {
    if free < options.minFree { return true }
    if let limit = options.maxDisk, used > limit / 5 * 4 { return true }
    let size = try size()
    let last = try await ledger.perform { try $0.sweptBytes() }
    return size.removable > Self.worthwhile
      || size.current - last > max(Self.worthwhile, last / 2)
  }

  private func size() throws(EngineError) -> NodeContent.Size {
    do { return try content.size() } catch { throw .store("\(error)") }
  }
}
