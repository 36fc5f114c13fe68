public import Ethereum
public import IPFS
public import NodeAPI
public import NodeContent

/// The node's jobs: what is queued, what runs, what came of it.
///
/// All of it may be called from any thread.
public final class Engine: Sendable {
  /// What bounds it.
  public let options: EngineOptions
  /// The node's own blocks.
  public let content: NodeContent
  private let signer: Signer

  /// Who signs results.
  public var address: Address { signer.address }

  /// Opens the job database and puts it right: what ran when the node went down is queued again, or, after
  /// `maxStarts`, has failed.
  public init(
    _ options: EngineOptions, content: NodeContent, signer: Signer
  ) throws(EngineError) {
    self.options = options
    self.content = content
    self.signer = signer
  }

  /// Runs jobs until `drain` is done or the task is cancelled.
  public func run() async throws(EngineError) { throw .draining }

  /// Accepts nothing more, waits for running jobs as long as the options say, and ends `run`.
  ///
  /// What is queued, or runs on, is for the next start.
  public func drain() async {}

  /// Whether nothing more is accepted.
  public var isDraining: Bool { false }

  /// Accepts a job; it is on disk when this returns.
  public func submit(_ submission: Submission) async throws(EngineError) -> Accepted {
    throw .draining
  }

  /// Keeps uploaded content for a while, so that jobs can name it; its blocks are in `content` already.
  public func keep(uploads roots: [CID]) async throws(EngineError) { throw .draining }

  /// Whether there is room for so many bytes more; ask before taking an upload.
  public func checkRoom(for bytes: Int) throws(EngineError) { throw .diskFull }

  /// Where a job stands; nil where there is no such job.
  public func status(_ id: JobID) throws(EngineError) -> JobStatus? { nil }

  /// The JSON text of a job's status, kept ready between changes; nil where there is no such job.
  public func statusText(_ id: JobID) throws(EngineError) -> [UInt8]? { nil }

  /// The newest jobs first, at most `limit` of them.
  public func list(limit: Int) throws(EngineError) -> [JobStatus] { [] }

  /// Ends a job, now where it is queued, soon where it runs; gives its state after, nil where there is no such job.
  public func cancel(_ id: JobID) async throws(EngineError) -> JobState? { nil }

  /// A job's output so far; nil where there is no such job.
  public func log(_ id: JobID) throws(EngineError) -> JobLog? { nil }

  /// Fires when there is more of a job's output, or another state; it may join several changes into one.
  ///
  /// It ends when the job is over and all is there to be read, or when the engine ends, and at once for an unknown job.
  public func changes(of id: JobID) -> AsyncStream<Void> { AsyncStream { $0.finish() } }

  /// What is in hand and what was done.
  public var stats: EngineStats { EngineStats() }
}
