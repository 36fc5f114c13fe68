public import Hashing

/// An unlocked key that several records' work may share.
public final class Signer: Sendable {
  /// The account that signs.
  public let address: Address
  private let key: PrivateKey

  /// Takes a key over.
  public init(_ key: consuming PrivateKey) {
    self.address = key.address
    self.key = key
  }

  /// Signs a hash.
  public func sign(_ digest: Digest32) -> Signature { key.sign(digest) }

  /// Signs bytes as a message (EIP-191).
  public func sign(message: [UInt8]) -> Signature { sign(PersonalMessage.digest(of: message)) }
}
