public import Hashing

/// A private key of secp256k1: move-only, wiped when it is done with, without a description.
public struct PrivateKey: ~Copyable, Sendable {
  let secret: SecretBytes

  /// Takes 32 bytes: a number from 1 to the group's order less 1.
  public init(_ secret: consuming SecretBytes) throws(PrivateKeyError) {
    guard secret.count == 32 else { throw .badLength(secret.count) }
    guard Secp256k1.shared.isPrivateKey(secret) else { throw .outOfRange }
    self.secret = secret
  }

  private init(checked secret: consuming SecretBytes) { self.secret = secret }

  /// Reads 64 hexadecimal digits, with or without `0x`, with or without a newline behind.
  public init(hex text: borrowing SecretBytes) throws(PrivateKeyError) {
    let secret = try text.withSpan { text throws(PrivateKeyError) in
      try Self.decode(text)
    }
    try self.init(secret)
  }

  /// A new key from the system's random numbers.
  public static func random() -> PrivateKey {
    while true {
      let secret = SecretBytes.random(count: 32)
      // One in 2¹²⁸ is out of range.
      if Secp256k1.shared.isPrivateKey(secret) { return PrivateKey(checked: secret) }
    }
  }

  /// The public key.
  public var publicKey: PublicKey { PublicKey(point: Secp256k1.shared.point(of: secret)) }

  /// The account's address.
  public var address: Address { publicKey.address }

  /// Signs a hash: deterministic (RFC 6979), with a low S (EIP-2).
  public borrowing func sign(_ digest: Digest32) -> Signature {
    let (compact, parity) = Secp256k1.shared.sign(digest.bytes, with: secret)
    do throws(SignatureError) {
      return try Signature(bytes: compact + [UInt8(parity)])
    } catch {
      // Only an r above the group's order, which has never been seen, would give a parity of 2 or 3.
      preconditionFailure("libsecp256k1 made a signature out of range: \(error)")
    }
  }

  private static func decode(_ text: Span<UInt8>) throws(PrivateKeyError) -> SecretBytes {
    var end = text.count
    if end > 0, text[end - 1] == UInt8(ascii: "\n") { end -= 1 }
    let hasPrefix = end >= 2 && text[0] == UInt8(ascii: "0") && text[1] == UInt8(ascii: "x")
    let digits = text.extracting((hasPrefix ? 2 : 0)..<end)
    guard digits.count == 64 else { throw .badDigitCount(digits.count) }
    return try unsafe SecretBytes(count: 32) { bytes throws(PrivateKeyError) in
      for index in digits.indices {
        guard let value = Character(UnicodeScalar(digits[index])).hexDigitValue else {
          throw .badDigit
        }
        unsafe bytes[index / 2] = unsafe bytes[index / 2] << 4 | UInt8(value)
      }
    }
  }
}

/// Why bytes or text are no private key; none of the cases tells anything of the secret but its length.
public enum PrivateKeyError: Error, Equatable, Sendable, CustomStringConvertible {
  /// So many bytes where 32 were wanted.
  case badLength(Int)
  /// So many digits where 64 were wanted.
  case badDigitCount(Int)
  /// Something that is no hexadecimal digit.
  case badDigit
  /// Zero, or not below the group's order.
  case outOfRange

  /// What is wrong, in a few words.
  public var description: String {
    switch self {
    case .badLength(let count): "\(count) bytes, not 32"
    case .badDigitCount(let count): "\(count) characters, not 64 hexadecimal digits"
    case .badDigit: "no hexadecimal digits"
    case .outOfRange: "not in the range of secp256k1's keys"
    }
  }
}
