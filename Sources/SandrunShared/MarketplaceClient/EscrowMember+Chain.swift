internal import Ethereum
internal import EthereumRPC
public import Hashing
public import Marketplace
public import Records
internal import WideInteger

extension EscrowMember {
  /// The place of a job in a marketplace.
  public init(_ jobId: Digest32, in market: Market) throws(Failure) {
    guard let chainId = UInt64(exactly: market.chain.chainId), chainId < 1 << 63 else {
      throw Failure(.data, "the chain's id \(market.chain.chainId) is none that a record can hold")
    }
    self.init(
      jobId: jobId, chainId: chainId, contract: market.jobMarketplace,
      verifier: market.consensusManager)
  }

  /// Refuses the escrow of another marketplace (65): no record sends our money to a contract of its own.
  public func check(_ market: Market) throws(Failure) {
    let reason: String
    if UInt64(exactly: market.chain.chainId) != chainId {
      reason = "chain \(chainId), and this is chain \(market.chain.chainId)"
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

  /// Adds what the chain's state says of the job's terms.
  public mutating func add(_ job: MarketJob) {
    set(submitter: job.submitter, terms: job.terms)
  }

  /// Adds what happened to the job: the post, claims, commitments, openings, a challenge, decisions.
  public mutating func add(_ events: [MarketEvent]) {
    for event in events {
      switch event.content {
      case .posted: set(tx: event.tx, block: event.block)
      case .claimed(let node, let number, let round, let deadline):
        add(Claim(node: node, number: number, round: round, tx: event.tx, deadline: deadline))
      case .committed(let node, let round, let commitment):
        add(Commitment(node: node, round: round, commitment: commitment, tx: event.tx))
      case .opened(let opening):
        add(
          Vote(
            node: opening.node, round: opening.round, accept: opening.resultHash != nil,
            resultHash: opening.resultHash ?? .zero, proofCid: opening.proofCID,
            traceRoot: opening.traceRoot, tx: event.tx))
      case .challenged(let challenge):
        add(Challenge(challenger: challenge.challenger, bond: challenge.bond, tx: event.tx))
      case .settled(let round, let hash, let votes, let deadline):
        add(
          Decision(
            round: round, resultHash: hash, votes: votes,
            challengeDeadline: deadline == 0 ? nil : deadline, tx: event.tx))
      case .funded, .drawn, .expired, .credited, .completed, .bound, .freed, .slashed:
        break
      }
    }
  }
}

extension Record {
  /// The record's `escrow`, which must be of a marketplace; throws 65 where it has none, or that of another.
  public func escrow(in market: Market) throws(Failure) -> EscrowMember {
    guard let escrow = try escrow() else {
      throw Failure(
        .data, "the record has no \"escrow\"", hint: "'sr-chain post' and 'sr-node match' add it")
    }
    try escrow.check(market)
    return escrow
  }
}

extension SettlementMember {
  /// What the events of a job say of its payment; nil where it is not paid out.
  public init?(_ events: [MarketEvent]) {
    var payments: [Payment] = []
    var end: (event: MarketEvent, hash: Digest32?, payment: UInt256)?
    for event in events {
      switch event.content {
      case .credited(let account, let token, let amount, let kind):
        payments.append(Payment(account: account, amount: amount, token: token, kind: kind))
      case .completed(let hash, let isPaid, let payment):
        end = (event, isPaid ? hash : nil, payment)
      default: break
      }
    }
    guard let end else { return nil }
    self.init(
      resultHash: end.hash, payment: end.payment, payments: payments, tx: end.event.tx,
      block: end.event.block)
  }
}
