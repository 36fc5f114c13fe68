internal import Commands
public import Ethereum
public import EthereumRPC
internal import Hashing
public import Records

/// Transactions of one account whose nonces follow each other, all of them in its journal.
///
/// What they make is known before any of them is signed, so that one may speak of what another makes.
public struct TransactionSeries: Sendable {
  /// What a series is to be.
  public struct Plan: Sendable {
    /// What each of its transactions is called, in their order; all have other names.
    public var names: [String]
    /// The ID of the series; without one, what an earlier run left of a series alike is taken up, else one is made.
    public var once: String?
    /// What IDs begin with that are made.
    public var kind: String
    /// The records of an account's transactions from a first nonce on.
    public var records: @Sendable (Address, UInt64) throws(Failure) -> [Record]

    /// Makes a plan of its parts.
    public init(
      _ names: [String], once: String?, kind: String,
      records: @escaping @Sendable (Address, UInt64) throws(Failure) -> [Record]
    ) {
      self.names = names
      self.once = once
      self.kind = kind
      self.records = records
    }
  }

  /// The account and the nonces that a series has, or will have.
  public struct Place: Hashable, Sendable {
    /// Who sends.
    public var sender: Address
    /// On which chain.
    public var chain: ChainIdentity
    /// The nonce of the first.
    public var firstNonce: UInt64
    /// The ID of the series.
    public var once: String
    /// Whether an earlier run has begun it.
    public var isBegun: Bool
  }

  /// What became of one of its transactions.
  public struct Outcome: Sendable {
    /// Its record, as far as it came.
    public var record: Record
    /// The receipt.
    public var receipt: TransactionReceipt?
    /// Why it has not done what it was to do; nil where it has.
    public var failure: Failure?

    /// Whether it can no longer do that, whatever is tried again.
    public var isLost: Bool { failure.map { TransactionSeries.isLost($0) } ?? false }
  }

  /// Which nonces it has.
  public let place: Place
  let account: SendingAccount
  var works: [TransactionSender.Work]

  /// The records of its transactions, signed.
  public var records: [Record] { works.map(\.record) }

  /// Marks the entry of one of them as told: no later run takes it up by itself.
  public func tell(_ index: Int) {
    let work = works[index]
    guard let number = work.entry?.transactions.first?.number ?? work.number else { return }
    account.tell(number)
  }

  /// Whether a failure is the end of a transaction: what it was to do is not done, and never will be.
  static func isLost(_ failure: Failure) -> Bool {
    switch failure.code {
    case Failure.replacedCode, "failed", "not-sent": true
    case "cancelled": failure.status == .answerNo
    default: false
    }
  }
}

extension TransactionSeries.Plan {
  /// What separates the ID of a series and the name of one of its transactions.
  private static let separator: Character = "/"

  /// The ID of each transaction.
  func ids(of series: String) -> [String] { names.map { "\(series)\(Self.separator)\($0)" } }

  /// An ID that nobody has.
  func newID() -> String {
    let digits = String(UInt64.random(in: .min ... .max), radix: 16)
    return "\(kind)-" + String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// The series that an ID of a transaction names, and which of its transactions it is; nil where it names none.
  func parse(_ id: String) -> (series: String, index: Int)? {
    guard let cut = id.lastIndex(of: Self.separator),
      let index = names.firstIndex(of: String(id[id.index(after: cut)...]))
    else { return nil }
    return (String(id[..<cut]), index)
  }
}
