internal import Hashing

/// Counts the blocks below a root, step by step, each read once however often it is linked to.
///
/// It is a value, and a `step` that throws leaves it as it was: where a block was missing, step again once it is there. Its memory is
/// bounded by the limit on blocks.
public struct DAGTally: Sendable {
  /// So many different blocks are counted: some tens of bytes of memory each.
  public static let limit = 1_500_000
  /// Nodes may lie so deep in each other.
  public static let maximumDepth = 4096

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

  private let reader: ContentReader
  private let limit: Int
  private var root: CID?
  private var path = NodePath<Place>()
  /// Blocks without links, and what lies in and below those with links.
  private var leaves: Set<Key> = []
  private var nodes: [Key: Total] = [:]

  private struct Place: Sendable {
    var key: Key
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
  /// Throws `overLimit` from `step` beyond so many blocks.
  public init(_ root: CID, in source: any BlockSource, limit: Int = Self.limit) {
    reader = ContentReader(source)
    self.limit = limit
    self.root = root
  }

  /// Counts one block more; false when all were counted.
  public mutating func step() throws(ReadError) -> Bool {
    if let root {
      if let whole = try visit(root) { total = whole }
      self.root = nil
      return true
    }
    guard var place = path.note, let node = try path.node(from: reader) else { return false }
    guard place.next < node.links.count else {
      nodes[place.key] = place.total
      path.leave()
      if var above = path.note {
        above.total += place.total
        path.setNote(above)
      } else {
        total = place.total
      }
      return true
    }
    let child = node.links[place.next].cid
    place.next += 1
    // The place above a node that is entered is noted first: nothing can fail any more behind the reading of its block.
    if let found = try visit(child, above: place) {
      place.total += found
      path.setNote(place)
    }
    return true
  }

  /// What lies in and below a block; nil where it has to be gone through first.
  private mutating func visit(_ cid: CID, above: Place? = nil) throws(ReadError) -> Total? {
    let key = Key(cid)
    if let total = nodes[key] { return total }
    if leaves.contains(key) { return Total(blocks: 1, bytes: try length(of: cid)) }
    guard distinct.blocks < limit else { throw .overLimit(.blocks(limit)) }
    switch cid.codec {
    case .raw, .dagCBOR:
      return count(key, try length(of: cid))
    case .dagPB:
      let node = try reader.unixFSNode(cid)
      let length = UInt64(node.byteCount)
      guard !node.links.isEmpty else { return count(key, length) }
      guard path.count < Self.maximumDepth else {
        throw .overLimit(.depth(Self.maximumDepth))
      }
      let own = Total(blocks: 1, bytes: length)
      distinct += own
      links += UInt64(node.links.count)
      if let above { path.setNote(above) }
      path.enter(node, Place(key: key, total: own))
      path.dropData()
      return nil
    default:
      throw .unsupportedCodec(cid)
    }
  }

  private mutating func count(_ key: Key, _ length: UInt64) -> Total {
    leaves.insert(key)
    let own = Total(blocks: 1, bytes: length)
    distinct += own
    return own
  }

  private func length(of cid: CID) throws(ReadError) -> UInt64 {
    do { return UInt64(try reader.source.length(of: cid)) } catch { throw .repository(error) }
  }
}
