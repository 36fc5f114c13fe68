internal import Ethereum
public import Hashing
public import IPFS

/// What a node says of a finished job, as it signs it (EIP-191) in `worker_metadata.signature`.
///
/// Eight lines of text, the last without a newline; `-` stands for what there is not.
public struct ResultStatement: Equatable, Sendable {
  /// The job's name on the node.
  public var jobID: JobID
  /// `job_hash`: SHA-256 over the two digests of specification and code.
  public var jobHash: Digest32
  /// How the job stands.
  public var state: JobState
  /// The exit status; nil where it has none.
  public var exitCode: Int?
  /// The folder of outputs.
  public var outputs: CID?
  /// The proof.
  public var proof: CID?
  /// SHA-256 of standard output and standard error, whole.
  public var logs: (stdout: Digest32, stderr: Digest32)?

  /// Makes a statement.
  public init(
    jobID: JobID, jobHash: Digest32, state: JobState, exitCode: Int?, outputs: CID?, proof: CID?,
    logs: (stdout: Digest32, stderr: Digest32)?
  ) {
    self.jobID = jobID
    self.jobHash = jobHash
    self.state = state
    self.exitCode = exitCode
    self.outputs = outputs
    self.proof = proof
    self.logs = logs
  }

  /// The text that is signed.
  public var message: String {
    [
      "sandrun result", jobID.description, Hex.digits(jobHash.bytes), state.rawValue,
      exitCode.map { "\($0)" } ?? "-", outputs.map { "\($0)" } ?? "-",
      proof.map { "\($0)" } ?? "-",
      logs.map { Hex.digits($0.stdout.bytes) + " " + Hex.digits($0.stderr.bytes) } ?? "-",
    ].joined(separator: "\n")
  }

  /// The EIP-191 digest of the message.
  public var digest: Digest32 { PersonalMessage.digest(of: Array(message.utf8)) }

  /// `job_hash` of a specification and a code by their digests.
  public static func jobHash(specification: Digest32, code: Digest32) -> Digest32 {
    SHA256.hash(specification.bytes + code.bytes)
  }

  /// Whether two statements say the same.
  public static func == (one: Self, other: Self) -> Bool { one.message == other.message }
}
