public import ABI

/// The nodes of the marketplace and their stake.
///
/// Functions that the contracts keep to one another are left out.
public enum NodeRegistry {
  // MARK: Functions

  /// Makes the sender the operator of a new node, with the value as its stake.
  public static let register = ABIFunction(
    written: "register(address owner, string endpoint, string descriptor) payable returns (uint256)"
  )
  /// Adds the value to a node's stake.
  public static let addStake = ABIFunction(written: "addStake(uint256 number) payable")
  /// Tells a node's new endpoint and descriptor.
  public static let update = ABIFunction(
    written: "update(uint256 number, string endpoint, string descriptor)")
  /// Ends a node's claiming, for ever.
  public static let retire = ABIFunction(written: "retire(uint256 number)")
  /// Sends the owner the stake of a retired node.
  public static let withdrawStake = ABIFunction(written: "withdrawStake(uint256 number)")
  /// Who withdraws a node's stake and gets its pay.
  public static let ownerOf = ABIFunction(written: "ownerOf(uint256 number) view returns (address)")
  /// What a node can bind still, in wei.
  public static let freeStake = ABIFunction(
    written: "freeStake(uint256 number) view returns (uint256)")
  /// The one contract that binds stake.
  public static let marketplace = ABIFunction(written: "marketplace() view returns (address)")
  /// The one contract that frees and slashes stake.
  public static let consensus = ABIFunction(written: "consensus() view returns (address)")
  /// The least stake to register with, in wei.
  public static let minimumStake = ABIFunction(written: "minimumStake() view returns (uint256)")
  /// The seconds from retiring to withdrawing.
  public static let unbonding = ABIFunction(written: "unbonding() view returns (uint256)")
  /// What is known of a node.
  public static let nodes = ABIFunction(
    written: """
      nodes(uint256) view returns ((address operator, address owner, bool active, uint256 stake,
      uint256 bound, uint256 openClaims, uint256 retiredAt, uint256 done, uint256 agreed,
      uint256 failed, uint256 slashed))
      """)
  /// The registration number of an operator; 0 where it has no node.
  public static let numberOf = ABIFunction(written: "numberOf(address) view returns (uint256)")
  /// The registration number that was given last.
  public static let lastNumber = ABIFunction(written: "lastNumber() view returns (uint256)")
  /// The wei that losers lost, and nobody got.
  public static let burned = ABIFunction(written: "burned() view returns (uint256)")

  // MARK: Events

  /// A node was registered.
  public static let nodeRegistered = ABIEvent(
    written: """
      NodeRegistered(uint256 indexed number, address indexed operator, address indexed owner,
      uint256 stake, string endpoint, string descriptor)
      """)
  /// A node has a new endpoint or descriptor.
  public static let nodeUpdated = ABIEvent(
    written: "NodeUpdated(uint256 indexed number, string endpoint, string descriptor)")
  /// A node claims nothing more.
  public static let nodeRetired = ABIEvent(
    written: "NodeRetired(uint256 indexed number, uint256 withdrawableFrom)")
  /// A node's stake grew.
  public static let stakeAdded = ABIEvent(
    written:
      "StakeAdded(uint256 indexed number, address indexed sender, uint256 amount, uint256 stake)")
  /// A claim bound its bond.
  public static let stakeBound = ABIEvent(
    written: "StakeBound(uint256 indexed number, bytes32 indexed jobId, uint256 amount)")
  /// A claim's bond was freed: see `ClaimOutcome`.
  public static let stakeFreed = ABIEvent(
    written:
      "StakeFreed(uint256 indexed number, bytes32 indexed jobId, uint256 amount, uint256 outcome)")
  /// A claim's bond was lost: see `SlashReason`.
  public static let nodeSlashed = ABIEvent(
    written: """
      NodeSlashed(uint256 indexed number, bytes32 indexed jobId, address indexed operator,
      uint256 amount, uint256 burned, uint256 reason)
      """)
  /// The stake of a retired node was sent.
  public static let stakeWithdrawn = ABIEvent(
    written: "StakeWithdrawn(uint256 indexed number, address indexed owner, uint256 amount)")

  /// All of it, with what the contract takes when it is made.
  public static let abi = ContractABI(
    functions: [
      register, addStake, update, retire, withdrawStake, ownerOf, freeStake, marketplace, consensus,
      minimumStake, unbonding, nodes, numberOf, lastNumber, burned,
    ],
    events: [
      nodeRegistered, nodeUpdated, nodeRetired, stakeAdded, stakeBound, stakeFreed, nodeSlashed,
      stakeWithdrawn,
    ],
    constructor: ABIConstructor(
      written: """
        constructor(address marketplace, address consensus, uint256 minimumStake,
        uint256 unbonding)
        """))
}
