public import ABI

/// Openings, the verdict, challenges, and what becomes of the bonds.
///
/// Functions that the contracts keep to one another are left out.
public enum ConsensusManager {
  // MARK: Functions

  /// Opens a commitment, in the open window; by its node.
  public static let submitVote = ABIFunction(
    written: """
      submitVote(bytes32 jobId, bool accept, bytes32 resultHash, string proofCID,
      bytes32 traceRoot, bytes32 salt, bytes signature)
      """)
  /// Burns the bond of a claim that committed nothing in time, and opens its slot again.
  public static let expireClaim = ABIFunction(written: "expireClaim(bytes32 jobId, address node)")
  /// Decides a round as soon as nothing can change it.
  public static let settle = ABIFunction(written: "settle(bytes32 jobId)")
  /// Has an agreed result judged by new nodes.
  public static let challengeResult = ABIFunction(
    written: "challengeResult(bytes32 jobId, string evidence, uint256 amount) payable")
  /// How far a job is: see `JobStage`.
  public static let status = ABIFunction(written: "status(bytes32 jobId) view returns (uint256)")
  /// What a node signs of its result: see `ResultStatement`.
  public static let resultDigest = ABIFunction(
    written: """
      resultDigest(bytes32 jobId, address node, bytes32 resultHash, bytes32 traceRoot) view
      returns (bytes32)
      """)
  /// The contract that holds the stakes.
  public static let registry = ABIFunction(written: "registry() view returns (address)")
  /// The contract with the jobs.
  public static let marketplace = ABIFunction(written: "marketplace() view returns (address)")
  /// The contract with the commitments.
  public static let proofs = ABIFunction(written: "proofs() view returns (address)")
  /// A job's verdict: see `JobVerdict`.
  public static let verdicts = ABIFunction(
    written: """
      verdicts(bytes32) view returns ((uint256 status, bytes32 resultHash,
      uint256 challengeDeadline, address challenger, bool turned, bool filled, uint256 votes))
      """)
  /// What a node opened of a job: see `JobOpening`.
  public static let openings = ABIFunction(
    written: "openings(bytes32, address) view returns ((bool opened, bytes32 resultHash))")

  // MARK: Events

  /// A node opened its commitment.
  public static let voteSubmitted = ABIEvent(
    written: """
      VoteSubmitted(bytes32 indexed jobId, address indexed node, bytes32 indexed resultHash,
      bool accept, uint256 round, string proofCID, bytes32 traceRoot, bytes signature)
      """)
  /// A claim was dropped that committed nothing in time.
  public static let claimExpired = ABIEvent(
    written: "ClaimExpired(bytes32 indexed jobId, address indexed node, uint256 round)")
  /// A round was decided.
  public static let jobSettled = ABIEvent(
    written: """
      JobSettled(bytes32 indexed jobId, uint256 round, bytes32 resultHash, uint256 votes,
      uint256 challengeDeadline)
      """)
  /// An agreed result is judged anew.
  public static let resultChallenged = ABIEvent(
    written: """
      ResultChallenged(bytes32 indexed jobId, address indexed challenger, string evidence,
      uint256 bond, uint256 slots, uint256 claimDeadline)
      """)

  /// All of it, with what the contract takes when it is made.
  public static let abi = ContractABI(
    functions: [
      submitVote, expireClaim, settle, challengeResult, status, resultDigest, registry, marketplace,
      proofs, verdicts, openings,
    ],
    events: [voteSubmitted, claimExpired, jobSettled, resultChallenged],
    constructor: ABIConstructor(
      written: "constructor(address registry, address marketplace, address proofs)"))
}
