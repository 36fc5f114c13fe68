/// How files and directories become blocks: everything that has a say in a CID.
public struct ImportOptions: Hashable, Sendable {
  /// A named set of options, as Kubo names its own.
  public enum Profile: String, CaseIterable, Sendable {
    /// CIDv1, raw leaves, chunks of 1 MiB, 1024 links a node: the default.
    case unixfsV1 = "unixfs-v1-2025"
    /// Kubo's `--cid-version=1`: raw leaves, chunks of 256 KiB, 174 links a node.
    case kuboCIDv1 = "kubo-cidv1"
    /// Kubo's own default: CIDv0, wrapped leaves, chunks of 256 KiB, 174 links a node.
    case unixfsV0 = "unixfs-v0-2015"
  }

  /// What is measured to tell whether a directory fits one block.
  enum DirectoryMeasure: Sendable {
    /// The names and the CIDs of its links.
    case links
    /// The block itself.
    case block
  }

  /// The largest chunk that `size-N` may ask for: what a block may hold with room for its wrapping.
  public static let maximumChunkSize = Block.maximumLength - 256

  /// The version of the CIDs of nodes; a raw leaf is always version 1.
  public var cidVersion: CID.Version
  /// Whether a chunk is a block as it is, or is wrapped in a node.
  public var rawLeaves: Bool
  /// The bytes in a chunk.
  public var chunkSize: Int
  /// The most links in a node of a file.
  public var maximumFileLinks: Int
  /// Whether directories take in names that begin with a dot.
  public var includesHidden = false

  let directoryMeasure: DirectoryMeasure
  /// A directory that measures more needs a HAMT, in bytes.
  let directoryLimit = 256 << 10

  /// The options of a profile.
  public init(_ profile: Profile = .unixfsV1) {
    switch profile {
    case .unixfsV1:
      (cidVersion, rawLeaves, chunkSize, maximumFileLinks) = (.v1, true, 1 << 20, 1024)
      directoryMeasure = .block
    case .kuboCIDv1:
      (cidVersion, rawLeaves, chunkSize, maximumFileLinks) = (.v1, true, 256 << 10, 174)
      directoryMeasure = .links
    case .unixfsV0:
      (cidVersion, rawLeaves, chunkSize, maximumFileLinks) = (.v0, false, 256 << 10, 174)
      directoryMeasure = .links
    }
  }
}
