public import Hashing
public import WideInteger

/// A transaction with its sender's signature, as it is sent.
public struct SignedTransaction: Hashable, Sendable {
  /// What was signed.
  public let transaction: Transaction
  /// The signature.
  public let signature: Signature
  /// Who signed.
  public let from: Address
  /// The bytes that go to a node.
  public let raw: [UInt8]

  /// Puts a signature to a transaction; throws where it is not that of the account.
  public init(
    _ transaction: Transaction, _ signature: Signature, from: Address
  ) throws(TransactionError) {
    guard signature.isValid(for: transaction.digest, by: from) else { throw .noSigner }
    self.init(transaction, signature, signedBy: from)
  }

  /// Puts a signature to a transaction that the account's own key has just made, or that was checked.
  public init(_ transaction: Transaction, _ signature: Signature, signedBy from: Address) {
    self.transaction = transaction
    self.signature = signature
    self.from = from
    self.raw = transaction.raw(with: signature)
  }

  /// Reads what a node takes: canonical RLP, fields in range, a low s, a sender that can be recovered.
  ///
  /// Where a chain is given, it must be the transaction's own. Rules of blocks are left to `Transaction.validate`.
  public init(raw: [UInt8], chainId: UInt256? = nil) throws(TransactionError) {
    var fields = try TransactionReader(raw)
    let (transaction, signature) = try fields.signed()
    if let chainId, transaction.chainId != chainId {
      throw .otherChain(found: transaction.chainId, wanted: chainId)
    }
    guard let signer = signature.signer(of: transaction.digest) else { throw .noSigner }
    self.transaction = transaction
    self.signature = signature
    self.from = signer.address
    self.raw = raw
  }

  /// The hash by which the chain knows the transaction.
  public var hash: Digest32 { Keccak256.hash(raw) }
}

extension Signer {
  /// Signs a transaction.
  public func sign(_ transaction: Transaction) -> SignedTransaction {
    SignedTransaction(transaction, sign(transaction.digest), signedBy: address)
  }

  /// Signs a permission to set this account's code (EIP-7702).
  public func sign(_ terms: Authorization.Terms) -> Authorization {
    terms.signed(sign(terms.digest))
  }
}
