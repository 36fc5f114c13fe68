public import Ethereum
public import Hashing
public import Records
internal import WideInteger

/// The `escrow` member of a record: a job's place on its chain, its terms, and what was done there.
///
/// It is lossless: members that it does not know, in it or in its elements, stay as they are.
public struct EscrowMember: Equatable, Sendable {
  /// The job in the contract.
  public let jobId: Digest32
  /// The chain's id.
  public let chainId: UInt64
  /// The contract with the payment: JobMarketplace.
  public let contract: Address
  /// The contract that checks signatures of results: ConsensusManager.
  public let verifier: Address
  /// Who posted the job; nil where the record does not say.
  public private(set) var submitter: Address?
  /// What the job was posted with; nil where the record does not say.
  public private(set) var terms: JobTerms?
  /// The post's transaction.
  public private(set) var tx: Digest32?
  /// The number of the block with the post.
  public private(set) var block: UInt64?
  /// Who claimed the job.
  public private(set) var claims: [Claim] = []
  /// Who committed to a result.
  public private(set) var commitments: [Commitment] = []
  /// Who opened a commitment.
  public private(set) var votes: [Vote] = []
  /// Who challenged the result: one at most.
  public private(set) var challenges: [Challenge] = []
  /// How its rounds were decided.
  public private(set) var decisions: [Decision] = []
  /// The member itself.
  public private(set) var json: JSONObject

  /// Makes the member of a job of which nothing else is known.
  public init(jobId: Digest32, chainId: UInt64, contract: Address, verifier: Address) {
    (self.jobId, self.chainId) = (jobId, chainId)
    (self.contract, self.verifier) = (contract, verifier)
    json = [
      "jobId": .string("\(jobId)"), "chainId": .integer(chainId),
      "contract": .string("\(contract)"), "verifier": .string("\(verifier)"),
    ]
  }

  /// Reads the member; throws for one without its place, or with anything that is malformed.
  public init(_ object: JSONObject) throws(EscrowError) {
    let reader = MemberReader(object, "escrow")
    jobId = try reader.digest("jobId")
    chainId = try reader.number("chainId")
    contract = try reader.address("contract")
    verifier = try reader.address("verifier")
    submitter = try reader.optional("submitter", reader.address)
    tx = try reader.optional("tx", reader.digest)
    block = try reader.optional("block", reader.number)
    terms = try reader.has("payment") ? JobTerms(reader) : nil
    claims = try reader.elements("claims").map(Claim.init)
    commitments = try reader.elements("commitments").map(Commitment.init)
    votes = try reader.elements("votes").map(Vote.init)
    challenges = try reader.elements("challenges").map(Challenge.init)
    decisions = try reader.elements("decisions").map(Decision.init)
    json = object
  }

  // MARK: What is added

  /// Says how the job was posted.
  public mutating func set(submitter: Address, terms: JobTerms) {
    self.submitter = submitter
    self.terms = terms
    json["submitter"] = .string("\(submitter)")
    for member in terms.json.members { json[member.name] = member.value }
  }

  /// Says which transaction posted the job, and in which block it is.
  public mutating func set(tx: Digest32, block: UInt64) {
    self.tx = tx
    self.block = block
    json["tx"] = .string("\(tx)")
    json["block"] = .integer(block)
  }

  /// Adds a claim, or puts it in the place of the same node's.
  public mutating func add(_ claim: Claim) {
    put(claim.json, "claims", at: claims.firstIndex { $0.node == claim.node }) {
      $0.claims.put(claim, at: $1)
    }
  }

  /// Adds a commitment, or puts it in the place of the same node's.
  public mutating func add(_ commitment: Commitment) {
    put(commitment.json, "commitments", at: commitments.firstIndex { $0.node == commitment.node }) {
      $0.commitments.put(commitment, at: $1)
    }
  }

  /// Adds an opening, or puts it in the place of the same node's.
  public mutating func add(_ vote: Vote) {
    put(vote.json, "votes", at: votes.firstIndex { $0.node == vote.node }) {
      $0.votes.put(vote, at: $1)
    }
  }

  /// Adds a challenge, or puts it in the place of the same challenger's.
  public mutating func add(_ challenge: Challenge) {
    let place = challenges.firstIndex { $0.challenger == challenge.challenger }
    put(challenge.json, "challenges", at: place) { $0.challenges.put(challenge, at: $1) }
  }

  /// Adds a decision, or puts it in the place of the same round's.
  public mutating func add(_ decision: Decision) {
    put(decision.json, "decisions", at: decisions.firstIndex { $0.round == decision.round }) {
      $0.decisions.put(decision, at: $1)
    }
  }

  private mutating func put(
    _ element: JSONObject, _ name: String, at place: Int?,
    _ change: (inout EscrowMember, Int?) -> Void
  ) {
    var elements = json[name]?.elements ?? []
    if let place, place < elements.count {
      // What others wrote into the element stays.
      var merged = elements[place].object ?? JSONObject()
      for member in element.members { merged[member.name] = member.value }
      elements[place] = .object(merged)
    } else {
      elements.append(.object(element))
    }
    json[name] = .array(elements)
    change(&self, place)
  }

  /// Whether both are of the same job in the same contract.
  public func isSameJob(as other: EscrowMember) -> Bool {
    jobId == other.jobId && chainId == other.chainId && contract == other.contract
  }
}

extension Array {
  fileprivate mutating func put(_ element: Element, at place: Int?) {
    if let place { self[place] = element } else { append(element) }
  }
}

extension Record {
  /// The record's `escrow`; nil where it has none; 65 where it is malformed.
  public func escrow() throws(Failure) -> EscrowMember? {
    guard let object = try object("escrow") else { return nil }
    do throws(EscrowError) { return try EscrowMember(object) } catch {
      throw Failure(.data, "malformed \"escrow\": \(error)")
    }
  }

  /// The record with another `escrow`.
  public func setting(_ escrow: EscrowMember) -> Record {
    setting("escrow", to: .object(escrow.json))
  }
}
