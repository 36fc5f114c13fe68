internal import Ethereum
internal import Hashing
internal import Marketplace
public import Records

extension JobInHand {
  /// The record with all that the chain tells of a job, its state and its history.
  public func shown(_ job: MarketJob) async throws(Failure) -> Record {
    let history = try await market.forRecord().history(of: job)
    return told(job, history).setting("state", to: job.report)
      .setting("history", to: .array(history.events.map { .object($0.report) }))
  }
}

extension MarketEvent {
  /// An element of `history`.
  fileprivate var report: JSONObject {
    var (name, members) = told
    members = JSONObject([.init(name: "event", value: .string(name))] + members.members)
    members["block"] = .integer(block)
    members["tx"] = .string("\(tx)")
    return members
  }

  /// The event's name, and what it tells.
  private var told: (String, JSONObject) {
    switch content {
    case .posted(let submitter, let specification, let code, let payment):
      (
        "JobSubmitted",
        [
          "submitter": .address(submitter), "specification": .digest(specification),
          "code": .string(code), "payment": .string("\(payment)"),
        ]
      )
    case .funded(let sender, let amount, let payment):
      (
        "EscrowAdded",
        [
          "sender": .address(sender), "amount": .string("\(amount)"),
          "payment": .string("\(payment)"),
        ]
      )
    case .drawn(let round, let seed):
      ("Drawn", ["round": .integer(round), "seed": .digest(seed)])
    case .claimed(let node, let number, let round, let deadline):
      (
        "JobClaimed",
        [
          "node": .address(node), "number": .string("\(number)"), "round": .integer(round),
          "commitDeadline": .moment(deadline),
        ]
      )
    case .expired(let node, let round):
      ("ClaimExpired", ["node": .address(node), "round": .integer(round)])
    case .committed(let node, let round, let commitment):
      (
        "ProofSubmitted",
        ["node": .address(node), "round": .integer(round), "commitment": .digest(commitment)]
      )
    case .opened(let opening):
      (
        "VoteSubmitted",
        [
          "node": .address(opening.node), "round": .integer(opening.round),
          "resultHash": .digest(opening.resultHash), "proofCid": .string(opening.proofCID),
        ]
      )
    case .settled(let round, let hash, let votes, let deadline):
      (
        "JobSettled",
        [
          "round": .integer(round), "resultHash": .digest(hash), "votes": .integer(votes),
          "challengeDeadline": .moment(deadline == 0 ? nil : deadline),
        ]
      )
    case .challenged(let challenge):
      (
        "ResultChallenged",
        [
          "challenger": .address(challenge.challenger), "evidence": .string(challenge.evidence),
          "bond": .string("\(challenge.bond)"), "slots": .integer(challenge.slots),
          "claimDeadline": .moment(challenge.claimDeadline),
        ]
      )
    case .credited(let account, let token, let amount, let kind):
      (
        "PaymentReleased",
        [
          "account": .address(account), "amount": .string("\(amount)"),
          "token": .string(token.map { "\($0)" } ?? Job.Payment.ether), "kind": .string(kind.name),
        ]
      )
    case .completed(let hash, let isPaid, let payment):
      (
        "JobCompleted",
        [
          "resultHash": .digest(hash), "paid": .bool(isPaid), "payment": .string("\(payment)"),
        ]
      )
    case .bound(let number, let amount):
      ("StakeBound", ["number": .string("\(number)"), "amount": .string("\(amount)")])
    case .freed(let number, let amount, let outcome):
      (
        "StakeFreed",
        [
          "number": .string("\(number)"), "amount": .string("\(amount)"),
          "outcome": .string(outcome.name),
        ]
      )
    case .slashed(let number, let node, let amount, let burned, let reason):
      (
        "NodeSlashed",
        [
          "number": .string("\(number)"), "node": .address(node), "amount": .string("\(amount)"),
          "burned": .string("\(burned)"), "reason": .string(reason.name),
        ]
      )
    }
  }
}

extension JSON {
  fileprivate static func address(_ address: Address) -> JSON { .string("\(address)") }

  fileprivate static func digest(_ digest: Digest32?) -> JSON {
    digest.map { .string("\($0)") } ?? .null
  }
}
