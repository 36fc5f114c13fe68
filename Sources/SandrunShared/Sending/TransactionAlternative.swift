public import Ethereum
public import Hashing

/// One of the transactions that share a nonce of a sender, of which one at most can be mined.
public struct TransactionAlternative: Sendable {
  /// What it was made for.
  public enum Kind: String, Sendable {
    /// To do what a record asks for.
    case send
    /// To do the same for more.
    case bump
    /// To use the nonce up for nothing.
    case cancel
  }

  /// What it was made for.
  public var kind: Kind
  /// What its receipt must agree with.
  public var expectation: ReceiptExpectation
  /// The transaction with its bytes; nil where only its hash is known.
  public var transaction: SignedTransaction?

  /// The hash by which the chain knows it.
  public var hash: Digest32 { expectation.hash }

  /// Makes one of a transaction whose bytes are known.
  public init(_ transaction: SignedTransaction, _ kind: Kind = .send) {
    self.kind = kind
    self.transaction = transaction
    expectation = ReceiptExpectation(transaction)
  }

  /// Makes one of what a record says of a transaction.
  public init(_ expectation: ReceiptExpectation) {
    kind = .send
    self.expectation = expectation
  }
}
