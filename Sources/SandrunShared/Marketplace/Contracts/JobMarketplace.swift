public import ABI

/// The jobs, who claimed them, and their money.
///
/// Functions that the contracts keep to one another are left out.
public enum JobMarketplace {
  // MARK: Functions

  /// What an account can withdraw of a currency, by currency and account.
  public static let credits = ABIFunction(
    written: "credits(address, address) view returns (uint256)")
  /// Sends the caller its credits in one currency; the zero address is ETH.
  public static let withdraw = ABIFunction(written: "withdraw(address token)")
  /// Posts a job with its payment in escrow; gives its id on the chain.
  public static let submitJob = ABIFunction(
    written: """
      submitJob(bytes16 id, bytes32 specification, string code, uint256 nodes, uint256 quorum,
      uint256 bond, uint256[4] windows, address token, uint256 payment) payable returns (bytes32)
      """)
  /// Adds to a job's payment.
  public static let escrowPayment = ABIFunction(
    written: "escrowPayment(bytes32 jobId, uint256 amount) payable")
  /// Pays at once what `distributeRewards` would; by the submitter.
  public static let releasePayment = ABIFunction(written: "releasePayment(bytes32 jobId)")
  /// Takes a slot of a job's current round, and binds the bond; by a node's operator.
  public static let claimJob = ABIFunction(written: "claimJob(bytes32 jobId)")
  /// Keeps the hash by which the current round admits nodes.
  public static let draw = ABIFunction(written: "draw(bytes32 jobId)")
  /// Pays for a job whose verdict is final.
  public static let distributeRewards = ABIFunction(written: "distributeRewards(bytes32 jobId)")
  /// Gives the payment back where there is no quorum.
  public static let refund = ABIFunction(written: "refund(bytes32 jobId)")
  /// The id that a post has on this chain: see `JobKey`.
  public static let jobIdOf = ABIFunction(
    written: """
      jobIdOf(address submitter, bytes16 id, bytes32 specification) view
      returns (bytes32)
      """)
  /// A job as it was posted, and how far it is: see `PostedJob`.
  public static let jobs = ABIFunction(
    written: """
      jobs(bytes32 jobId) view returns ((address submitter, uint256 nodes, uint256 quorum,
      uint256 bond, uint256[4] windows, address token, uint256 payment, uint256 registered,
      address challenger, uint256 challengeBond, bool closed))
      """)
  /// A node's claim of a job: see `JobClaim`.
  public static let claims = ABIFunction(
    written: """
      claims(bytes32 jobId, address node) view returns ((uint256 number, uint256 round,
      uint256 deadline, bool live))
      """)
  /// What verdicts and bonds go by; `jobs` tells it too.
  public static let terms = ABIFunction(
    written: """
      terms(bytes32 jobId) view returns ((uint256 nodes, uint256 quorum, uint256 bond,
      uint256 share, uint256[4] windows))
      """)
  /// The seconds in which commitments are opened.
  public static let openWindow = ABIFunction(
    written: "openWindow(bytes32 jobId) view returns (uint256)")
  /// A round of a job: see `JobRound`.
  public static let round = ABIFunction(
    written: """
      round(bytes32 jobId, uint256 index) view returns ((uint256 slots, uint256 startedAt,
      uint256 startedIn, bytes32 seed, uint256 claimed, bool filled))
      """)
  /// The last second in which a round's slots can be claimed.
  public static let claimDeadline = ABIFunction(
    written: "claimDeadline(bytes32 jobId, uint256 index) view returns (uint256)")
  /// The operators whose claims of a round are recorded.
  public static let claimants = ABIFunction(
    written: "claimants(bytes32 jobId, uint256 index) view returns (address[])")
  /// From when the current round admits a node: see `Sortition`.
  public static let admittedFrom = ABIFunction(
    written: "admittedFrom(bytes32 jobId, uint256 number) view returns (uint256)")
  /// The contract that holds the stakes.
  public static let registry = ABIFunction(written: "registry() view returns (address)")
  /// The contract that decides.
  public static let consensus = ABIFunction(written: "consensus() view returns (address)")

  // MARK: Events

  /// A job was posted.
  public static let jobSubmitted = ABIEvent(
    written: """
      JobSubmitted(bytes32 indexed jobId, address indexed submitter,
      bytes32 indexed specification, bytes16 id, string code, uint256 nodes, uint256 quorum,
      uint256 bond, uint256[4] windows, address token, uint256 payment, uint256 claimDeadline)
      """)
  /// A job's payment grew.
  public static let escrowAdded = ABIEvent(
    written: """
      EscrowAdded(bytes32 indexed jobId, address indexed sender, uint256 amount, uint256 payment)
      """)
  /// A round keeps the hash that admits nodes.
  public static let drawn = ABIEvent(
    written: "Drawn(bytes32 indexed jobId, uint256 round, bytes32 seed)")
  /// A slot was taken.
  public static let jobClaimed = ABIEvent(
    written: """
      JobClaimed(bytes32 indexed jobId, address indexed node, uint256 indexed number,
      uint256 round, uint256 commitDeadline)
      """)
  /// A job's escrow is paid out or given back.
  public static let jobCompleted = ABIEvent(
    written: """
      JobCompleted(bytes32 indexed jobId, bytes32 resultHash, bool paid, uint256 payment)
      """)
  /// Credits were sent.
  public static let withdrawn = ABIEvent(
    written: "Withdrawn(address indexed account, address indexed token, uint256 amount)")
  /// Money was credited: see `PaymentKind`.
  public static let paymentReleased = ABIEvent(
    written: """
      PaymentReleased(bytes32 indexed jobId, address indexed account, address indexed token,
      uint256 amount, uint256 kind)
      """)

  /// All of it, with what the contract takes when it is made.
  public static let abi = ContractABI(
    functions: [
      credits, withdraw, submitJob, escrowPayment, releasePayment, claimJob, draw,
      distributeRewards, refund, jobIdOf, jobs, claims, terms, openWindow, round, claimDeadline,
      claimants, admittedFrom, registry, consensus,
    ],
    events: [
      jobSubmitted, escrowAdded, drawn, jobClaimed, jobCompleted, withdrawn, paymentReleased,
    ],
    constructor: ABIConstructor(
      written: "constructor(address registry, address consensus)"))
}
