public import Records
internal import Hashing

/// A private key under a passphrase: the Web3 Secret Storage definition, version 3.
public struct Keystore: Sendable {
  /// The UUID of the file.
  public var id: String?
  /// The account, where the file tells it before it is unlocked.
  public var address: Address?
  /// How the passphrase becomes a key.
  public var derivation: KeyDerivation
  /// What the passphrase is salted with.
  var salt: [UInt8]
  /// How many bytes are derived: 32, where a file is sound.
  var derivedLength = 32
  /// The first counter of AES-128-CTR.
  var iv: [UInt8]
  /// The private key, encrypted.
  var ciphertext: [UInt8]
  /// The Keccak-256 of the second half of the derived key and the ciphertext.
  var mac: [UInt8]

  /// Puts a key under a passphrase, with a fresh salt and counter.
  public init(
    _ key: borrowing PrivateKey, passphrase: borrowing Passphrase,
    derivation: KeyDerivation = .standard
  ) throws(KeystoreError) {
    let salt = Self.random(32)
    let iv = Self.random(16)
    let derived = try derivation.derive(32, from: passphrase.secret, salt: salt)
    let ciphertext = AES128CTR.apply(key: derived, iv: iv, to: key.secret)
      .withSpan { span in span.indices.map { span[$0] } }
    self.id = Self.uuid()
    self.address = key.address
    self.derivation = derivation
    self.salt = salt
    self.iv = iv
    self.ciphertext = ciphertext
    self.mac = Self.mac(derived, ciphertext)
  }

  init(
    id: String?, address: Address?, derivation: KeyDerivation, salt: [UInt8], derivedLength: Int,
    iv: [UInt8], ciphertext: [UInt8], mac: [UInt8]
  ) {
    self.id = id
    self.address = address
    self.derivation = derivation
    self.salt = salt
    self.derivedLength = derivedLength
    self.iv = iv
    self.ciphertext = ciphertext
    self.mac = mac
  }

  /// The key, where the passphrase is the right one and the file is whole.
  public func unlock(_ passphrase: borrowing Passphrase) throws(KeystoreError) -> PrivateKey {
    let derived = try derivation.derive(derivedLength, from: passphrase.secret, salt: salt)
    // A derived key too short to authenticate with proves no passphrase.
    guard derivedLength >= 32, isSameInConstantTime(mac, Self.mac(derived, ciphertext)) else {
      throw .wrongPassphrase
    }
    let secret = AES128CTR.apply(
      key: derived, iv: iv, to: SecretBytes(copying: ciphertext.span))
    let key: PrivateKey
    do throws(PrivateKeyError) {
      key = try PrivateKey(secret)
    } catch {
      throw .malformed("ciphertext", "no private key under it: \(error)")
    }
    let found = key.address
    guard address == nil || address == found else {
      throw .otherAddress(stated: address, found: found)
    }
    return key
  }

  private static func mac(_ derived: borrowing SecretBytes, _ ciphertext: [UInt8]) -> [UInt8] {
    var hash = Keccak256()
    derived.withSpan { hash.update($0.extracting(16..<32)) }
    hash.update(ciphertext)
    return hash.finish().bytes
  }

  private static func random(_ count: Int) -> [UInt8] {
    SecretBytes.random(count: count).withSpan { span in span.indices.map { span[$0] } }
  }

  /// A random UUID (RFC 9562, version 4).
  private static func uuid() -> String {
    var bytes = random(16)
    bytes[6] = bytes[6] & 0x0f | 0x40
    bytes[8] = bytes[8] & 0x3f | 0x80
    let parts = [0..<4, 4..<6, 6..<8, 8..<10, 10..<16].map { Hex.digits(Array(bytes[$0])) }
    return parts.joined(separator: "-")
  }
}

/// Why a keystore is refused or stays locked.
public enum KeystoreError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file is no JSON.
  case notJSON(JSONError)
  /// A member that must be there is not.
  case missing(String)
  /// A member's value is senseless, and why.
  case malformed(String, String)
  /// A version, cipher or function that this module does not read: the member and its value.
  case unsupported(String, String)
  /// Parameters that would take too much memory or time.
  case excessive(String)
  /// The message authentication code does not fit: a wrong passphrase, or a damaged file.
  case wrongPassphrase
  /// The file states one address, and its key has another.
  case otherAddress(stated: Address?, found: Address)
  /// The key cannot be derived for lack of memory.
  case derivationFailed

  /// What is wrong, in a few words.
  public var description: String {
    switch self {
    case .notJSON(let error): "not JSON: \(error)"
    case .missing(let member): "no \(member)"
    case .malformed(let member, let reason): "bad \(member): \(reason)"
    case .unsupported(let member, let value): "\(member) \(value) is not supported"
    case .excessive(let reason): reason
    case .wrongPassphrase: "wrong passphrase, or a damaged file"
    case .otherAddress(let stated, let found):
      "the key is of \(found), not of \(stated.map { "\($0)" } ?? "none") as the file states"
    case .derivationFailed: "not enough memory to derive the key"
    }
  }
}
