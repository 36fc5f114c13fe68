public import Hashing

extension Address {
  /// The address of the contract that an account's transaction of this nonce creates.
  public init(createdBy sender: Address, nonce: UInt64) {
    var fields = RLPWriter(reserving: 32)
    fields.add(sender)
    fields.add(nonce)
    self.init(lastBytesOf: Keccak256.hash(fields.list()))
  }

  /// The address of a contract that a contract creates with a salt, by its code's hash (EIP-1014).
  public init(createdBy sender: Address, salt: Digest32, codeHash: Digest32) {
    self.init(lastBytesOf: Keccak256.hash([0xff] + sender.bytes + salt.bytes + codeHash.bytes))
  }
}
