internal import Ethereum
internal import Hashing
internal import Marketplace
public import Records

extension MarketJob {
  /// The whole state, as `sr-chain show` tells it.
  public var report: JSON {
    let phase = phase
    return [
      "phase": .string(phase.step.rawValue), "challenged": .bool(phase.isChallenge),
      "words": .string(words), "until": .moment(phase.until), "at": .moment(time),
      "block": .integer(block), "rounds": .array(rounds.map(\.report)),
      "verdict": verdictReport, "money": money,
    ]
  }

  /// What the job waits for, in words.
  public var words: String {
    let phase = phase
    let until = phase.until.map { " until \(Timestamp(blockTime: $0))" } ?? ""
    let round = current.state
    let prefix = phase.isChallenge ? "challenged: " : ""
    let open = round.slots - round.claims.count
    switch phase.step {
    case .claiming:
      let slots = open == 1 ? "slot is" : "slots are"
      return "\(prefix)\(open) of \(round.slots) \(slots) free: nodes claim\(until)"
    case .committing:
      return
        "\(prefix)\(round.committed) of \(round.claims.count) claims have a commitment: nodes run the job and commit\(until)"
    case .opening:
      let opened = round.claims.count { $0.isOpened }
      return "\(prefix)\(opened) of \(round.committed) commitments are open: nodes open\(until)"
    case .settleable:
      return "\(prefix)nothing can change the round any more: anyone can settle it"
    case .challengeable:
      return
        "\(verdict.votes) of \(posted.nodes) nodes agree: the result can be challenged\(until); the submitter can release the payment"
    case .payable:
      return "the verdict is final: anyone can have the payment distributed"
    case .paid: return "paid"
    case .refunded: return "there was no quorum: the payment went back to the submitter"
    }
  }

  private var verdictReport: JSON {
    guard let hash = verdict.resultHash else { return .null }
    return [
      "resultHash": .string("\(hash)"), "votes": .integer(verdict.votes),
      "final": .bool(verdict.stage == .final || verdict.stage == .paid),
      "challengeDeadline": .moment(verdict.challengeDeadline),
      "turned": .bool(verdict.isTurned),
    ]
  }

  private var money: JSON {
    [
      "payment": .string("\(posted.payment)"),
      "token": .string(posted.token.map { "\($0)" } ?? Job.Payment.ether),
      "share": .string("\(posted.share)"), "bond": .string("\(posted.bond)"),
      "challenger": posted.challenger.map { .string("\($0)") } ?? .null,
      "challengeBond": .string("\(posted.challengeBond)"), "closed": .bool(posted.isClosed),
    ]
  }
}

extension MarketJob.Round {
  fileprivate var report: JSON {
    let now = state
    return [
      "round": .integer(index), "slots": .integer(terms.slots),
      "startedAt": .moment(terms.startedAt), "claimDeadline": .moment(now.claimDeadline),
      "seed": terms.seed.map { .string("\($0)") } ?? .null, "filled": .bool(terms.isFilled),
      "nodes": .array(entries.map(\.report)),
    ]
  }
}

extension MarketJob.Entry {
  fileprivate var report: JSON {
    let hash: JSON = if case .result(let hash) = opening { .string("\(hash)") } else { .null }
    return [
      "node": .string("\(node)"), "number": claim.number.map { .string("\($0)") } ?? .null,
      "state": .string(state), "commitDeadline": .moment(claim.deadline),
      "commitment": commitment.map { .string("\($0)") } ?? .null, "resultHash": hash,
    ]
  }

  /// How far the node is.
  private var state: String {
    switch opening {
    case .result: "opened"
    case .couldNotRun: "could-not-run"
    case .none: commitment == nil ? "claimed" : "committed"
    }
  }
}

extension JSON {
  /// A time on the chain as RFC 3339 has it; null where there is none.
  static func moment(_ seconds: UInt64?) -> JSON {
    seconds.map { .string("\(Timestamp(blockTime: $0))") } ?? .null
  }
}
