internal import Hashing

/// Counts the blocks below a root, step by step, each read once however often it is linked to.
///
/// It is a value, and a `step` that throws leaves it as it was: where a block was missing, step again once it is there. Its memory is
/// bounded by the limit on blocks.
public struct DAGTally: Sendable {
  /// So many different blocks are counted: of a repository's, some ten bytes of memory for each without links, and 40 for others.
  public static let limit = 1_500_000
  /// Nodes may lie so deep in each other.
  public static let maximumDepth = 4096
  /// So many links are held above the last node; those further up are read again on the way back.
  static let heldAtMost = 1 << 18

  /// Blocks and their bytes, those that are linked to twice counted twice; 2^64-1 where there are more.
  public struct Total: Equatable, Sendable {
    /// The number of blocks.
    public var blocks: UInt64
    /// The bytes of all.
    public var bytes: UInt64

    static func += (total: inout Total, other: Total) {
      total.blocks = sum(total.blocks, other.blocks)
      total.bytes = sum(total.bytes, other.bytes)
    }

    private static func sum(_ one: UInt64, _ other: UInt64) -> UInt64 {
      let (sum, overflow) = one.addingReportingOverflow(other)
      return overflow ? .max : sum
    }
  }

  /// What a tree made of these blocks would have.
  public private(set) var total = Total(blocks: 0, bytes: 0)
  /// The different blocks, each counted once.
  public private(set) var distinct = Total(blocks: 0, bytes: 0)
  /// The links in the different blocks.
  public private(set) var links: UInt64 = 0

  private let source: any BlockSource
  private let limit: Int
  private var root: CID?
  private var path: [Node] = []
  private var held = 0
  /// Blocks without links, and what lies in and below those with links.
  private var leaves: VisitedBlocks
  private var nodes: [Key: Total] = [:]

  /// A node on the path from the root.
  private struct Node: Sendable {
    let cid: CID
    let key: Key
    /// Its links; nil where others needed the room.
    var links: [CID]?
    var next = 0
    var total: Total
  }

  /// Half of a hash: nobody can make two that are equal.
  private struct Key: Hashable, Sendable {
    private let words: (UInt64, UInt64)

    init(_ cid: CID) {
      let digest = SHA256.hash(cid.v1.bytes)
      words = (digest.words.0, digest.words.1)
    }

    static func == (one: Key, other: Key) -> Bool { one.words == other.words }
    func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
  }

  /// Starts at a root; nothing is read yet.
  ///
  /// Throws `overLimit` from `step` beyond so many blocks, and `unsupportedCodec` at a block whose links nobody reads here.
  public init(_ root: CID, in source: any BlockSource, limit: Int = Self.limit) {
    self.source = source
    self.limit = limit
    self.root = root
    leaves = source.visitedBlocks()
  }

  /// Counts one block more; false when all were counted.
  public mutating func step() throws(ReadError) -> Bool {
    if let root {
      if let whole = try visit(root) { total = whole }
      self.root = nil
      return true
    }
    guard let node = path.last else { return false }
    let links = try links(of: node)
    let index = path.count - 1
    guard node.next < links.count else {
      nodes[node.key] = node.total
      path.removeLast()
      held -= links.count
      if path.isEmpty { total = node.total } else { path[index - 1].total += node.total }
      return true
    }
    // The node is left as it is where its child cannot be read.
    if let found = try visit(links[node.next]) { path[index].total += found }
    path[index].next += 1
    return true
  }

  /// The links of the last node, which is read again where they were let go.
  private mutating func links(of node: Node) throws(ReadError) -> [CID] {
    if let links = node.links { return links }
    let links = try node.cid.links(of: try bytes(of: node.cid))
    path[path.count - 1].links = links
    held += links.count
    return links
  }

  /// What lies in and below a block; nil where it has to be gone through first.
  private mutating func visit(_ cid: CID) throws(ReadError) -> Total? {
    guard cid.hasLinks else {
      let isNew = !leaves.contains(cid.v1)
      if isNew {
        try requireLimit()
        guard !cid.codec.hidesLinks else { throw .unsupportedCodec(cid) }
      }
      return count(cid, try length(of: cid), isNew: isNew)
    }
    let key = Key(cid)
    if let total = nodes[key] { return total }
    if leaves.contains(cid.v1) { return count(cid, try length(of: cid), isNew: false) }
    try requireLimit()
    let bytes = try bytes(of: cid)
    let found = try cid.links(of: bytes)
    guard !found.isEmpty else { return count(cid, UInt64(bytes.count), isNew: true) }
    guard path.count < Self.maximumDepth else { throw .overLimit(.depth(Self.maximumDepth)) }
    let own = Total(blocks: 1, bytes: UInt64(bytes.count))
    distinct += own
    links += UInt64(found.count)
    if held > Self.heldAtMost {
      for index in path.indices { path[index].links = nil }
      held = 0
    }
    path.append(Node(cid: cid, key: key, links: found, total: own))
    held += found.count
    return nil
  }

  private func requireLimit() throws(ReadError) {
    guard distinct.blocks < limit else { throw .overLimit(.blocks(limit)) }
  }

  /// A block without links.
  private mutating func count(_ cid: CID, _ length: UInt64, isNew: Bool) -> Total {
    let own = Total(blocks: 1, bytes: length)
    if isNew, leaves.insert(cid.v1) { distinct += own }
    return own
  }

  private func length(of cid: CID) throws(ReadError) -> UInt64 {
    do { return UInt64(try source.length(of: cid)) } catch { throw .repository(error) }
  }

  private func bytes(of cid: CID) throws(ReadError) -> [UInt8] {
    do { return try source.block(cid) } catch { throw .repository(error) }
  }
}
