public import Ethereum
public import Records
public import WideInteger

/// What a job is posted with, beside what it is: who must agree, for how much, at which stake, and by when.
public struct JobTerms: Hashable, Sendable {
  /// How many nodes run it.
  public var nodes: Int
  /// How many of them must agree.
  public var quorum: Int
  /// What is paid, in the currency's smallest unit.
  public var payment: UInt256
  /// The currency: an ERC-20's address; nil for ETH.
  public var token: Address?
  /// What each claim binds of its node's stake, in wei.
  public var bond: UInt256
  /// How long its phases are.
  public var windows: JobWindows

  /// Makes terms as they are given; `check` says whether the contracts take them.
  public init(
    nodes: Int, quorum: Int, payment: UInt256, token: Address?, bond: UInt256, windows: JobWindows
  ) {
    (self.nodes, self.quorum, self.payment) = (nodes, quorum, payment)
    (self.token, self.bond, self.windows) = (token, bond, windows)
  }

  /// The terms of a job in escrow; no nodes and no payment where there is no such job.
  public init(_ posted: PostedJob) {
    self.init(
      nodes: posted.nodes, quorum: posted.quorum, payment: posted.payment, token: posted.token,
      bond: posted.bond, windows: posted.windows)
  }

  init(_ reader: MemberReader) throws(EscrowError) {
    let windows = try reader.object("windows")
    let token = try reader.text("token")
    self.init(
      nodes: try reader.count("nodes"), quorum: try reader.count("quorum"),
      payment: try reader.amount("payment"),
      token: token == Job.Payment.ether ? nil : try reader.address("token"),
      bond: try reader.amount("bond"),
      windows: JobWindows(
        claim: try windows.number("claim"), commit: try windows.number("commit"),
        open: try windows.number("open"), challenge: try windows.number("challenge")))
  }

  /// The members of `escrow` that tell them.
  public var json: JSONObject {
    [
      "nodes": .integer(nodes), "quorum": .integer(quorum), "payment": .string("\(payment)"),
      "token": .string(currency), "bond": .string("\(bond)"),
      "windows": [
        "claim": .integer(windows.claim), "commit": .integer(windows.commit),
        "open": .integer(windows.open), "challenge": .integer(windows.challenge),
      ],
    ]
  }

  /// `ETH`, or the token's address.
  public var currency: String { token.map { "\($0)" } ?? Job.Payment.ether }

  /// What a node on the verdict gets: the payment's part, rounded down.
  public var share: UInt256 { nodes < 1 ? 0 : payment / UInt256(low: UInt128(nodes)) }

  /// How many nodes judge a challenge.
  public var challengeSlots: Int { 2 * nodes + 1 }

  /// The least that a challenger puts up, in the job's currency; nil where that is more than there can be.
  public var challengeBond: UInt256? {
    let (bond, isOver) = share.multipliedReportingOverflow(
      by: UInt256(low: UInt128(max(0, challengeSlots))))
    return isOver || bond > Settlement.challengeLimit ? nil : bond
  }
}

extension JobTerms {
  /// What a challenge may cost, in words.
  ///
  /// Where it is right, 2n+1 nodes are paid of its bond, and what comes back is what the losers' part of the payment was,
  /// and half of their bonds: at least those of a quorum.
  public var challengeWords: String {
    let losers = UInt256(low: UInt128(max(0, quorum)))
    guard let bond = challengeBond, self.bond <= Settlement.amountLimit else {
      return "nobody can challenge on such terms"
    }
    // What is left of 2n+1 shares when the losers' shares are back: 2n+1 is more than any quorum.
    let costs = bond - share * losers
    func told(_ amount: UInt256) -> String {
      token == nil ? Amount.shown(amount) : "\(amount) of the token \(currency)"
    }
    let half = LostBond(self.bond, reason: .otherResult, isTurned: true).toChallenger * losers
    let words =
      "a challenge puts up \(told(bond)), which are gone where \(challengeSlots) nodes uphold the result"
    guard token == nil else {
      return
        "\(words); being right may cost \(told(costs)), and brings half of the losers' bonds, \(Amount.shown(half)) at least"
    }
    return costs > half
      ? "\(words); being right may cost \(told(costs - half)) still: the nodes' bonds are small"
      : "\(words); being right pays for itself"
  }

  /// Reads an amount in the job's currency: `0.1ETH`, or a token's smallest units.
  public func amount(_ text: String, _ option: String) throws(Failure) -> UInt256 {
    let amount: UInt256
    do throws(UnitError) { amount = try Amount.parse(text) } catch {
      throw Failure(.usage, "\(option): \(error)")
    }
    guard token == nil || amount.description == text else {
      throw Failure(
        .data, "\(option) is \(text), and the job is paid in the token \(currency)",
        hint: "a token's amount is in its smallest unit")
    }
    return amount
  }

