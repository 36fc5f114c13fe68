internal import Hashing

extension CID.HashFunction {
  /// SHA2-512.
  public static let sha512 = CID.HashFunction(rawValue: 0x13)
  /// BLAKE3 without a key; its digest may have any length.
  public static let blake3 = CID.HashFunction(rawValue: 0x1e)

  /// The functions that are computed here.
  public static let computed: [CID.HashFunction] = [.identity, .sha256, .sha512, .blake3]

  /// The shortest digest of a function with many lengths that proves anything, in bytes; Kubo's limit, too.
  static let shortestDigest = 20

  /// Whether a digest of this length proves a block, and can be computed here.
  func isComputed(ofLength length: Int) -> Bool {
    switch self {
    case .identity: true
    case .sha256: length == Digest32.length
    case .sha512: length == SHA512.length
    case .blake3: length >= Self.shortestDigest
    default: false
    }
  }

  /// The digest of bytes in a function's usual length; nil for one that is not computed here.
  public func digest(of bytes: RawSpan) -> [UInt8]? {
    switch self {
    case .identity: unsafe bytes.withUnsafeBytes { unsafe Array($0) }
    case .sha256: SHA256.hash(bytes).bytes
    case .sha512: SHA512.hash(bytes)
    case .blake3: BLAKE3.hash(bytes)
    default: nil
    }
  }
}

extension CID.HashFunction: CustomStringConvertible {
  /// The names of the multicodec table that one meets.
  static let names: [(function: CID.HashFunction, name: String)] = [
    (.identity, "identity"), (CID.HashFunction(rawValue: 0x11), "sha1"), (.sha256, "sha2-256"),
    (.sha512, "sha2-512"), (CID.HashFunction(rawValue: 0x14), "sha3-512"),
    (CID.HashFunction(rawValue: 0x15), "sha3-384"), (CID.HashFunction(rawValue: 0x16), "sha3-256"),
    (CID.HashFunction(rawValue: 0x17), "sha3-224"), (CID.HashFunction(rawValue: 0x18), "shake-128"),
    (CID.HashFunction(rawValue: 0x19), "shake-256"),
    (CID.HashFunction(rawValue: 0x1a), "keccak-224"),
    (CID.HashFunction(rawValue: 0x1b), "keccak-256"),
    (CID.HashFunction(rawValue: 0x1c), "keccak-384"),
    (CID.HashFunction(rawValue: 0x1d), "keccak-512"), (.blake3, "blake3"),
    (CID.HashFunction(rawValue: 0x20), "sha2-384"),
    (CID.HashFunction(rawValue: 0x22), "murmur3-x64-64"),
    (CID.HashFunction(rawValue: 0x56), "dbl-sha2-256"), (CID.HashFunction(rawValue: 0xd5), "md5"),
    (CID.HashFunction(rawValue: 0x1012), "sha2-256-trunc254-padded"),
    (CID.HashFunction(rawValue: 0x1013), "sha2-224"),
    (CID.HashFunction(rawValue: 0xb220), "blake2b-256"),
    (CID.HashFunction(rawValue: 0xb240), "blake2b-512"),
    (CID.HashFunction(rawValue: 0xb260), "blake2s-256"),
    (CID.HashFunction(rawValue: 0xb401), "poseidon-bls12_381-a2-fc1"),
  ]

  /// Its name in the multicodec table, or its number where that is not one that one meets.
  public var description: String {
    Self.names.first { $0.function == self }?.name ?? "0x" + String(rawValue, radix: 16)
  }
}

extension CID {
  /// Whether these bytes are the block that is named.
  ///
  /// Nil where that cannot be told: the hash function is not computed here, or the digest is too short to prove anything.
  public func matches(_ bytes: RawSpan) -> Bool? {
    guard hashFunction.isComputed(ofLength: digest.count) else { return nil }
    switch hashFunction {
    case .sha256: return sha256 == SHA256.hash(bytes)
    case .blake3: return BLAKE3.hash(bytes, length: digest.count) == digest
    default: return hashFunction.digest(of: bytes) == digest
    }
  }

  /// Whether these bytes are the block that is named; nil where that cannot be told.
  public func matches(_ bytes: [UInt8]) -> Bool? {
    unsafe matches(bytes.span.bytes)
  }

  /// Whether a block can be proved to be the one that is named.
  public var isProvable: Bool { hashFunction.isComputed(ofLength: digest.count) }
}
