public import Ethereum
public import Hashing
internal import Records
internal import WideInteger

/// What a transaction does, whatever its nonce and its price: two of the same content are the same order given twice.
public struct TransactionContent: Hashable, Sendable {
  /// Keccak-256 of the members `to`, `value`, `data`, `accessList`, `authorizationList` and those of blobs, as a record has them.
  public let digest: Digest32

  /// Of the members of a record, names resolved and the call's data made.
  public init(_ fields: TransactionFields) {
    var content = TransactionFields()
    content.to = fields.to
    content.value = fields.value ?? 0
    content.data = fields.data ?? []
    content.accessList = fields.accessList ?? []
    content.authorizationList = fields.authorizationList ?? []
    content.blobs = fields.blobs
    digest = Keccak256.hash(JSON.object(content.members).bytes)
  }

  /// Of a transaction.
  public init(_ transaction: Transaction) { self.init(TransactionFields(transaction)) }
}