  /// The first term in which those on the chain are others than these, or pay less; nil where there is none.
  ///
  /// A payment that grew is the same job's: the submitter may add to it.
  public func difference(from chain: JobTerms) -> String? {
    func told(_ name: String, _ theirs: some Any, _ ours: some Any) -> String {
      "\(name) is \(theirs) on the chain, and \(ours) here"
    }
    if chain.nodes != nodes { return told("the number of nodes", chain.nodes, nodes) }
    if chain.quorum != quorum { return told("the quorum", chain.quorum, quorum) }
    if chain.token != token { return told("the currency", chain.currency, currency) }
    if chain.payment < payment { return told("the payment", chain.payment, payment) }
    if chain.bond != bond { return told("the bond", chain.bond, bond) }
    if chain.windows != windows {
      return "the windows are \(chain.windows) on the chain, and \(windows) here"
    }
    return nil
  }

  /// The usual windows of a job: ten minutes to claim and to open, its timeout and ten minutes to commit, and an hour to
  /// challenge.
  public static func usualWindows(timeout: Int) -> JobWindows {
    JobWindows(
      claim: 600, commit: min(UInt64(clamping: timeout).adding(600), JobWindows.limit), open: 600,
      challenge: 3600)
  }

  /// The smallest bond at which a challenge pays for itself where all nodes gave the same wrong result, in wei.
  ///
  /// The challenger pays 2n+1 shares, gets the payment back, and half of each bond: that is 2(n+1)/n shares, rounded up
  /// to an even number, since halves are rounded down.
  public static func usualBond(payment: UInt256, nodes: Int) -> UInt256 {
    guard nodes > 0, payment <= Settlement.amountLimit else { return 0 }
    let count = UInt256(low: UInt128(nodes))
    let share = payment / count
    // Below 2^128 times 16: it cannot overflow.
    return ((count + 1) * share + count - 1) / count * 2
  }

  /// Throws for the first of the terms that the contracts refuse.
  public func check() throws(JobTermsError) {
    guard (1...Quorum.nodeLimit).contains(nodes) else { throw .badNodes(nodes) }
    guard quorum <= nodes, 2 * quorum > nodes else { throw .badQuorum(quorum, of: nodes) }
    guard payment >= UInt256(low: UInt128(nodes)) else { throw .smallPayment(payment, nodes) }
    guard payment <= Settlement.amountLimit else { throw .largePayment }
    guard bond <= Settlement.amountLimit else { throw .largeBond }
    let all = [
      ("claim", windows.claim), ("commit", windows.commit), ("open", windows.open),
      ("challenge", windows.challenge),
    ]
    for (name, seconds) in all where !(1...JobWindows.limit).contains(seconds) {
      throw .badWindow(name, seconds)
    }
  }

  /// What a submitter should know before he posts: each in a few words.
  public func warnings(timeout: Int) -> [String] {
    var warnings: [String] = []
    if windows.commit <= UInt64(clamping: timeout) {
      warnings.append(
        "the commit window of \(windows.commit) s is not longer than the job's timeout of \(timeout) s: nodes will not claim it"
      )
    }
    let usual = Self.usualBond(payment: payment, nodes: nodes)
    if token == nil, bond < usual {
      warnings.append(
        bond == 0
          ? "with a bond of 0 a node loses nothing by a false result but its pay"
          : "below a bond of \(usual) wei (\(Amount.shown(usual))) no challenge pays for itself: \(Amount.shown(bond)) deters few"
      )
    }
    return warnings
  }
}

/// Why the contracts would refuse terms.
public enum JobTermsError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Not 1 to 15 nodes.
  case badNodes(Int)
  /// Not more than half of the nodes.
  case badQuorum(Int, of: Int)
  /// Less than a unit a node.
  case smallPayment(UInt256, Int)
  /// More than 2^128 - 1.
  case largePayment
  /// More than 2^128 - 1.
  case largeBond
  /// Not 1 second to 30 days.
  case badWindow(String, UInt64)

  /// What is wrong, in a few words.
  public var description: String {
    switch self {
    case .badNodes(let count): "\(count) nodes, not 1 to \(Quorum.nodeLimit)"
    case .badQuorum(let quorum, let nodes):
      "a quorum of \(quorum) of \(nodes) nodes, which is not more than half of them"
    case .smallPayment(let payment, let nodes):
      "a payment of \(payment), less than one unit for each of \(nodes) nodes"
    case .largePayment: "a payment above 2^128-1"
    case .largeBond: "a bond above 2^128-1 wei"
    case .badWindow(let name, let seconds):
      "a \(name) window of \(seconds) s, not 1 to \(JobWindows.limit) (30 days)"
    }
  }
}
