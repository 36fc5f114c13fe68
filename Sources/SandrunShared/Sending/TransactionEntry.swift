public import Hashing
public import Records

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
  /// Which of the journal's signatures it is, from 1; 0 before it is in one.
  public var number = 0
  /// The process that signed it.
  public var process: Int32?
  /// How its first offer ended, where every endpoint refused it for certain.
  public var refusal: Failure?
}

/// One nonce of an account: the transaction that was signed for it, and what was signed in its place.
public struct TransactionEntry: Sendable {
  /// The nonce.
  public var nonce: UInt64
  /// What was signed, in that order; the first is the record's own.
  public var transactions: [JournalledTransaction]
  /// The ID that makes it happen once.
  public var once: String?
  /// Whether its record was written to standard output.
  public var isTold: Bool
  /// What became of it, as far as somebody waited for that; a reorganisation may have undone it.
  public var settlement: JournalledSettlement?

  /// Whether all that it ever had was refused for good, so that its nonce and its ID are free.
  public var isRefused: Bool { transactions.allSatisfy { $0.refusal != nil } }
}

/// What became of a nonce, as a journal keeps it.
public struct JournalledSettlement: Equatable, Sendable {
  /// The transaction of the entry that was mined; nil where something else used the nonce.
  public var mined: Digest32?
  /// What used the nonce instead, where that is known.
  public var replacement: Digest32?
  /// The number of the block that used it, where that is known.
  public var blockNumber: UInt64?
  /// That block's hash.
  public var blockHash: Digest32?

  /// Makes one of its parts.
  public init(
    mined: Digest32?, replacement: Digest32? = nil, blockNumber: UInt64? = nil,
    blockHash: Digest32? = nil
  ) {
    self.mined = mined
    self.replacement = replacement
    self.blockNumber = blockNumber
    self.blockHash = blockHash
  }
}
