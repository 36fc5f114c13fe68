public import IPFS
public import SystemPackage

/// The node's own blocks.
public final class NodeContent: BlockSource, Sendable {
  /// Where new blocks go.
  public let current: Repository

  /// Opens the content in a folder, or begins one.
  public init(at folder: FilePath) throws(RepositoryError) {
    current = try Repository(at: folder)
  }

  /// The bytes of a block.
  public func block(_ cid: CID) throws(RepositoryError) -> [UInt8] { try current.block(cid) }
}
