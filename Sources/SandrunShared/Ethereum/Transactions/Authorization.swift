public import Hashing
public import WideInteger

/// An account's permission to run a contract's code as its own (EIP-7702), signed by the account.
public struct Authorization: Hashable, Sendable {
  /// What the account signs.
  public struct Terms: Hashable, Sendable {
    /// The chain; 0 for every chain.
    public var chainId: UInt256
    /// Whose code the account takes; all zeros to take none again.
    public var address: Address
    /// The account's own nonce, at which alone it holds.
    public var nonce: UInt64

    /// Makes terms.
    public init(chainId: UInt256, address: Address, nonce: UInt64) {
      self.chainId = chainId
      self.address = address
      self.nonce = nonce
    }

    /// The hash that is signed.
    public var digest: Digest32 {
      var fields = RLPWriter(reserving: 64)
      fields.add(chainId)
      fields.add(address)
      fields.add(nonce)
      return Keccak256.hash(fields.list(behind: 0x05))
    }

    /// The permission, with a signature of these terms.
    public func signed(_ signature: Signature) -> Authorization {
      Authorization(self, yParity: signature.yParity, r: signature.r, s: signature.s)
    }
  }

  /// What was signed.
  public var terms: Terms
  /// The signature's parity; a chain passes over a permission whose signature is none.
  public var yParity: UInt8
  /// The signature's r.
  public var r: UInt256
  /// The signature's s.
  public var s: UInt256

  /// Makes a permission; nothing is checked, as a chain takes a transaction whatever its permissions hold.
  public init(_ terms: Terms, yParity: UInt8, r: UInt256, s: UInt256) {
    self.terms = terms
    self.yParity = yParity
    self.r = r
    self.s = s
  }

  /// The signature, where r, s and parity are one.
  public var signature: Signature? { try? Signature(r: r, s: s, yParity: yParity) }

  /// The account whose permission this is; nil where no key can have signed it.
  public var authority: Address? { signature?.signer(of: terms.digest)?.address }
}
