extension CID.Codec {
  /// Plain CBOR and JSON, and a key: no block of theirs links to another.
  private static let leaves: Set<UInt64> = [raw.rawValue, 0x51, 0x200, 0x72]

  /// Whether a block may link to others, and its links are read here.
  var hasLinks: Bool { self == .dagPB || self == .dagCBOR || self == .dagJSON }

  /// Whether a block may link to others that nobody finds here.
  var hidesLinks: Bool { !hasLinks && !Self.leaves.contains(rawValue) }
}

extension CID {
  /// Whether the block may link to others, and its links are read here.
  var hasLinks: Bool { codec.hasLinks }

  /// What the block links to; nothing for a codec without links, or with links that nobody here reads.
  func links(in source: some BlockSource) throws(ReadError) -> [CID] {
    guard hasLinks else { return [] }
    let bytes: [UInt8]
    do { bytes = try source.block(self) } catch { throw .repository(error) }
    return try links(of: bytes)
  }

  /// What the block with these bytes links to.
  public func links(of bytes: [UInt8]) throws(ReadError) -> [CID] {
    do throws(BlockError) {
      switch codec {
      case .dagPB: return try DAGNode(parsing: bytes).links.map(\.cid)
      case .dagCBOR: return try DAGCBOR.links(in: bytes)
      case .dagJSON: return try DAGJSON.links(in: bytes)
      default: return []
      }
    } catch { throw .malformed(self, error) }
  }
}
