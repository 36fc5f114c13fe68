public import Ethereum
public import Hashing
public import IPFS
public import Records

/// The answer to `GET /status/{id}`.
public struct JobStatus: Equatable, Sendable {
  /// An output file.
  public struct OutputFile: Equatable, Sendable {
    /// Relative to the job's working directory, `/` between names.
    public var path: String
    /// Its length in bytes.
    public var size: Int
    /// Its SHA-256.
    public var sha256: Digest32

    /// Makes an output file.
    public init(path: String, size: Int, sha256: Digest32) {
      self.path = path
      self.size = size
      self.sha256 = sha256
    }
  }

  /// The job's name on the node.
  public var id: JobID
  /// Where it stands.
  public var state: JobState
  /// How many jobs are before it, from 0 on; nil unless it is queued.
  public var position: Int?
  /// When it was accepted.
  public var submittedAt: Timestamp?
  /// When it was last started.
  public var startedAt: Timestamp?
  /// When it was over.
  public var finishedAt: Timestamp?
  /// How often it was started: more than once where the node itself went down.
  public var starts = 0
  /// The job's specification; nil from a node of another kind.
  public var specification: CID?
  /// The folder with its code; nil from a node of another kind.
  public var code: CID?
  /// The record member `result`, without what is local to the node; nil before the end, or where the job could not be run.
  public var result: JSONObject?
  /// The outputs by name.
  public var outputs: [OutputFile] = []
  /// The element for the record's `proofs`, with `cid` and without `path`; nil where there is none.
  public var proof: JSONObject?
  /// Why the job could not be run, where it could not.
  public var error: String?
  /// The measures of a node of another kind, which tells no `result`.
  public var measures: JSONObject?
  /// How many bytes of output there are so far, both streams together.
  public var logSize = 0
  /// Where the job's payment lies; nil where nothing is in escrow.
  public var escrow: JSON?
  /// Whether the node shows nothing of what came of the job, or of how far it is, before openings begin on the chain.
  public var isHidden = false
  /// The node; nil where it goes by no address.
  public var worker: Address?
  /// The node's signature over `statement`; nil before the end.
  public var signature: Signature?

  /// Makes the status of a job that was just accepted.
  public init(id: JobID, state: JobState, specification: CID?, code: CID?, worker: Address?) {
    self.id = id
    self.state = state
    self.specification = specification
    self.code = code
    self.worker = worker
  }

  /// What the node signs once the job is over; nil where specification or code have no SHA-256.
  public var statement: ResultStatement? {
    guard let specification = specification?.sha256, let code = code?.sha256 else { return nil }
    var logs: (stdout: Digest32, stderr: Digest32)?
    if let streams = result?["logs"], let out = Self.digest(streams["stdout"]?["sha256"]),
      let errors = Self.digest(streams["stderr"]?["sha256"])
    {
      logs = (out, errors)
    }
    return ResultStatement(
      jobID: id, jobHash: ResultStatement.jobHash(specification: specification, code: code),
      state: state, exitCode: result?["exitCode"]?.integer,
      outputs: Self.cid(result?["outputs"]?["cid"]), proof: Self.cid(proof?["cid"]), logs: logs)
  }

  static func cid(_ json: JSON?) -> CID? { json?.string.flatMap { try? CID(parsing: $0) } }

  static func digest(_ json: JSON?) -> Digest32? {
    guard let bytes = json?.string.flatMap({ try? Hex.decode(digits: $0) }) else { return nil }
    return try? Digest32(bytes)
  }
}
