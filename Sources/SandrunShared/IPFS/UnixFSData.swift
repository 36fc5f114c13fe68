/// The data field of a UnixFS node: what a file, a directory or a symbolic link is made of.
public struct UnixFSData: Equatable, Sendable {
  /// What a node is, by its number in the format.
  public enum Kind: UInt64, Sendable {
    /// A piece of a file.
    case raw = 0
    /// A directory whose entries are the links.
    case directory = 1
    /// A file or a piece of it.
    case file = 2
    /// Data about another node; never written nowadays.
    case metadata = 3
    /// A symbolic link; the data is its target.
    case symlink = 4
    /// A shard of a large directory.
    case hamtShard = 5
  }

  /// When something was changed last, by Unix time.
  public struct ModificationTime: Hashable, Sendable {
    /// Whole seconds since 1970, less than none before.
    public var seconds: Int64
    /// The nanoseconds after them: under 1,000,000,000.
    public var nanoseconds: UInt32

    /// Makes a time of its two parts.
    public init(seconds: Int64, nanoseconds: UInt32 = 0) {
      self.seconds = seconds
      self.nanoseconds = nanoseconds
    }
  }

  /// What the node is.
  public var kind: Kind
  /// The content that lies in the node itself; nil where the field is absent.
  public var data: [UInt8]?
  /// The bytes of content in and below the node; nil where the field is absent.
  public var fileSize: UInt64?
  /// The bytes of content below each link.
  public var blockSizes: [UInt64]
  /// The hash function that spreads names over a HAMT, by its number in the multicodec table.
  public var hashType: UInt64?
  /// How many places a shard of a HAMT has.
  public var fanout: UInt64?
  /// The permissions, with the bits for set-user-ID, set-group-ID and sticky; nil where none were kept.
  public var mode: UInt32?
  /// When the content was changed last; nil where that was not kept.
  public var modificationTime: ModificationTime?

  /// Makes the data from its fields.
  public init(
    _ kind: Kind, data: [UInt8]? = nil, fileSize: UInt64? = nil, blockSizes: [UInt64] = [],
    hashType: UInt64? = nil, fanout: UInt64? = nil, mode: UInt32? = nil,
    modificationTime: ModificationTime? = nil
  ) {
    self.kind = kind
    self.data = data
    self.fileSize = fileSize
    self.blockSizes = blockSizes
    self.hashType = hashType
    self.fanout = fanout
    self.mode = mode
    self.modificationTime = modificationTime
  }

  /// The bytes of the field, as Kubo writes them.
  public var bytes: [UInt8] {
    var bytes: [UInt8] = []
    ProtobufWriter.number(kind.rawValue, field: 1, to: &bytes)
    if let data { ProtobufWriter.bytes(data, field: 2, to: &bytes) }
    if let fileSize { ProtobufWriter.number(fileSize, field: 3, to: &bytes) }
    for size in blockSizes { ProtobufWriter.number(size, field: 4, to: &bytes) }
    if let hashType { ProtobufWriter.number(hashType, field: 5, to: &bytes) }
    if let fanout { ProtobufWriter.number(fanout, field: 6, to: &bytes) }
    if let mode { ProtobufWriter.number(UInt64(mode), field: 7, to: &bytes) }
    if let modificationTime { ProtobufWriter.bytes(modificationTime.bytes, field: 8, to: &bytes) }
    return bytes
  }

  /// Reads the data field of a node; fields of later versions are passed over.
  public init(parsing bytes: [UInt8]) throws(BlockError) {
    var kind: Kind?
    var data: [UInt8]?
    var fileSize: UInt64?
    var blockSizes: [UInt64] = []
    var (hashType, fanout): (UInt64?, UInt64?) = (nil, nil)
    var mode: UInt32?
    var modificationTime: ModificationTime?
    var reader = ProtobufReader(bytes)
    while let (field, value, offset) = try reader.next() {
      switch (field, value) {
      case (1, .number(let number)):
        guard let known = Kind(rawValue: number) else { throw .unknownType(number) }
        kind = known
      case (2, .bytes(let content)): data = Array(content)
      case (3, .number(let number)): fileSize = number
      case (4, .number(let number)): blockSizes.append(number)
      case (4, .bytes(let packed)):
        var numbers = ProtobufReader(packed, of: bytes)
        while numbers.offset < packed.endIndex { blockSizes.append(try numbers.varint()) }
      case (5, .number(let number)): hashType = number
      case (6, .number(let number)): fanout = number
      // Only the permissions: what else a maker put there is nothing to a reader.
      case (7, .number(let number)): mode = UInt32(number & 0o7777)
      case (8, .bytes(let time)):
        modificationTime = try ModificationTime(parsing: time, of: bytes)
      case (1, _), (3, _): throw .badWireType(2, offset: offset)
      case (2, _): throw .badWireType(0, offset: offset)
      default: break
      }
    }
    guard let kind else { throw .missingType }
    self.init(
      kind, data: data, fileSize: fileSize, blockSizes: blockSizes, hashType: hashType,
      fanout: fanout, mode: mode, modificationTime: modificationTime)
  }
}

extension UnixFSData.ModificationTime {
  fileprivate var bytes: [UInt8] {
    var bytes: [UInt8] = []
    // A number below zero takes all 64 bits.
    ProtobufWriter.number(UInt64(bitPattern: seconds), field: 1, to: &bytes)
    if nanoseconds > 0 { ProtobufWriter.fixed(nanoseconds, field: 2, to: &bytes) }
    return bytes
  }

  fileprivate init(parsing slice: ArraySlice<UInt8>, of bytes: [UInt8]) throws(BlockError) {
    self.init(seconds: 0)
    var reader = ProtobufReader(slice, of: bytes)
    while let (field, value, _) = try reader.next() {
      switch (field, value) {
      case (1, .number(let number)): seconds = Int64(bitPattern: number)
      case (2, .fixed(let number)) where number < 1_000_000_000: nanoseconds = number
      default: break
      }
    }
  }
}
