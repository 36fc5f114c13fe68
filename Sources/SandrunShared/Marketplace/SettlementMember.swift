public import Ethereum
public import Hashing
public import Records
public import WideInteger

/// The `settlement` member of a record: how a job's escrow was paid out, and who was credited what.
public struct SettlementMember: Equatable, Sendable {
  /// A credit, as the contract logged it.
  public struct Payment: Equatable, Sendable {
    /// Who can withdraw it.
    public var account: Address
    /// How much, in the currency's smallest unit.
    public var amount: UInt256
    /// The currency: an ERC-20's address; nil for ETH.
    public var token: Address?
    /// What it is for.
    public var kind: PaymentKind

    /// Makes a credit.
    public init(account: Address, amount: UInt256, token: Address?, kind: PaymentKind) {
      (self.account, self.amount, self.token, self.kind) = (account, amount, token, kind)
    }

    /// An element of `payments`.
    public var json: JSON {
      [
        "account": .string("\(account)"), "amount": .string("\(amount)"),
        "token": .string(token.map { "\($0)" } ?? Job.Payment.ether), "kind": .string(kind.name),
        "role": .string(kind.role),
      ]
    }
  }

  /// What nodes were paid for; nil where the payment went back.
  public var resultHash: Digest32?
  /// What was in escrow, in the job's currency.
  public var payment: UInt256
  /// The credits, in the order in which they were logged.
  public var payments: [Payment]
  /// The transaction that emptied the escrow.
  public var tx: Digest32
  /// The number of its block.
  public var block: UInt64

  /// Makes a settlement.
  public init(
    resultHash: Digest32?, payment: UInt256, payments: [Payment], tx: Digest32, block: UInt64
  ) {
    (self.resultHash, self.payment, self.payments) = (resultHash, payment, payments)
    (self.tx, self.block) = (tx, block)
  }

  /// Whether nodes were paid; otherwise the submitter has the payment back.
  public var isPaid: Bool { resultHash != nil }

  /// The member.
  public var json: JSON {
    [
      "status": isPaid ? "paid" : "refunded",
      "resultHash": resultHash.map { .string("\($0)") } ?? .null,
      "payment": .string("\(payment)"), "payments": .array(payments.map(\.json)),
      "tx": .string("\(tx)"), "block": .integer(block),
    ]
  }
}

extension PaymentKind {
  /// What it is for, in a word or two.
  public var name: String {
    switch self {
    case .nodeShare: "node-share"
    case .checkerShare: "checker-share"
    case .submitterRest: "submitter-rest"
    case .bondBack: "bond-back"
    case .challengerCosts: "challenger-costs"
    case .burned: "burned"
    case .losersBonds: "losers-bonds"
    }
  }

  /// What the account is that gets it.
  public var role: String {
    switch self {
    case .nodeShare: "node"
    case .checkerShare: "checker"
    case .submitterRest: "submitter"
    case .bondBack, .challengerCosts, .losersBonds: "challenger"
    case .burned: "nobody"
    }
  }
}
