/// Visits every block that some roots lead to, depth first, parents before children, each CID once.
///
/// Raw blocks are not read for it, only looked up: they have no links. A block of DAG-CBOR is visited, but its links are not
/// followed; any other codec is an error.
public struct DAGWalk {
  /// So many blocks are visited unless told otherwise; it also bounds the links held at one time.
  public static let defaultLimit = 1 << 22

  /// One block on the way.
  public struct Step: Sendable {
    /// Its name.
    public var cid: CID
    /// Its length in bytes.
    public var length: Int
    /// Its bytes, where they were read to find the links.
    public var bytes: [UInt8]?
  }

  private let source: any BlockSource
  private let limit: Int
  private var seen: Set<CID> = []
  /// What is still to be visited, the next one last.
  private var waiting: [CID]

  /// Starts at the first root.
  public init(_ roots: [CID], in source: any BlockSource, limit: Int = Self.defaultLimit) {
    self.source = source
    self.limit = limit
    waiting = roots.reversed()
  }

  /// The next block; nil when all were visited.
  ///
  /// Throws `repository` with `notFound` for one that the source does not have, and `overLimit`.
  public mutating func next() throws(ReadError) -> Step? {
    while let cid = waiting.popLast() {
      // Marked when it is visited, not when it is met: else the order were not depth first.
      guard seen.insert(cid).inserted else { continue }
      guard seen.count <= limit else { throw .overLimit(.entries(limit)) }
      switch cid.codec {
      case .dagPB:
        let bytes = try attempt { () throws(RepositoryError) in try source.block(cid) }
        try follow(cid, bytes)
        return Step(cid: cid, length: bytes.count, bytes: bytes)
      case .raw, .dagCBOR:
        let length = try attempt { () throws(RepositoryError) in try source.length(of: cid) }
        return Step(cid: cid, length: length, bytes: nil)
      default:
        throw .unsupportedCodec(cid)
      }
    }
    return nil
  }

  private mutating func follow(_ cid: CID, _ bytes: [UInt8]) throws(ReadError) {
    let node: DAGNode
    do { node = try DAGNode(parsing: bytes) } catch { throw .malformed(cid, error) }
    for link in node.links.reversed() where !seen.contains(link.cid) {
      guard waiting.count < limit else { throw .overLimit(.entries(limit)) }
      waiting.append(link.cid)
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
