/// A key from which further keys are derived (BIP-32): move-only, wiped.
public struct ExtendedKey: ~Copyable, Sendable {
  /// The 32 bytes of the private key.
  private let secret: SecretBytes
  /// The 32 bytes that are mixed into the keys below it.
  private let chainCode: SecretBytes

  private init(secret: consuming SecretBytes, chainCode: consuming SecretBytes) {
    self.secret = secret
    self.chainCode = chainCode
  }

  /// The first key of a wallet, `m`, from its seed.
  public init(seed: borrowing SecretBytes) throws(ExtendedKeyError) {
    let label = Array("Bitcoin seed".utf8)
    let halves = HMACSHA512.code(key: SecretBytes(copying: label.span), of: seed)
    let secret = halves.prefix(32)
    // One seed in 2^127 has none.
    guard Secp256k1.shared.isPrivateKey(secret) else { throw .noKey }
    self.init(secret: secret, chainCode: halves.suffix(32))
  }

  /// The key at a path below this one.
  public borrowing func derived(
    _ path: DerivationPath
  ) throws(ExtendedKeyError) -> ExtendedKey {
    var key = ExtendedKey(secret: secret.prefix(32), chainCode: chainCode.prefix(32))
    for step in path.steps { key = try key.child(step) }
    return key
  }

  /// One step: BIP-32's CKDpriv.
  private borrowing func child(_ step: UInt32) throws(ExtendedKeyError) -> ExtendedKey {
    let isHard = step >> 31 == 1
    let point = isHard ? [] : Secp256k1.shared.compress(Secp256k1.shared.point(of: secret))
    let data = secret.withSpan { secret in
      unsafe SecretBytes(count: 37) { base in
        for index in 0..<33 {
          unsafe base[index] = isHard ? (index == 0 ? 0 : secret[index - 1]) : point[index]
        }
        for index in 0..<4 {
          unsafe base[33 + index] = UInt8(truncatingIfNeeded: step >> UInt32(24 - 8 * index))
        }
      }
    }
    let halves = HMACSHA512.code(key: chainCode, of: data)
    guard let child = Secp256k1.shared.sum(secret, halves) else { throw .noKey }
    return ExtendedKey(secret: child, chainCode: halves.suffix(32))
  }

  /// The private key itself.
  public borrowing func privateKey() throws(PrivateKeyError) -> PrivateKey {
    try PrivateKey(secret.prefix(32))
  }

  /// Lends the chain code.
  public borrowing func withChainCode<R>(_ body: (Span<UInt8>) -> R) -> R {
    chainCode.withSpan(body)
  }
}

/// Why there is no key at a path.
public enum ExtendedKeyError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The numbers fall out of the group's range, as one path in 2^127 does: the next one will do.
  case noKey

  /// What is wrong, in a few words.
  public var description: String { "there is no key at this path: take the next" }
}
