internal import Records

/// One endpoint's answer to a call, as a quorum counts it.
enum QuorumVote {
  /// A result: what counts of it.
  case value(JSON)
  /// A revert, which is the contract's answer.
  case revert(RPCFailure)
  /// It does not have the state or the block: behind, or pruned.
  case missing(RPCFailure)
  /// It does not answer this call: it lacks the method, or the call is too much for it.
  case refusal(RPCFailure)
  /// It takes no more calls for now.
  case busy(RPCFailure)

  init(_ result: Result<JSON, RPCFailure>, to request: RPCRequest) {
    switch result {
    case .success(let value): self = .value(QuorumAnswer.counted(value, of: request.method))
    case .failure(let refusal) where refusal.isRevert: self = .revert(refusal)
    case .failure(let refusal) where refusal.isMissingState: self = .missing(refusal)
    case .failure(let refusal) where refusal.isRateLimit: self = .busy(refusal)
    case .failure(let refusal): self = .refusal(refusal)
    }
  }

  /// Whether it is a word about the chain.
  var counts: Bool {
    switch self {
    case .value, .revert, .missing: true
    case .refusal, .busy: false
    }
  }

  var result: Result<JSON, RPCFailure> {
    switch self {
    case .value(let value): .success(value)
    case .revert(let refusal), .missing(let refusal), .refusal(let refusal), .busy(let refusal):
      .failure(refusal)
    }
  }

  func agrees(with other: QuorumVote, on method: String) -> Bool {
    switch (self, other) {
    case (.value(let one), .value(let two)):
      one == two
        || QuorumAnswer.isUnmined(one, of: method) && QuorumAnswer.isUnmined(two, of: method)
    case (.revert(let one), .revert(let two)):
      one.revertData?.lowercased() == two.revertData?.lowercased()
    case (.missing, .missing): true
    default: false
    }
  }
}

/// The answers of some endpoints to one call.
struct QuorumVotes {
  let method: String
  /// The endpoints' names and votes, in the order of the endpoints.
  var votes: [(name: String, vote: QuorumVote)] = []

  /// The answer that so many gave.
  func decision(of needed: Int) -> Result<JSON, RPCFailure>? {
    for (place, (_, vote)) in votes.enumerated() where vote.counts {
      let alike = votes[place...].filter { vote.agrees(with: $0.vote, on: method) }
      guard alike.count >= needed else { continue }
      // Of a transaction that some pools hold, what they hold.
      let telling = alike.first { if case .value(.null) = $0.vote { false } else { true } }
      return (telling?.vote ?? vote).result
    }
    return nil
  }

  /// The refusal that is the answer, where those that refuse leave too few to agree.
  func refusal(of needed: Int) -> Result<JSON, RPCFailure>? {
    guard votes.count(where: \.vote.counts) < needed else { return nil }
    for (_, vote) in votes { if case .refusal = vote { return vote.result } }
    return nil
  }

  /// Who says what, shortly.
  var disagreement: RPCError {
    let counted = votes.filter(\.vote.counts)
    let values = counted.map { entry -> JSON in
      if case .value(let value) = entry.vote { value } else { .null }
    }
    let (path, shown) = QuorumAnswer.difference(values)
    return .disagreement(
      method: method,
      answers: zip(counted, shown).map { entry, shown in
        switch entry.vote {
        case .value: "\(entry.name) says \(path.isEmpty ? "" : "\(path) ")\(shown)"
        case .revert: "\(entry.name) says that it reverts"
        case .missing, .refusal, .busy: "\(entry.name) does not have the block"
        }
      })
  }
}
