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

  /// What the node is.
  public var kind: Kind
  /// The content that lies in the node itself; nil where the field is absent.
  public var data: [UInt8]?
  /// The bytes of content in and below the node; nil where the field is absent.
  public var fileSize: UInt64?
  /// The bytes of content below each link.
  public var blockSizes: [UInt64]

  /// Makes the data from its fields.
  public init(
    _ kind: Kind, data: [UInt8]? = nil, fileSize: UInt64? = nil, blockSizes: [UInt64] = []
  ) {
    self.kind = kind
    self.data = data
    self.fileSize = fileSize
    self.blockSizes = blockSizes
  }

  /// The bytes of the field, as Kubo writes them.
  public var bytes: [UInt8] {
    var bytes: [UInt8] = []
    ProtobufWriter.number(kind.rawValue, field: 1, to: &bytes)
    if let data { ProtobufWriter.bytes(data, field: 2, to: &bytes) }
    if let fileSize { ProtobufWriter.number(fileSize, field: 3, to: &bytes) }
    for size in blockSizes { ProtobufWriter.number(size, field: 4, to: &bytes) }
    return bytes
  }

  /// Reads the data field of a node; mode, time and fields of later versions are passed over.
  public init(parsing bytes: [UInt8]) throws(BlockError) {
    var kind: Kind?
    var data: [UInt8]?
    var fileSize: UInt64?
    var blockSizes: [UInt64] = []
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
      case (1, _), (3, _): throw .badWireType(2, offset: offset)
      case (2, _): throw .badWireType(0, offset: offset)
      default: break
      }
    }
    guard let kind else { throw .missingType }
    self.init(kind, data: data, fileSize: fileSize, blockSizes: blockSizes)
  }
}
