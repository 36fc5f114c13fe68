/// Holds the blocks of an archive against the part of a DAG that was asked for: whether they come in order, and when all have come.
///
/// The blocks must have been proved, as `CARStream` does. What it was not given it does not know: with an archive that breaks off, a
/// second can take up where the first ended, when its blocks are passed over up to `next`.
public struct ExpectedBlocks: Sendable {
  /// What a block is to the part.
  public enum Verdict: Sendable {
    /// It is the one that had to come next.
    case expected
    /// It has come before.
    case repeated
    /// It belongs elsewhere.
    case unexpected
  }

  private var walk: PartWalk
  /// What has to come next; nil when all has come.
  public private(set) var next: CID?

  /// Expects the blocks of a part, its path's first.
  public init(_ part: DAGPart, limit: Int = DAGWalk.defaultLimit) throws(ReadError) {
    walk = PartWalk(part, limit: limit)
    next = try walk.peek()
  }

  /// Whether all blocks have come.
  public var isComplete: Bool { next == nil }

  /// Takes the next block.
  ///
  /// Throws what shows that the DAG itself is bad, or goes beyond a limit: no other archive of it can be better.
  public mutating func take(_ cid: CID, _ bytes: RawSpan) throws(ReadError) -> Verdict {
    guard cid == next else {
      // Writers differ in whether they write what lies in its CID.
      return cid.inlineBlock != nil || walk.hasVisited(cid) ? .repeated : .unexpected
    }
    let block = unsafe bytes.withUnsafeBytes { unsafe Array($0) }
    _ = try walk.next(from: OneBlock(cid: cid, bytes: block))
    next = try walk.peek()
    return .expected
  }

  private struct OneBlock: BlockSource {
    var cid: CID
    var bytes: [UInt8]

    func block(_ cid: CID) throws(RepositoryError) -> [UInt8] {
      guard cid == self.cid else { throw .notFound(cid) }
      return bytes
    }
  }
}
