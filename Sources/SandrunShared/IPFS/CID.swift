public import Hashing

/// A content identifier: which bytes are meant, by their hash, and how they are to be read.
///
/// Version 0 is a bare SHA-256 multihash of a DAG-PB block, written in base58; version 1 names its codec and
/// base (multiformats, CID specification).
public struct CID: Hashable, Sendable, CustomStringConvertible {
  /// The two versions there are.
  public enum Version: Int, Sendable {
    /// `Qm…`.
    case v0 = 0
    /// `b…`.
    case v1 = 1
  }

  /// What a block is, by its number in the multicodec table.
  public struct Codec: RawRepresentable, Hashable, Sendable {
    /// The number in the table.
    public var rawValue: UInt64

    /// Takes any number of the table.
    public init(rawValue: UInt64) { self.rawValue = rawValue }

    /// Bytes that mean themselves.
    public static let raw = Codec(rawValue: 0x55)
    /// A Merkle node in protocol buffers.
    public static let dagPB = Codec(rawValue: 0x70)
    /// A Merkle node in CBOR.
    public static let dagCBOR = Codec(rawValue: 0x71)
    /// A Merkle node in JSON.
    public static let dagJSON = Codec(rawValue: 0x129)
  }

  /// A hash function, by its number in the multicodec table.
  public struct HashFunction: RawRepresentable, Hashable, Sendable {
    /// The number in the table.
    public var rawValue: UInt64

    /// Takes any number of the table.
    public init(rawValue: UInt64) { self.rawValue = rawValue }

    /// No hash: the digest is the block.
    public static let identity = HashFunction(rawValue: 0x00)
    /// SHA2-256.
    public static let sha256 = HashFunction(rawValue: 0x12)
  }

  /// The longest digest that is read, in bytes; the longest inline block too.
  public static let maximumDigestLength = 128

  /// The version.
  public let version: Version
  /// How the block is to be read.
  public let codec: Codec
  /// The function that gave the digest.
  public let hashFunction: HashFunction
  /// The digest; for the identity function the block itself.
  public let digest: [UInt8]

  /// Names a block by its SHA-256; version 0 is only for DAG-PB, so anything else becomes version 1.
  public init(_ digest: Digest32, codec: Codec, version: Version = .v1) {
    self.version = codec == .dagPB ? version : .v1
    self.codec = codec
    self.hashFunction = .sha256
    self.digest = digest.bytes
  }

  /// Names bytes by their SHA-256.
  public init(hashing bytes: [UInt8], codec: Codec, version: Version = .v1) {
    self.init(SHA256.hash(bytes), codec: codec, version: version)
  }

  /// Names a block by itself: the CID holds it whole.
  ///
  /// One of more than `maximumDigestLength` bytes is not read back.
  public init(inlining block: [UInt8], codec: Codec) {
    self.init(version: .v1, codec: codec, hashFunction: .identity, digest: block)
  }

  private init(version: Version, codec: Codec, hashFunction: HashFunction, digest: [UInt8]) {
    self.version = version
    self.codec = codec
    self.hashFunction = hashFunction
    self.digest = digest
  }

  /// The digest, where the hash function is SHA-256.
  public var sha256: Digest32? {
    hashFunction == .sha256 ? try? Digest32(digest) : nil
  }

  /// The block, where the digest is the block.
  public var inlineBlock: [UInt8]? {
    hashFunction == .identity ? digest : nil
  }

  /// The binary form, as links hold it.
  public var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(36)
    if version == .v1 {
      Varint.append(1, to: &bytes)
      Varint.append(codec.rawValue, to: &bytes)
    }
    Varint.append(hashFunction.rawValue, to: &bytes)
    Varint.append(UInt64(digest.count), to: &bytes)
    return bytes + digest
  }

  /// The length of the binary form.
  public var byteCount: Int {
    let hash = Varint.length(of: hashFunction.rawValue) + Varint.length(of: UInt64(digest.count))
    return hash + digest.count + (version == .v1 ? 1 + Varint.length(of: codec.rawValue) : 0)
  }

  /// The usual text: base58 for version 0, base32 for version 1.
  public var description: String {
    version == .v0 ? Multibase.base58btc.digits(bytes) : Multibase.base32.encode(bytes)
  }

  /// The text in a base of one's choice; version 0 is always base58 with no prefix.
  public func text(in base: Multibase) -> String {
    version == .v0 ? description : base.encode(bytes)
  }

  /// The same block under version 1.
  public var v1: CID {
    CID(version: .v1, codec: codec, hashFunction: hashFunction, digest: digest)
  }

  /// The same block under version 0; nil where that cannot name it.
  public var v0: CID? {
    guard codec == .dagPB, hashFunction == .sha256 else { return nil }
    return CID(version: .v0, codec: codec, hashFunction: hashFunction, digest: digest)
  }

  /// The same bytes, read as something else, under version 1.
  public func reading(as codec: Codec) -> CID {
    CID(version: .v1, codec: codec, hashFunction: hashFunction, digest: digest)
  }
}

