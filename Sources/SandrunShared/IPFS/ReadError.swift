public import Files

/// Why content could not be read out of blocks.
public enum ReadError: Error, Equatable, Sendable {
  /// A block could not be had.
  case repository(RepositoryError)
  /// The block is no DAG-PB node, or what it holds is no UnixFS.
  case malformed(CID, BlockError)
  /// The codec of the block is neither raw nor DAG-PB.
  case unsupportedCodec(CID)
  /// The block is no shard of a directory, or not the one that must lie where it was found.
  case badShard(CID, ShardError)
  /// The sizes that a file's nodes declare are not those of the content.
  case wrongSize(CID)
  /// A directory holds an impossible name (empty, `.`, `..`, with `/` or NUL), or one name twice.
  case badName(CID, String)
  /// What was found is not a file.
  case notFile(CID)
  /// What was found is not a directory.
  case notDirectory(CID)
  /// The directory has no entry of this name.
  case noEntry(CID, String)
  /// A symbolic link leads out of the directory that it is written into.
  case linkLeadsOut(String, target: String)
  /// More bytes, entries or depth than the limits allow.
  case overLimit(Limit)
  /// A file could not be written.
  case file(FileError)
  /// The caller asked to stop.
  case cancelled

  /// Which limit was reached, and what it is.
  public enum Limit: Equatable, Sendable {
    /// Bytes of content.
    case bytes(UInt64)
    /// Files, directories and links, or what a walk visits.
    case entries(Int)
    /// Different blocks.
    case blocks(Int)
    /// Bytes of the names that lead to an entry.
    case path(Int)
    /// Directories in each other, or nodes above a piece of a file.
    case depth(Int)
  }
}
