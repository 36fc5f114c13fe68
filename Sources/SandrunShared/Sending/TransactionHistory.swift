public import Ethereum
public import Hashing
public import Records

/// What is written down of transactions that share a nonce, beside what a node tells: a journal's part in waiting.
public struct TransactionHistory: Sendable {
  /// What became of a nonce.
  public struct Settlement: Sendable {
    /// The transactions that shared it, the one asked for first.
    public var known: [TransactionAlternative]
    /// Which of them was mined; nil where something else used the nonce.
    public var mined: Digest32?
    /// What used it instead, where that is known.
    public var replacement: Digest32?
    /// The block that used it, where that is known.
    public var block: (number: UInt64, hash: Digest32)?
  }

  /// The transactions that have one's nonce, itself among them, in the order in which they were signed; none where
  /// nothing is known of it.
  public var alternatives: @Sendable (TransactionAlternative) async -> [TransactionAlternative]
  /// Told what is settled.
  public var settle: @Sendable (Settlement) async -> Void
  /// Asked before bytes are offered again; no where they were refused for good meanwhile, so that they may not be.
  ///
  /// A yes is written down. Throws where it cannot be.
  public var offer: @Sendable (SignedTransaction) async throws(Failure) -> Bool

  /// Makes a history of its parts.
  public init(
    alternatives: @escaping @Sendable (TransactionAlternative) async -> [TransactionAlternative],
    settle: @escaping @Sendable (Settlement) async -> Void,
    offer: @escaping @Sendable (SignedTransaction) async throws(Failure) -> Bool
  ) {
    self.alternatives = alternatives
    self.settle = settle
    self.offer = offer
  }

  /// Nothing is written down.
  public static let none = TransactionHistory(
    alternatives: { _ in [] }, settle: { _ in }, offer: { _ in true })
}
