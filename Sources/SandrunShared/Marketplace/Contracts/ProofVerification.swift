public import ABI

/// Commitments to results, and the time from which they may be opened.
///
/// Functions that the contracts keep to one another are left out.
public enum ProofVerification {
  // MARK: Functions

  /// Commits to a result, unseen; by the operator of a live claim.
  public static let submitProof = ABIFunction(
    written: "submitProof(bytes32 jobId, bytes32 commitment)")
  /// A round's commitments: see `CommitmentTally`.
  public static let tally = ABIFunction(
    written: "tally(bytes32 jobId, uint256 index) view returns ((uint256 count, uint256 last))")
  /// The time from which a round's commitments may be opened; 0 while another could follow.
  public static let openFrom = ABIFunction(
    written: "openFrom(bytes32 jobId, uint256 index) view returns (uint256)")
  /// The hash of `Commitment`; whoever answers this call learns the salt.
  public static let commitmentOf = ABIFunction(
    written: """
      commitmentOf(bytes32 jobId, address node, bytes32 resultHash, string proofCID,
      bytes32 salt) pure returns (bytes32)
      """)
  /// The contract with the claims.
  public static let marketplace = ABIFunction(written: "marketplace() view returns (address)")
  /// A node's commitment to a job; zero where there is none.
  public static let commitments = ABIFunction(
    written: "commitments(bytes32, address) view returns (bytes32)")

  // MARK: Events

  /// A node committed to a result.
  public static let proofSubmitted = ABIEvent(
    written: """
      ProofSubmitted(bytes32 indexed jobId, address indexed node, uint256 round,
      bytes32 commitment)
      """)

  /// All of it, with what the contract takes when it is made.
  public static let abi = ContractABI(
    functions: [submitProof, tally, openFrom, commitmentOf, marketplace, commitments],
    events: [proofSubmitted],
    constructor: ABIConstructor(
      written: "constructor(address marketplace)"))
}
