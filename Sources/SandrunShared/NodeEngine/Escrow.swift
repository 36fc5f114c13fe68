public import Ethereum
public import Hashing
public import IPFS
public import NodeAPI
public import Proofs
public import Records

/// Where a job's payment lies, and who checks what comes of it.
public struct Escrow: Equatable, Sendable {
  /// The job's place on its chain.
  public var job: EscrowedJob
  /// The contract that checks results: ConsensusManager.
  public var verifier: Address

  /// Makes an escrow.
  public init(job: EscrowedJob, verifier: Address) {
    self.job = job
    self.verifier = verifier
  }

  /// Reads `jobId`, `chainId`, `contract` and `verifier`, among others; nil where one is missing or malformed.
  public init?(_ json: JSON) {
    guard let chainID = json["chainId"]?.integer, chainID > 0,
      let contract = json["contract"]?.string.flatMap({ Address($0) }),
      let verifier = json["verifier"]?.string.flatMap({ Address($0) }),
      let jobID = json["jobId"]?.string.flatMap({ try? Digest32(hex: $0) })
    else { return nil }
    self.init(
      job: EscrowedJob(chainID: UInt64(chainID), contract: contract, jobID: jobID),
      verifier: verifier)
  }

  /// The member `escrow`, as far as proofs are about it.
  public var json: JSON {
    [
      "jobId": .string("\(job.jobID)"), "chainId": .integer(job.chainID),
      "contract": .string("\(job.contract)"), "verifier": .string("\(verifier)"),
    ]
  }

  /// The job's name on every node: the first 32 hex digits of its id on the chain, so that everybody can ask for it.
  public var name: JobID { Self.name(of: job.jobID) }

  /// The name on every node of the job with an id on the chain.
  public static func name(of jobID: Digest32) -> JobID {
    let digits = Hex.digits(Array(jobID.bytes.prefix(16)))
    guard let name = JobID(digits) else { preconditionFailure("\(digits) are hex digits") }
    return name
  }
}

/// A job in escrow as the node has it: what the chain does not know.
public struct EscrowedRun: Sendable {
  /// The job's name on the node.
  public var id: JobID
  /// Where its payment lies.
  public var escrow: Escrow
  /// What is run: the folder of code; nil where the database does not tell.
  public var code: CID?
  /// The CID of its specification.
  public var specification: CID?
  /// Where it stands on this node.
  public var state: JobState
  /// Whether it waits for its claim, and is not to be run before.
  public var isHeld: Bool
  /// Whether what came of it is shown to nobody yet.
  public var isSealed: Bool
  /// What came of it, where it is over.
  public var outcome: RunOutcome?
}

/// What a node commits to once a run is over; it stays as it is.
public struct RunOutcome: Equatable, Sendable {
  /// The hash of the result; nil for "could not run".
  public var resultHash: Digest32?
  /// The proof, or as good as nothing.
  public var proof: String
  /// The Merkle root over the run's trace; zero where there is none.
  public var traceRoot: Digest32
  /// The node's EIP-712 signature of a result; nil for "could not run", which the opening signs.
  public var signature: Signature?

  /// "Could not run", of a job of which nothing is left.
  public static let couldNotRun = RunOutcome()

  private init() {
    proof = ""
    traceRoot = .zero
  }

  /// Of a job that is over, as its answer tells.
  init(_ status: JobStatus) {
    let proof = status.proof
    resultHash = proof?["resultHash"]?.string.flatMap { try? Digest32(hex: $0) }
    self.proof = proof?["cid"]?.string ?? ""
    traceRoot = proof?["traceRoot"]?.string.flatMap { try? Digest32(hex: $0) } ?? .zero
    signature = proof?["signature"]?.string.flatMap { try? Signature(parsing: $0) }
  }
}
