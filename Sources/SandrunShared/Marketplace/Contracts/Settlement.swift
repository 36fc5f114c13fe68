public import Ethereum
public import WideInteger

/// Who gets how much of a job's escrow and of a challenger's bond, to the smallest unit.
///
/// It mirrors what JobMarketplace credits; each amount is exact, and together they are all that was held.
public struct Settlement: Hashable, Sendable {
  /// What one account gets for one reason: a `PaymentReleased`.
  public struct Credit: Hashable, Sendable {
    /// Who gets it.
    public let account: Address
    /// How much, in the currency's smallest unit; never zero.
    public let amount: UInt256
    /// What it is for.
    public let kind: PaymentKind

    /// Makes a credit.
    public init(account: Address, amount: UInt256, kind: PaymentKind) {
      self.account = account
      self.amount = amount
      self.kind = kind
    }
  }

  /// How a challenge ended.
  public struct Challenge: Hashable, Sendable {
    /// Who challenged.
    public var challenger: Address
    /// What he put up.
    public var bond: UInt256
    /// The owners of the challenge's nodes that were right; none where it did not fill.
    public var checkers: [Address]
    /// Whether the verdict became another.
    public var isTurned: Bool
    /// Whether all its slots were claimed in time.
    public var isFilled: Bool

    /// Makes a challenge.
    public init(
      challenger: Address, bond: UInt256, checkers: [Address], isTurned: Bool, isFilled: Bool
    ) {
      self.challenger = challenger
      self.bond = bond
      self.checkers = checkers
      self.isTurned = isTurned
      self.isFilled = isFilled
    }
  }

  /// Whose credits nobody can withdraw: what is burned.
  public static let burnAddress: Address = {
    guard let address = Address(word: 0xdead) else { preconditionFailure("a word of 20 bytes") }
    return address
  }()

  /// The most that a payment or a node's bond may be: 2^128 - 1.
  public static let amountLimit = UInt256(low: .max)

  /// The most that a challenger's bond may be: 2^130, more than 2n+1 shares of any payment.
  public static let challengeLimit = UInt256(1) << 130

  /// The credits in the order in which the contract logs them.
  public let credits: [Credit]

  /// The payment of a job without quorum goes back to its submitter.
  public init(refunding payment: UInt256, to submitter: Address) {
    var ledger = Ledger()
    ledger.credit(submitter, payment, .submitterRest)
    credits = ledger.credits
  }

  /// The payment of a job with a final verdict.
  ///
  /// `winners` are the owners of the first round's nodes that were right. Throws for what no contract lets come about.
  public init(
    paying payment: UInt256, nodes: Int, submitter: Address, winners: [Address],
    challenge: Challenge? = nil
  ) throws(SettlementError) {
    guard (1...Quorum.nodeLimit).contains(nodes), winners.count <= nodes else {
      throw .badNodes
    }
    guard payment <= Self.amountLimit, payment >= UInt256(low: UInt128(nodes)) else {
      throw .badAmount
    }
    let share = payment / UInt256(low: UInt128(nodes))
    var ledger = Ledger()
    for winner in winners { ledger.credit(winner, share, .nodeShare) }
    // Winners are no more than nodes: nothing here goes below zero.
    var rest = payment - share * UInt256(low: UInt128(winners.count))
    if let challenge {
      let slots = 2 * nodes + 1
      guard challenge.checkers.count <= (challenge.isFilled ? slots : 0),
        challenge.isFilled || !challenge.isTurned
      else { throw .badNodes }
      guard challenge.bond <= Self.challengeLimit,
        challenge.bond >= share * UInt256(low: UInt128(slots))
      else { throw .badAmount }
      rest = ledger.settle(challenge, share: share, rest: rest)
    }
    ledger.credit(submitter, rest, .submitterRest)
    credits = ledger.credits
  }

  /// What all credits come to.
  public var total: UInt256 { credits.reduce(0) { $0 + $1.amount } }
}

/// Credits as they are made; none is of nothing.
private struct Ledger {
  var credits: [Settlement.Credit] = []

  mutating func credit(_ account: Address, _ amount: UInt256, _ kind: PaymentKind) {
    guard amount > 0 else { return }
    credits.append(Settlement.Credit(account: account, amount: amount, kind: kind))
  }

  /// Pays the challenge's nodes from the challenger's bond; what is left of the escrow.
  mutating func settle(
    _ challenge: Settlement.Challenge, share: UInt256, rest: UInt256
  ) -> UInt256 {
    for checker in challenge.checkers { credit(checker, share, .checkerShare) }
    var costs = share * UInt256(low: UInt128(challenge.checkers.count))
    if !challenge.isFilled {
      credit(Settlement.burnAddress, share, .burned)
      costs = share
    }
    credit(challenge.challenger, challenge.bond - costs, .bondBack)
    guard challenge.isTurned else { return rest }
    let repaid = min(rest, costs)
    credit(challenge.challenger, repaid, .challengerCosts)
    return rest - repaid
  }
}

/// Numbers that no contract lets come about: a node of the chain lies, or a caller mixes jobs up.
public enum SettlementError: Error, Equatable, Sendable, CustomStringConvertible {
  /// More nodes than there are places for.
  case badNodes
  /// A payment or bond below or above what the contracts take.
  case badAmount

  /// What is wrong, in a few words.
  public var description: String {
    switch self {
    case .badNodes: "more nodes than the job has places for"
    case .badAmount: "an amount below or above what the contracts take"
    }
  }
}

/// What becomes of a bond that is lost.
public struct LostBond: Hashable, Sendable {
  /// What the challenger gets, in wei.
  public let toChallenger: UInt256
  /// What nobody gets, in wei.
  public let burned: UInt256

  /// Half goes to a challenger who was right, rounded down, but for claims that expired.
  public init(_ bond: UInt256, reason: SlashReason, isTurned: Bool) {
    toChallenger = isTurned && reason != .expired ? bond / 2 : 0
    burned = bond - toChallenger
  }
}
