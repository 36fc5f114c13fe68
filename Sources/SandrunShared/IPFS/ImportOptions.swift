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

  /// How the leaves of a file hang together.
  public enum Layout: Hashable, Sendable {
    /// All leaves lie equally deep.
    case balanced
    /// The first leaves lie highest: for reading from the beginning.
    case trickle
  }

  /// What is measured to tell whether a directory fits one block.
  enum DirectoryMeasure: Sendable {
    /// The names and the CIDs of its links.
    case links
    /// The block itself.
    case block
  }

  // MARK: Files

  /// The version of the CIDs of nodes; a raw leaf is always version 1.
  public var cidVersion: CID.Version
  /// Whether a chunk is a block as it is, or is wrapped in a node.
  public var rawLeaves: Bool
  /// Where files are cut.
  public var chunker: Chunker
  /// How leaves are put together.
  public var layout = Layout.balanced
  /// The most links in a node of a file; a node of a trickle layout has that many leaves, and more nodes.
  public var maximumFileLinks: Int
  /// A block of at most so many bytes is put into its CID, and kept nowhere else.
  public var inlineLimit: Int?

  // MARK: Directories

  /// The most links in the one block of a directory; with more it is spread over a HAMT.
  public var maximumDirectoryLinks: Int?
  /// How many places a shard of a HAMT has: a power of two, 8 to 1024.
  public var shardFanout = 256
  let directoryMeasure: DirectoryMeasure
  /// A directory that measures more is spread over a HAMT, in bytes.
  let directoryLimit = 256 << 10

  // MARK: What is taken in

  /// Whether directories take in names that begin with a dot.
  public var includesHidden = false
  /// Whether directories take in empty ones.
  public var includesEmptyDirectories = true
  /// What directories leave out.
  public var ignoreRules = IgnoreRules()
  /// Whether what a symbolic link leads to is taken in its place.
  public var followsLinks = false

  // MARK: Beside the content

  /// Whether permissions are kept as they are; they come before `metadata`'s.
  public var preservesMode = false
  /// Whether times of change are kept as they are; they come before `metadata`'s.
  public var preservesModificationTime = false
  /// What everything is given in place of its own.
  public var metadata = Metadata()

  /// The options of a profile.
  public init(_ profile: Profile = .unixfsV1) {
    switch profile {
    case .unixfsV1:
      (cidVersion, rawLeaves, chunker, maximumFileLinks) = (.v1, true, .size(1 << 20), 1024)
      directoryMeasure = .block
    case .kuboCIDv1:
      (cidVersion, rawLeaves, chunker, maximumFileLinks) = (.v1, true, .size(256 << 10), 174)
      directoryMeasure = .links
    case .unixfsV0:
      (cidVersion, rawLeaves, chunker, maximumFileLinks) = (.v0, false, .size(256 << 10), 174)
      directoryMeasure = .links
    }
  }

  /// Whether anything beside the content is kept, for which a raw leaf has no room.
  public var keepsMetadata: Bool {
    preservesMode || preservesModificationTime || !metadata.isEmpty
  }

  /// What is kept of something with these permissions and this time of change.
  func metadata(
    ofMode mode: UInt32?, modificationTime: UnixFSData.ModificationTime?
  ) -> Metadata {
    Metadata(
      mode: preservesMode ? mode : metadata.mode,
      modificationTime: preservesModificationTime ? modificationTime : metadata.modificationTime)
  }

  /// Whether the links of a directory, and so much data, stay in one block.
  func fitsOneBlock(_ links: [DAGNode.Link], dataCount: Int) -> Bool {
    if let maximumDirectoryLinks, links.count > maximumDirectoryLinks { return false }
    let measure =
      switch directoryMeasure {
      case .links: links.reduce(0) { $0 + ($1.name?.count ?? 0) + $1.cid.byteCount }
      case .block: DAGNode.length(of: links, dataCount: dataCount)
      }
    return measure <= directoryLimit
  }
}
