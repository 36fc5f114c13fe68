/// Visits every block that some roots lead to, depth first, parents before children, each CID once.
///
/// Raw blocks are not read for it, only looked up: they have no links. A block of DAG-CBOR is visited, and its links are followed
/// where that was asked for, as are those of DAG-JSON; plain CBOR and JSON are visited then, too. Any other codec is an error.
public struct DAGWalk: Sendable {
  /// So many blocks are visited unless told otherwise.
  public static let defaultLimit = 1 << 22
  /// So many links are followed unless told otherwise, those to one block counted each time.
  public static let defaultLinkLimit = 1 << 24
  /// So many links are held at one time; those of nodes further up are read again on the way back.
  static let heldAtMost = 1 << 18

  /// Nodes may lie so deep in each other, those not counted that are the last link of the one above.
  public static let maximumDepth = 1 << 17

  /// One block on the way.
  public struct Step: Sendable {
    /// Its name.
    public var cid: CID
    /// Its length in bytes.
    public var length: Int
    /// Its bytes, where they were read to find the links.
    public var bytes: [UInt8]?
  }

  /// A node on the path from a root.
  private struct Node: Sendable {
    var cid: CID
    /// Its links; nil where others needed the room.
    var links: [CID]?
    /// How many links were followed.
    var followed = 0
  }

  private let source: any BlockSource
  private let limit: Int
  private let linkLimit: Int
  private let memory: Int
  private let followsCBOR: Bool
  private let takesAny: Bool
  /// The roots that are still to be visited, the next one last.
  private var roots: [CID]
  private var path: [Node] = []
  /// How many nodes of the path, from the root on, had to give up their links.
  private var bare = 0
  private var held = 0
  private var links = 0
  private var seen: VisitedBlocks

  /// Starts at the first root; throws `overLimit` from `next` beyond so many blocks, or so many links.
  ///
  /// At a root that comes after `memory` blocks it forgets which blocks it visited, and may visit some again. The links of DAG-CBOR
  /// are followed with `followsCBOR` only; with `takesAny` a block of a codec that nobody here reads is visited as one without links.
  public init(
    _ roots: [CID], in source: any BlockSource, limit: Int = Self.defaultLimit,
    linkLimit: Int = Self.defaultLinkLimit, memory: Int = .max, followsCBOR: Bool = false,
    takesAny: Bool = false
  ) {
    self.source = source
    self.limit = limit
    self.linkLimit = linkLimit
    self.memory = memory
    self.followsCBOR = followsCBOR
    self.takesAny = takesAny
    self.roots = roots.reversed()
    seen = source.visitedBlocks()
  }

  /// The next block; nil when all were visited.
  ///
  /// Throws `repository` with `notFound` for one that the source does not have, and `overLimit`. After an error about one block the
  /// walk can go on behind it.
  public mutating func next() throws(ReadError) -> Step? {
    while let cid = try nextLink() {
      // Marked when it is visited, not when it is met: else the order were not depth first.
      guard seen.insert(cid) else { continue }
      guard seen.count <= limit else { throw .overLimit(.entries(limit)) }
      switch cid.codec {
      case .dagPB,
        .dagCBOR where followsCBOR,
        .dagJSON where followsCBOR:
        let bytes = try attempt { () throws(RepositoryError) in try source.block(cid) }
        try enter(cid, try cid.links(of: bytes))
        return Step(cid: cid, length: bytes.count, bytes: bytes)
      case .raw, .dagCBOR:
        let length = try attempt { () throws(RepositoryError) in try source.length(of: cid) }
        return Step(cid: cid, length: length, bytes: nil)
      case let codec where takesAny || followsCBOR && !codec.hidesLinks:
        let length = try attempt { () throws(RepositoryError) in try source.length(of: cid) }
        return Step(cid: cid, length: length, bytes: nil)
      default:
        throw .unsupportedCodec(cid)
      }
    }
    return nil
  }

  /// The next link of the node that the walk is at, or else of the nearest above that has one, or else the next root.
  private mutating func nextLink() throws(ReadError) -> CID? {
    while let node = path.last {
      guard let list = node.links else {
        // On the way back, so each node is read once more at most for each time that the path grew too wide below it.
        path.removeLast()
        bare = min(bare, path.count)
        let bytes = try attempt { () throws(RepositoryError) in try source.block(node.cid) }
        try enter(node.cid, try node.cid.links(of: bytes), followed: node.followed)
        continue
      }
      guard node.followed < list.count else {
        leave(list.count)
        continue
      }
      guard links < linkLimit else { throw .overLimit(.entries(linkLimit)) }
      links += 1
      path[path.count - 1].followed += 1
      // Nobody comes back for a node whose last link is taken, so that a chain, however long, is no path.
      if node.followed == list.count - 1 { leave(list.count) }
      return list[node.followed]
    }
    if seen.count >= memory { seen = source.visitedBlocks() }
    return roots.popLast()
  }

  /// The next raw blocks below the node that the walk is at, so many at most.
  func leavesAhead(_ count: Int) -> [CID] {
    guard let node = path.last, let links = node.links else { return [] }
    var leaves: [CID] = []
    for cid in links[node.followed...] {
      guard leaves.count < count, cid.codec == .raw else { break }
      if !seen.contains(cid) { leaves.append(cid) }
    }
    return leaves
  }

  /// Forgets the last node, which held so many links.
  private mutating func leave(_ count: Int) {
    held -= count
    path.removeLast()
    bare = min(bare, path.count)
  }

  private mutating func enter(
    _ cid: CID, _ links: [CID], followed: Int = 0
  ) throws(ReadError) {
    guard path.count < Self.maximumDepth else { throw .overLimit(.depth(Self.maximumDepth)) }
    path.append(Node(cid: cid, links: links, followed: followed))
    held += links.count
    while held > Self.heldAtMost, bare < path.count - 1 {
      held -= path[bare].links?.count ?? 0
      path[bare].links = nil
      bare += 1
    }
  }

  private func attempt<T>(_ body: () throws(RepositoryError) -> T) throws(ReadError) -> T {
    do { return try body() } catch { throw .repository(error) }
  }

  /// The first block, in the order of the walk, that the source does not have; nil where all are there.
  ///
  /// Throws what makes the walk impossible: a malformed or damaged node, a codec whose links nobody here reads, `overLimit`.
  public static func firstMissing(
    below roots: [CID], in source: any BlockSource, limit: Int = Self.defaultLimit
  ) throws(ReadError) -> CID? {
    var walk = DAGWalk(roots, in: source, limit: limit)
    do throws(ReadError) {
      while try walk.next() != nil {}
    } catch .repository(.notFound(let cid)) {
      return cid
    }
    return nil
  }
}
