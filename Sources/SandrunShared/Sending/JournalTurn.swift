public import Ethereum
public import Hashing
public import Records

/// What `TransactionSender` asks of an account's journal while it holds the account's lock, others' lines read.
///
/// What a turn appends is on disk once the turn's commit was awaited: signed in the input's order, several records share
/// one sync.
public protocol JournalTurn {
  /// The lowest nonce from one on that no transaction has which was not refused for good, and that is not among `taken`; nil where all are used up.
  func lowestNonce(from first: UInt64, besides taken: Set<UInt64>) -> UInt64?
  /// The entry that has a nonce, unless all that it ever had was refused for good.
  func entry(nonce: UInt64) -> TransactionEntry?
  /// The entry that a transaction belongs to, refused or not.
  func entry(hash: Digest32) -> TransactionEntry?
  /// The entry of an ID, unless all that it ever had was refused for good.
  func entry(once: String) -> TransactionEntry?
  /// The entries with a nonce from one on that were not refused for good, by nonce.
  func entries(from nonce: UInt64) -> [TransactionEntry]
  /// Appends a signed transaction: a new entry, or an alternative of the one that has its nonce.
  mutating func append(_ transaction: JournalledTransaction)
  /// Appends that another process than the one that signed is about to offer the bytes (a heal, a joined record, a resume).
  mutating func offer(_ hash: Digest32)
  /// Appends that every endpoint refused the bytes at their first offer; no, and nothing is appended, where `offer` was
  /// said of them meanwhile: then their nonce stays theirs.
  mutating func void(_ hash: Digest32, _ failure: Failure) -> Bool
}

/// A signed transaction as a journal keeps it.
public struct JournalledTransaction: Sendable {
  /// What it is to its entry.
  public enum Kind: String, Sendable {
    case send, bump, cancel
  }

  /// When it was signed.
  public var time: Timestamp
  /// The sender's count of transactions.
  public var nonce: UInt64
  /// What it is to its entry.
  public var kind: Kind
  /// The hash by which the chain knows it.
  public var hash: Digest32
  /// The ID that makes it happen once.
  public var once: String?
  /// The digest of what it does: to, value, data, access list, authorizations.
  public var content: Digest32
  /// The nonces behind its own that its authorizations by the sender itself use up (EIP-7702).
  public var uses: UInt64 = 0
  /// The record as it came in.
  public var record: Record
  /// The text of the member `tx`, `raw` and `hash` included.
  public var tx: [UInt8]
}

/// One nonce of an account: the transaction that was signed for it, and what was signed in its place.
public struct TransactionEntry: Sendable {
  /// The nonce.
  public var nonce: UInt64
  /// What was signed, in that order; the first is the record's own.
  public var transactions: [JournalledTransaction]
  /// Those of them that every endpoint refused at their first offer, and how that ended.
  public var refused: [Digest32: Failure]
  /// Whether its record was written to standard output.
  public var isTold: Bool
}
