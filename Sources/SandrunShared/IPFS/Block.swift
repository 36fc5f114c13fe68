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
