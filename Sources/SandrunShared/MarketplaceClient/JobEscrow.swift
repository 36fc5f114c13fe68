public import Ethereum
internal import EthereumRPC
public import Hashing
public import Records
public import WideInteger

/// A record's `escrow`: which job on which chain it is about, and what it was posted with.
public struct JobEscrow: Hashable, Sendable {
  /// The job's id in the contract.
  public var jobId: Digest32
  /// The chain's id.
  public var chainId: UInt256
  /// JobMarketplace.
  public var contract: Address
  /// ConsensusManager.
  public var verifier: Address
  /// What it was posted with; nil where the record does not say.
  public var terms: JobTerms?
  /// The transaction of the post.
  public var tx: Digest32?
  /// The block that holds it.
  public var block: UInt64?

  /// The place of a job in a marketplace.
  public init(_ jobId: Digest32, in market: Market) {
    self.jobId = jobId
    chainId = market.chain.chainId
    contract = market.jobMarketplace
    verifier = market.consensusManager
  }

  /// Reads a record's member; throws 65 where there is none, or where it is malformed.
  public init(of record: Record) throws(Failure) {
    guard let escrow = try record.object("escrow") else {
      throw Failure(
        .data, "the record has no \"escrow\"", hint: "'sr-chain post' and 'sr-node match' add it")
    }
    func bad(_ name: String) -> Failure {
      Failure(.data, "malformed \"escrow\": no valid \"\(name)\"")
    }
    guard let jobId = escrow["jobId"]?.string.flatMap({ try? Digest32(hex: $0) }) else {
      throw bad("jobId")
    }
    guard case .number(let number)? = escrow["chainId"],
      let chainId = try? UInt256(decimal: number.description)
    else { throw bad("chainId") }
    guard let contract = escrow["contract"]?.string.flatMap({ Address($0) }) else {
      throw bad("contract")
    }
    guard let verifier = escrow["verifier"]?.string.flatMap({ Address($0) }) else {
      throw bad("verifier")
    }
    self.jobId = jobId
    self.chainId = chainId
    self.contract = contract
    self.verifier = verifier
    terms = escrow["payment"] == nil ? nil : try JobTerms(escrow)
    tx = escrow["tx"]?.string.flatMap { try? Digest32(hex: $0) }
    block = escrow["block"]?.integer.flatMap { UInt64(exactly: $0) }
  }

  /// The member's own members, in their order, without claims, commitments, votes and challenges.
  public var members: JSONObject {
    var members: JSONObject = [
      "jobId": .string("\(jobId)"),
      "chainId": .number(JSONNumber("\(chainId)") ?? JSONNumber(0)),
      "contract": .string("\(contract)"), "verifier": .string("\(verifier)"),
    ]
    for member in terms?.members.members ?? [] { members[member.name] = member.value }
    members["tx"] = tx.map { .string("\($0)") }
    members["block"] = block.map { .integer($0) }
    return members
  }

  /// Refuses a record of another marketplace: 65; none sends our money to a contract of its own.
  public func check(_ market: Market) throws(Failure) {
    let reason: String
    if chainId != market.chain.chainId {
      reason = "the chain \(chainId), and this is chain \(market.chain.chainId)"
    } else if contract != market.jobMarketplace {
      reason = "the JobMarketplace \(contract), and this is \(market.jobMarketplace)"
    } else if verifier != market.consensusManager {
      reason = "the ConsensusManager \(verifier), and this is \(market.consensusManager)"
    } else {
      return
    }
    throw Failure(
      .data, "the record's escrow is of \(reason)", code: "another-marketplace",
      hint: "see --marketplace, --rpc-url, and 'sr-chain contract list'")
  }
}
