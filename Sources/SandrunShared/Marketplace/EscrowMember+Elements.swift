public import Ethereum
public import Hashing
public import Records
public import WideInteger

extension EscrowMember {
  /// An element of `claims`: a node that took a slot.
  public struct Claim: Equatable, Sendable {
    /// The node's operator.
    public var node: Address
    /// Its registration number.
    public var number: UInt256
    /// The round: 0, or 1 for a challenge's.
    public var round: Int
    /// The transaction.
    public var tx: Digest32
    /// The last second for its commitment, in seconds since 1970.
    public var deadline: UInt64

    /// Makes an element.
    public init(node: Address, number: UInt256, round: Int, tx: Digest32, deadline: UInt64) {
      (self.node, self.number, self.round) = (node, number, round)
      (self.tx, self.deadline) = (tx, deadline)
    }

    init(_ reader: MemberReader) throws(EscrowError) {
      node = try reader.address("node")
      number = try reader.amount("number")
      round = try reader.round()
      tx = try reader.digest("tx")
      deadline = try reader.time("deadline")
    }

    var json: JSONObject {
      [
        "node": .string("\(node)"), "number": .string("\(number)"), "round": .integer(round),
        "tx": .string("\(tx)"), "deadline": .time(deadline),
      ]
    }
  }

  /// An element of `commitments`: a node that committed to a result.
  public struct Commitment: Equatable, Sendable {
    /// The node's operator.
    public var node: Address
    /// The round.
    public var round: Int
    /// What it sent.
    public var commitment: Digest32
    /// The transaction.
    public var tx: Digest32

    /// Makes an element.
    public init(node: Address, round: Int, commitment: Digest32, tx: Digest32) {
      (self.node, self.round, self.commitment, self.tx) = (node, round, commitment, tx)
    }

    init(_ reader: MemberReader) throws(EscrowError) {
      node = try reader.address("node")
      round = try reader.round()
      commitment = try reader.digest("commitment")
      tx = try reader.digest("tx")
    }

    var json: JSONObject {
      [
        "node": .string("\(node)"), "round": .integer(round),
        "commitment": .string("\(commitment)"), "tx": .string("\(tx)"),
      ]
    }
  }

  /// An element of `votes`: a node that opened its commitment.
  public struct Vote: Equatable, Sendable {
    /// The node's operator.
    public var node: Address
    /// The round.
    public var round: Int
    /// Whether it has a result; otherwise it could not run the job.
    public var accept: Bool
    /// The hash of its result; zero where it has none.
    public var resultHash: Digest32
    /// The CID of its proof, as it wrote it: any text.
    public var proofCid: String
    /// The root of its trace.
    public var traceRoot: Digest32
    /// The transaction.
    public var tx: Digest32

    /// Makes an element.
    public init(
      node: Address, round: Int, accept: Bool, resultHash: Digest32, proofCid: String,
      traceRoot: Digest32, tx: Digest32
    ) {
      (self.node, self.round, self.accept) = (node, round, accept)
      (self.resultHash, self.proofCid) = (resultHash, proofCid)
      (self.traceRoot, self.tx) = (traceRoot, tx)
    }

    init(_ reader: MemberReader) throws(EscrowError) {
      node = try reader.address("node")
      round = try reader.round()
      accept = try reader.flag("accept")
      resultHash = try reader.digest("resultHash")
      proofCid = try reader.text("proofCid")
      traceRoot = try reader.digest("traceRoot")
      tx = try reader.digest("tx")
    }

    var json: JSONObject {
      [
        "node": .string("\(node)"), "round": .integer(round), "accept": .bool(accept),
        "resultHash": .string("\(resultHash)"), "proofCid": .string(proofCid),
        "traceRoot": .string("\(traceRoot)"), "tx": .string("\(tx)"),
      ]
    }
  }

  /// The element of `challenges`: who had the result judged anew.
  public struct Challenge: Equatable, Sendable {
    /// Who challenged.
    public var challenger: Address
    /// What he put up, in the job's currency.
    public var bond: UInt256
    /// The transaction.
    public var tx: Digest32

    /// Makes an element.
    public init(challenger: Address, bond: UInt256, tx: Digest32) {
      (self.challenger, self.bond, self.tx) = (challenger, bond, tx)
    }

    init(_ reader: MemberReader) throws(EscrowError) {
      challenger = try reader.address("challenger")
      bond = try reader.amount("bond")
      tx = try reader.digest("tx")
    }

    var json: JSONObject {
      ["challenger": .string("\(challenger)"), "bond": .string("\(bond)"), "tx": .string("\(tx)")]
    }
  }

  /// An element of `decisions`: what became of a round.
  public struct Decision: Equatable, Sendable {
    /// The round.
    public var round: Int
    /// What the nodes agreed on; nil where there was no quorum.
    public var resultHash: Digest32?
    /// How many opened it.
    public var votes: Int
    /// The last second for a challenge; nil where there can be none.
    public var challengeDeadline: UInt64?
    /// The transaction.
    public var tx: Digest32

    /// Makes an element.
    public init(
      round: Int, resultHash: Digest32?, votes: Int, challengeDeadline: UInt64?, tx: Digest32
    ) {
      (self.round, self.resultHash, self.votes) = (round, resultHash, votes)
      (self.challengeDeadline, self.tx) = (challengeDeadline, tx)
    }

    init(_ reader: MemberReader) throws(EscrowError) {
      round = try reader.round()
      resultHash = try reader.optional("resultHash", reader.digest)
      votes = try reader.count("votes")
      challengeDeadline = try reader.optional("challengeDeadline", reader.time)
      tx = try reader.digest("tx")
    }

    var json: JSONObject {
      [
        "round": .integer(round), "resultHash": resultHash.map { .string("\($0)") } ?? .null,
        "votes": .integer(votes), "challengeDeadline": challengeDeadline.map { .time($0) } ?? .null,
        "tx": .string("\(tx)"),
      ]
    }
  }
}

extension JSON {
  /// Seconds since 1970 as RFC 3339 has them; a time beyond any calendar is the last second of the year 9999.
  static func time(_ seconds: UInt64) -> JSON { .string("\(Timestamp(blockTime: seconds))") }
}

extension Timestamp {
  /// The time of a block, or a deadline on the chain; one beyond the year 9999 is its last second.
  public init(blockTime seconds: UInt64) {
    self.init(seconds: Int(min(seconds, 253_402_300_799)))
  }
}