extension CID {
  /// Reads the text of a CID, nothing before it and nothing after it.
  public init(parsing text: String) throws(CIDError) {
    guard text.utf8.count <= 1024 else { throw .tooLong }
    if text.utf8.count == 46, text.hasPrefix("Qm") {
      let bytes: [UInt8]
      do { bytes = try Multibase.base58btc.decode(digits: text) } catch { throw .badText(error) }
      guard bytes.starts(with: [0x12, 0x20]) else { throw .badVersion(0) }
      try self.init(bytes: bytes)
      return
    }
    let bytes: [UInt8]
    do { bytes = try Multibase.decode(text).bytes } catch { throw .badText(error) }
    // A version 0 has one text only; in a multibase it is nothing.
    guard bytes.first != 0x12 else { throw .badVersion(0x12) }
    try self.init(bytes: bytes)
  }

  /// Reads the binary form, nothing before it and nothing after it.
  public init(bytes: [UInt8]) throws(CIDError) {
    try self.init(bytes: bytes[...])
  }

  init(bytes: ArraySlice<UInt8>) throws(CIDError) {
    let bytes = Array(bytes)
    var offset = 0
    if bytes.count == 34, bytes[0] == 0x12, bytes[1] == 0x20 {
      self.init(version: .v0, codec: .dagPB, hashFunction: .sha256, digest: Array(bytes[2...]))
      return
    }
    let version = try Self.number(bytes, at: &offset)
    guard version == 1 else { throw .badVersion(version) }
    let codec = try Self.number(bytes, at: &offset)
    let function = try Self.number(bytes, at: &offset)
    let length = try Self.number(bytes, at: &offset)
    guard length <= UInt64(Self.maximumDigestLength) else { throw .badDigestLength(length) }
    guard Int(length) == bytes.count - offset else {
      throw .wrongLength(declared: Int(length), found: bytes.count - offset)
    }
    if function == HashFunction.sha256.rawValue, length != 32 { throw .badDigestLength(length) }
    if function == HashFunction.sha512.rawValue, length != 64 { throw .badDigestLength(length) }
    self.init(
      version: .v1, codec: Codec(rawValue: codec), hashFunction: HashFunction(rawValue: function),
      digest: Array(bytes[offset...]))
  }

  /// How many of the first bytes make up the binary form of a CID, where more follows.
  static func prefixLength(of bytes: [UInt8]) throws(CIDError) -> Int {
    if bytes.starts(with: [0x12, 0x20]) { return 34 }
    var offset = 0
    let version = try number(bytes, at: &offset)
    guard version == 1 else { throw .badVersion(version) }
    _ = try number(bytes, at: &offset)
    _ = try number(bytes, at: &offset)
    let length = try number(bytes, at: &offset)
    guard length <= UInt64(maximumDigestLength) else { throw .badDigestLength(length) }
    return offset + Int(length)
  }

  private static func number(
    _ bytes: [UInt8], at offset: inout Int
  ) throws(CIDError) -> UInt64 {
    do { return try Varint.read(bytes, at: &offset) } catch { throw .badNumber(error) }
  }
}

/// Why a text or bytes are no CID.
public enum CIDError: Error, Equatable, Sendable {
  /// The text is not written in a base that is read here.
  case badText(BaseError)
  /// A number inside it is cut short or not in its shortest form.
  case badNumber(VarintError)
  /// The version is neither 0 nor 1.
  case badVersion(UInt64)
  /// The hash function has no digest of this length.
  case badDigestLength(UInt64)
  /// The digest is longer or shorter than it says.
  case wrongLength(declared: Int, found: Int)
  /// The text is longer than any CID.
  case tooLong
}
