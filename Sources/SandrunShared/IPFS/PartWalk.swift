/// Visits the blocks of a part of a DAG, depth first, parents before children, each CID once: what a trustless gateway sends with
/// `order=dfs` and `dups=n`.
///
/// Each step is told where blocks are, so that they may come from anywhere. A step that throws leaves the walk as it was, and can be taken
/// again. Blocks that lie in their own CID are looked into and not visited.
public struct PartWalk: Sendable {
  /// So many links are held at one time; a DAG that is wide in more places at once ends in an error.
  static let heldAtMost = 1 << 19

  /// What a block is visited for.
  enum Role {
    /// It is on the way: the name of this number is looked up in it.
    case way(Int)
    /// It is a shard on the way to the name of this number.
    case shard(Int, ShardPlace)
    /// All below it is visited.
    case whole
    /// The shards below it are visited, and no entry.
    case listing(ShardPlace)
    /// It is a piece of a file, and only what is wanted of it is visited: where it begins, and its size.
    case piece(start: UInt64, size: UInt64)
  }

  struct Place {
    var cid: CID
    var role: Role
  }

  let part: DAGPart
  private let limit: Int
  private let linkLimit: Int
  /// What is still to be visited, the next one last.
  private var waiting: [Place]
  /// The bytes of the file that are wanted, once its root was seen.
  var range: Range<UInt64> = 0..<0
  private var visited = CIDSet()
  /// Pieces of a file of which all was wanted, so that all below them was visited.
  private var finished = CIDSet()
  /// Pieces that have links of which some were not wanted: they lie at the two ends of the range, a few at most.
  private var partial: [CID: [UInt8]] = [:]
  private var links = 0

  /// Starts at the root of a part's path; throws `overLimit` beyond so many blocks, or so many links.
  public init(
    _ part: DAGPart, limit: Int = DAGWalk.defaultLimit, linkLimit: Int = DAGWalk.defaultLinkLimit
  ) {
    self.part = part
    self.limit = limit
    self.linkLimit = linkLimit
    waiting = [Place(cid: part.path.root, role: .way(0))]
  }

  /// Whether a block was visited.
  public func hasVisited(_ cid: CID) -> Bool { visited.contains(cid) }

  /// The CID of the next block; nil when all were visited.
  public mutating func peek() throws(ReadError) -> CID? {
    while let place = waiting.last {
      if let inline = place.cid.inlineBlock {
        try enter(place, inline)
      } else if !visited.contains(place.cid) {
        return place.cid
      } else if let bytes = partial[place.cid], !finished.contains(place.cid) {
        // There twice, at an end of the range and elsewhere: something else of it may be wanted.
        try enter(place, bytes)
      } else {
        waiting.removeLast()
      }
    }
    return nil
  }

  /// The next block, proved by its source; nil when all were visited.
  ///
  /// Throws `repository` with `notFound` for one that the source does not have.
  public mutating func next(
    from source: any BlockSource
  ) throws(ReadError) -> (cid: CID, bytes: [UInt8])? {
    guard let cid = try peek(), let place = waiting.last else { return nil }
    guard visited.count < limit else { throw .overLimit(.entries(limit)) }
    let bytes: [UInt8]
    do { bytes = try source.block(cid) } catch { throw .repository(error) }
    try enter(place, bytes)
    _ = visited.insert(cid)
    return (cid, bytes)
  }

  /// Puts what is wanted below a block in the block's place.
  private mutating func enter(_ place: Place, _ bytes: [UInt8]) throws(ReadError) {
    let below = try children(of: place, bytes)
    guard links + below.count <= linkLimit else { throw .overLimit(.entries(linkLimit)) }
    guard waiting.count + below.count <= Self.heldAtMost else {
      throw .overLimit(.entries(Self.heldAtMost))
    }
    if case .piece(let start, let size) = below.isEmpty ? .whole : place.role {
      if range.lowerBound <= start, start + size <= range.upperBound {
        _ = finished.insert(place.cid)
      } else {
        partial[place.cid] = bytes
      }
    }
    links += below.count
    waiting.removeLast()
    waiting += below.reversed()
  }
}
