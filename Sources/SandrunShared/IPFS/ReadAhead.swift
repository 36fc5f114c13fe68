internal import Dispatch
internal import Synchronization

/// A source that reads and proves the blocks to come while those before them are dealt with, on other threads.
///
/// For one reader of one file: what it no longer names as to come is dropped.
public final class ReadAhead: BlockSource {
  /// The block that is asked for and a few behind it; it bounds memory.
  public var wantedAhead: Int { 5 }

  private let source: any BlockSource
  private let pending = Mutex<[CID: Pending]>([:])

  /// A block on its way.
  private final class Pending: Sendable {
    private let reading = DispatchGroup()
    private let bytes = Mutex<[UInt8]?>(nil)

    init(_ cid: CID, from source: any BlockSource) {
      DispatchQueue.global().async(group: reading) {
        // Why it failed is found out again, should it be asked for.
        guard let block = try? source.block(cid) else { return }
        self.bytes.withLock { $0 = block }
      }
    }

    /// The block, for its one taker; nil where it could not be read.
    func take() -> [UInt8]? {
      reading.wait()
      return bytes.withLock { bytes in
        defer { bytes = nil }
        return bytes
      }
    }
  }

  /// Reads ahead in another source.
  public init(_ source: any BlockSource) {
    self.source = source
  }

  /// The block, as a rule read by now.
  public func block(_ cid: CID) throws(RepositoryError) -> [UInt8] {
    if let block = pending.withLock({ $0.removeValue(forKey: cid) })?.take() { return block }
    return try source.block(cid)
  }

  /// What the source says.
  public func unprovedBlock(_ cid: CID) throws(RepositoryError) -> [UInt8] {
    try source.unprovedBlock(cid)
  }

  /// What the source says.
  public func length(of cid: CID) throws(RepositoryError) -> Int {
    try source.length(of: cid)
  }

  /// What the source says.
  public func visitedBlocks() -> VisitedBlocks { source.visitedBlocks() }

  /// Begins with the first of these blocks.
  public func willRead(_ cids: [CID]) {
    let next = cids.prefix(wantedAhead)
    pending.withLock { pending in
      let old = pending
      pending.removeAll(keepingCapacity: true)
      for cid in next where pending[cid] == nil {
        pending[cid] = old[cid] ?? Pending(cid, from: source)
      }
    }
  }
}
