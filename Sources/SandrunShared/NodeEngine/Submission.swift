public import Hashing
public import IPFS
public import NodeAPI
public import Records

/// A job that somebody hands in; its content is held by the node already.
public struct Submission: Sendable {
  /// The record member `job`.
  public var job: JSONObject
  /// The folder with its code.
  public var code: CID
  /// The CID of the job's canonical specification, as the submitter says it.
  public var specification: CID
  /// The submitter's own name for this submission: the same one again is the same job.
  public var idempotencyKey: String?
  /// What the key stands for: the same key with another digest is refused.
  public var bodyDigest: Digest32?
  /// Where its payment lies; the job is then held until its claim is on the chain, and what comes of it until it may be seen.
  public var escrow: Escrow?

  /// Makes a submission.
  public init(
    job: JSONObject, code: CID, specification: CID, idempotencyKey: String? = nil,
    bodyDigest: Digest32? = nil, escrow: Escrow? = nil
  ) {
    self.job = job
    self.code = code
    self.specification = specification
    self.idempotencyKey = idempotencyKey
    self.bodyDigest = bodyDigest
    self.escrow = escrow
  }
}

/// What the submitter is told: the job is on disk.
public struct Accepted: Equatable, Sendable {
  /// The job's name on this node.
  public var id: JobID
  /// Where it stands.
  public var state: JobState
  /// How many jobs are before it; nil unless it is queued.
  public var position: Int?
  /// Whether it was accepted before, under the same key.
  public var isRepeat: Bool
}
