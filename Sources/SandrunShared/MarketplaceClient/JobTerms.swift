public import Ethereum
public import Marketplace
public import Records
public import WideInteger

/// What a submitter offers with a job: what nodes bind themselves to by a claim.
public struct JobTerms: Hashable, Sendable {
  /// Who posts it.
  public var submitter: Address
  /// How many nodes run it.
  public var nodes: Int
  /// How many must agree.
  public var quorum: Int
  /// What is in escrow, in the currency's smallest unit.
  public var payment: UInt256
  /// The currency: an ERC-20's address; nil for ETH.
  public var token: Address?
  /// What each claim binds of its node's stake, in wei.
  public var bond: UInt256
  /// How long its phases are.
  public var windows: JobWindows

  /// Makes terms of their parts.
  public init(
    submitter: Address, nodes: Int, quorum: Int, payment: UInt256, token: Address?, bond: UInt256,
    windows: JobWindows
  ) {
    self.submitter = submitter
    self.nodes = nodes
    self.quorum = quorum
    self.payment = payment
    self.token = token
    self.bond = bond
    self.windows = windows
  }

  /// The terms of a job as the contract has it.
  public init(_ posted: PostedJob, by submitter: Address) {
    self.init(
      submitter: submitter, nodes: posted.nodes, quorum: posted.quorum, payment: posted.payment,
      token: posted.token, bond: posted.bond, windows: posted.windows)
  }

  /// What the members of `escrow` say; throws 65 naming the one that is missing or malformed.
  public init(_ escrow: JSONObject) throws(Failure) {
    func bad(_ name: String) -> Failure {
      Failure(.data, "malformed \"escrow\": no valid \"\(name)\"")
    }
    func amount(_ name: String) throws(Failure) -> UInt256 {
      guard let text = escrow[name]?.string, let amount = try? UInt256(decimal: text) else {
        throw bad(name)
      }
      return amount
    }
    func count(_ name: String) throws(Failure) -> Int {
      guard let count = escrow[name]?.integer, count > 0 else { throw bad(name) }
      return count
    }
    func window(_ name: String) throws(Failure) -> UInt64 {
      guard let count = escrow["windows"]?[name]?.integer, let window = UInt64(exactly: count)
      else { throw bad("windows.\(name)") }
      return window
    }
    guard let submitter = escrow["submitter"]?.string.flatMap({ Address($0) }) else {
      throw bad("submitter")
    }
    let token: Address?
    switch escrow["token"]?.string {
    case "ETH"?: token = nil
    case let text?:
      guard let address = Address(text) else { throw bad("token") }
      token = address
    case nil: throw bad("token")
    }
    self.init(
      submitter: submitter, nodes: try count("nodes"), quorum: try count("quorum"),
      payment: try amount("payment"), token: token, bond: try amount("bond"),
      windows: JobWindows(
        claim: try window("claim"), commit: try window("commit"), open: try window("open"),
        challenge: try window("challenge")))
  }

  /// The members of `escrow`, in their order.
  public var members: JSONObject {
    [
      "submitter": .string("\(submitter)"), "nodes": .integer(nodes), "quorum": .integer(quorum),
      "payment": .string("\(payment)"), "token": .string(token.map { "\($0)" } ?? "ETH"),
      "bond": .string("\(bond)"),
      "windows": [
        "claim": .integer(windows.claim), "commit": .integer(windows.commit),
        "open": .integer(windows.open), "challenge": .integer(windows.challenge),
      ],
    ]
  }

  /// The first term by which others are worse for a node than these, or not these at all; nil where there is none.
  ///
  /// A payment that grew is the same job's: the submitter may add to it.
  public func difference(from chain: JobTerms) -> String? {
    func told(_ name: String, _ ours: some Any, _ theirs: some Any) -> String {
      "\(name) is \(theirs) on the chain, and \(ours) in the record"
    }
    if chain.submitter != submitter { return told("the submitter", submitter, chain.submitter) }
    if chain.nodes != nodes { return told("the number of nodes", nodes, chain.nodes) }
    if chain.quorum != quorum { return told("the quorum", quorum, chain.quorum) }
    if chain.token != token {
      return told(
        "the currency", token.map { "\($0)" } ?? "ETH", chain.token.map { "\($0)" } ?? "ETH")
    }
    if chain.payment < payment { return told("the payment", payment, chain.payment) }
    if chain.bond != bond { return told("the bond", bond, chain.bond) }
    if chain.windows != windows { return "the windows are others on the chain than in the record" }
    return nil
  }
}
