public import IPFS
public import Records

/// Why the engine does not do what it is asked.
public enum EngineError: Error, Equatable, Sendable {
  /// As many jobs wait as may; it may work in so many seconds.
  case queueFull(retryAfter: Int)
  /// Less disk is free, or more is used, than the node's options allow; nothing was accepted.
  case diskFull
  /// The node is about to stop and accepts nothing.
  case draining
  /// The idempotency key stands for another submission.
  case keyReused
  /// The job is in escrow: its chain ends it, and no client.
  case inEscrow
  /// The node has a job in escrow of the same code or specification, and nobody is to see its result yet.
  case hidden
  /// The job is none: what is wrong, naming the member.
  case badJob(String)
  /// This machine cannot run the job: why.
  case refused(Failure)
  /// This machine cannot run any job: why.
  case unable(Failure)
  /// The job is another one than its specification says.
  case staleSpecification(CID)
  /// The node does not hold this block.
  case missingContent(CID)
  /// Another process has the node's folder.
  case busy(String)
  /// The job database is none of ours, or of a newer version.
  case badStore(String)
  /// The job database is damaged.
  case damagedStore(String)
  /// Reading or writing failed.
  case store(String)
}
