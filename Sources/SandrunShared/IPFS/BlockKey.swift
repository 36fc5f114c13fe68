public import Hashing

extension CID {
  /// The hash function, the digest's length and the digest.
  var multihash: [UInt8] { Self.multihash(hashFunction, digest) }

  static func multihash(_ function: HashFunction, _ digest: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    Varint.append(function.rawValue, to: &bytes)
    Varint.append(UInt64(digest.count), to: &bytes)
    return bytes + digest
  }

  /// Under what a block is kept: its SHA-256, or what stands for another multihash; nil for a block that lies in its CID.
  ///
  /// Two CIDs have one key only where they name the same bytes by the same hash.
  public var key: Digest32? {
    if let sha256 { return sha256 }
    return hashFunction == .identity ? nil : Self.key(ofMultihash: multihash)
  }

  /// The multihash by which a record must name the block; empty where that is its SHA-256.
  var recordName: [UInt8] { hashFunction == .sha256 ? [] : multihash }

  /// The SHA-256 of a multihash with every bit turned.
  ///
  /// Turned, since else the multihash itself, taken for a block, would have the same key.
  static func key(ofMultihash multihash: [UInt8]) -> Digest32? {
    try? Digest32(SHA256.hash(multihash).bytes.map { ~$0 })
  }

  /// A raw block by the name that its record has: a multihash, or none and then the key is its SHA-256.
  init?(record name: [UInt8], key: Digest32) {
    if name.isEmpty {
      self.init(key, codec: .raw)
    } else {
      guard let cid = try? CID(bytes: [1, UInt8(CID.Codec.raw.rawValue)] + name) else { return nil }
      self = cid
    }
  }
}
