public import Hashing

/// What holds of every block.
public enum Block {
  /// The largest block that is made, kept or read, in bytes: what Bitswap carries.
  public static let maximumLength = 2 << 20
}

/// Where blocks come from.
public protocol BlockSource: Sendable {
  /// The bytes of a block, proved to be the ones that the CID names.
  func block(_ cid: CID) throws(RepositoryError) -> [UInt8]

  /// The bytes kept for a block, unproved: for whoever hands them to somebody that proves them.
  func unprovedBlock(_ cid: CID) throws(RepositoryError) -> [UInt8]

  /// The length of a block in bytes, or `notFound`; nothing is proved of the block.
  func length(of cid: CID) throws(RepositoryError) -> Int

  /// Where a walk notes which blocks it visited.
  func visitedBlocks() -> VisitedBlocks

  /// How many blocks to come the source wants to be told of.
  var wantedAhead: Int { get }

  /// Tells of the blocks that will be asked for next, in this order.
  func willRead(_ cids: [CID])
}

extension BlockSource {
  /// Proves the block all the same; a source that can save the work does.
  public func unprovedBlock(_ cid: CID) throws(RepositoryError) -> [UInt8] {
    try block(cid)
  }

  /// Reads the block to learn its length; a source that knows without does not.
  public func length(of cid: CID) throws(RepositoryError) -> Int {
    try block(cid).count
  }

  /// What takes 16 to 32 bytes a block; a source that knows its blocks needs less.
  public func visitedBlocks() -> VisitedBlocks { VisitedBlocks() }

  /// None.
  public var wantedAhead: Int { 0 }

  /// Does nothing.
  public func willRead(_ cids: [CID]) {}
}

/// Where an importer's blocks go; called from several threads at once.
public protocol BlockSink: Sendable {
  /// Takes a block whose SHA-256 is `digest`.
  func put(_ bytes: RawSpan, as digest: Digest32) throws(RepositoryError)
}

/// Takes blocks and keeps none: for learning CIDs only.
public struct DiscardingSink: BlockSink {
  /// Makes the sink.
  public init() {}

  /// Does nothing.
  public func put(_ bytes: RawSpan, as digest: Digest32) {}
}
