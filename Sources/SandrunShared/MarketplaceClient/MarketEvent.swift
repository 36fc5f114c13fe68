public import Ethereum
public import Hashing
public import Marketplace
public import WideInteger

/// Something that happened to a job, as one of the contracts logged it.
public struct MarketEvent: Hashable, Sendable {
  /// What happened.
  public enum Content: Hashable, Sendable {
    /// The job was posted.
    case posted(submitter: Address, specification: Digest32, code: String, payment: UInt256)
    /// The payment grew.
    case funded(sender: Address, amount: UInt256, payment: UInt256)
    /// A round keeps the hash that admits nodes.
    case drawn(round: Int, seed: Digest32)
    /// A slot was taken.
    case claimed(node: Address, number: UInt256, round: Int, deadline: UInt64)
    /// A claim was dropped that committed nothing in time.
    case expired(node: Address, round: Int)
    /// A node committed.
    case committed(node: Address, round: Int, commitment: Digest32)
    /// A node opened its commitment; without a result hash it could not run the job.
    case opened(Opening)
    /// A round was decided; without a result hash there is no quorum.
    case settled(round: Int, resultHash: Digest32?, votes: Int, challengeDeadline: UInt64)
    /// The result is judged anew.
    case challenged(Challenge)
    /// Money was credited.
    case credited(account: Address, token: Address?, amount: UInt256, kind: PaymentKind)
    /// The escrow is empty.
    case completed(resultHash: Digest32?, isPaid: Bool, payment: UInt256)
    /// A claim bound its bond.
    case bound(number: UInt256, amount: UInt256)
    /// A bond was freed.
    case freed(number: UInt256, amount: UInt256, outcome: ClaimOutcome)
    /// A bond was lost.
    case slashed(
      number: UInt256, node: Address, amount: UInt256, burned: UInt256, reason: SlashReason)
  }

  /// What a node opened.
  public struct Opening: Hashable, Sendable {
    /// The node's operator.
    public var node: Address
    /// In which round.
    public var round: Int
    /// Its result; nil where it could not run the job.
    public var resultHash: Digest32?
    /// The CID of its proof, or of the reason: whatever it wrote there.
    public var proofCID: String
    /// The Merkle root of its trace.
    public var traceRoot: Digest32
    /// Its signature of the result: 65 bytes, checked by the contract.
    public var signature: [UInt8]
  }

  /// A challenge.
  public struct Challenge: Hashable, Sendable {
    /// Who challenged.
    public var challenger: Address
    /// The CID of the evidence: whatever he wrote there.
    public var evidence: String
    /// What he put up.
    public var bond: UInt256
    /// How many nodes judge.
    public var slots: Int
    /// The last second in which they may claim.
    public var claimDeadline: UInt64
  }

  /// What happened.
  public let content: Content
  /// The transaction by which it did.
  public let tx: Digest32
  /// The height of its block.
  public let block: UInt64
  /// That block.
  public let blockHash: Digest32
  /// Its place among all logs of the block.
  public let index: UInt64
}
