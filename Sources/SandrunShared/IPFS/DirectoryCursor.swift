/// Reads the entries of a directory one by one, whether it lies in one block or is spread over many.
///
/// It is a value, and a `next` that throws leaves it as it was: where a block was missing, step again once it is there. It holds a block or
/// two, however many entries there are. As with `ContentReader`, nothing that a block tells is believed.
public struct DirectoryCursor: Sendable {
  /// Whether the directory is spread over several blocks, a HAMT.
  public let isSharded: Bool

  private let reader: ContentReader
  private var path = NodePath<Place>()

  /// How far the cursor is in one block.
  private struct Place: Sendable {
    var next = 0
    var shard: ShardPlace?
  }

  /// Opens a directory; throws `notDirectory` where the CID names none.
  public init(_ cid: CID, in source: any BlockSource) throws(ReadError) {
    let reader = ContentReader(source)
    try self.init(try reader.unixFSNode(cid), reader)
  }

  init(_ node: UnixFSNode, _ reader: ContentReader) throws(ReadError) {
    self.reader = reader
    isSharded = node.data.kind == .hamtShard
    switch node.data.kind {
    case .directory:
      try node.checkNames()
      path.enter(node, Place())
    case .hamtShard:
      let shard = try ShardPlace(root: node)
      try shard.check(node)
      path.enter(node, Place(shard: shard))
    case .raw, .file, .metadata, .symlink:
      throw .notDirectory(node.cid)
    }
  }

  /// The next entry; nil at the end.
  ///
  /// In one block they come in its order; in a HAMT, in that of their names' hashes, as Kubo lists them.
  public mutating func next() throws(ReadError) -> ContentReader.Entry? {
    while var place = path.note, let node = try path.node(from: reader) {
      guard place.next < node.links.count else {
        path.leave()
        continue
      }
      let link = node.links[place.next]
      place.next += 1
      guard let shard = place.shard else {
        path.setNote(place)
        return ContentReader.Entry(name: link.name ?? [], link)
      }
      if let name = shard.entryName(link) {
        path.setNote(place)
        return ContentReader.Entry(name: name, link)
      }
      let below = try shard.below(link, of: node)
      let child = try reader.unixFSNode(link.cid)
      try below.check(child)
      path.setNote(place)
      path.enter(child, Place(shard: below))
    }
    return nil
  }

  /// Holds little while something else is read; what is needed is read again.
  public mutating func park() {
    path.letGo(above: 4096)
  }
}

extension ContentReader {
  /// The entry of a directory by its name; of a HAMT, only the blocks on the way to the name are read.
  ///
  /// Throws `notDirectory`, and `noEntry` where there is none.
  public func entry(_ name: [UInt8], of cid: CID) throws(ReadError) -> Entry {
    var node = try unixFSNode(cid)
    guard node.data.kind == .hamtShard else {
      guard node.data.kind == .directory else { throw .notDirectory(cid) }
      try node.checkNames()
      guard let link = node.links.first(where: { $0.name ?? [] == name }) else {
        throw .noEntry(cid, DirectoryName.text(name))
      }
      return Entry(name: name, link)
    }
    var shard = try ShardPlace(root: node)
    while true {
      try shard.check(node)
      guard let link = shard.link(for: name, in: node) else { break }
      if let found = shard.entryName(link) {
        guard found == name else { break }
        return Entry(name: name, link)
      }
      shard = try shard.below(link, of: node)
      node = try self.unixFSNode(link.cid)
    }
    throw .noEntry(cid, DirectoryName.text(name))
  }
}

extension ContentReader.Entry {
  init(name: [UInt8], _ link: DAGNode.Link) {
    self.init(name: name, cid: link.cid, cumulativeSize: link.cumulativeSize ?? 0)
  }
}
