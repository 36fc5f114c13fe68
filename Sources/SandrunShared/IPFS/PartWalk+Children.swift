extension PartWalk {
  /// What of a block's links is wanted, in their order.
  mutating func children(of place: Place, _ bytes: [UInt8]) throws(ReadError) -> [Place] {
    switch place.role {
    case .way(let index) where index < part.path.names.count:
      return [try step(index, from: place.cid, bytes)]
    case .way: return try target(place.cid, bytes)
    case .shard(let index, let shard):
      return [try step(index, from: place.cid, at: shard, bytes)]
    case .whole: return try Self.links(of: place.cid, bytes).map { Place(cid: $0, role: .whole) }
    case .listing(let shard): return try shards(below: UnixFSNode(place.cid, bytes), at: shard)
    case .piece(let start, let size):
      let node = try UnixFSNode(place.cid, bytes)
      guard try node.contentSize() == size else { throw .wrongSize(place.cid) }
      return pieces(of: node, from: start)
    }
  }

  /// What is wanted of that to which the path leads.
  private mutating func target(_ cid: CID, _ bytes: [UInt8]) throws(ReadError) -> [Place] {
    switch part.scope {
    case .block: return []
    case .all: return try Self.links(of: cid, bytes).map { Place(cid: $0, role: .whole) }
    case .entity:
      // Of what is no UnixFS, its block is all that there is.
      guard cid.codec == .dagPB, let node = try? UnixFSNode(cid, bytes) else { return [] }
      switch node.data.kind {
      case .hamtShard: return try shards(below: node, at: ShardPlace(root: node))
      case .file, .raw:
        guard let stretch = part.bytes else {
          return node.links.map { Place(cid: $0.cid, role: .whole) }
        }
        range = stretch.range(of: try node.contentSize())
        return pieces(of: node, from: 0)
      case .directory, .symlink, .metadata: return []
      }
    }
  }

  /// Where a name leads, from a directory or, where a place is given, from a shard of one.
  private func step(
    _ index: Int, from cid: CID, at place: ShardPlace? = nil, _ bytes: [UInt8]
  ) throws(ReadError) -> Place {
    let name = part.path.names[index]
    let node = try UnixFSNode(cid, bytes)
    let missing = ReadError.noEntry(cid, DirectoryName.text(name))
    if place == nil, node.data.kind == .directory {
      guard let link = node.links.first(where: { ($0.name ?? []) == name }) else { throw missing }
      return Place(cid: link.cid, role: .way(index + 1))
    }
    guard place != nil || node.data.kind == .hamtShard else { throw .notDirectory(cid) }
    let shard: ShardPlace
    if let place { shard = place } else { shard = try ShardPlace(root: node) }
    try shard.check(node)
    guard let link = shard.link(for: name, in: node) else { throw missing }
    guard let entry = shard.entryName(link) else {
      return Place(cid: link.cid, role: .shard(index, try shard.below(link, of: node)))
    }
    guard entry == name else { throw missing }
    return Place(cid: link.cid, role: .way(index + 1))
  }

  /// The shards right below one.
  private func shards(below node: UnixFSNode, at place: ShardPlace) throws(ReadError) -> [Place] {
    try place.check(node)
    var shards: [Place] = []
    for link in node.links where place.entryName(link) == nil {
      shards.append(Place(cid: link.cid, role: .listing(try place.below(link, of: node))))
    }
    return shards
  }

  /// The pieces of a file that hold wanted bytes.
  private func pieces(of node: UnixFSNode, from start: UInt64) -> [Place] {
    // That there are as many sizes as links, and none of nothing, was seen to with the node's own size.
    var start = start + UInt64(node.data.data?.count ?? 0)
    var pieces: [Place] = []
    for (link, size) in zip(node.links, node.data.blockSizes) {
      if start < range.upperBound, start + size > range.lowerBound {
        pieces.append(Place(cid: link.cid, role: .piece(start: start, size: size)))
      }
      start += size
    }
    return pieces
  }

  private static func links(of cid: CID, _ bytes: [UInt8]) throws(ReadError) -> [CID] {
    guard cid.hasLinks || cid.codec == .raw else { throw .unsupportedCodec(cid) }
    return try cid.links(of: bytes)
  }
}
