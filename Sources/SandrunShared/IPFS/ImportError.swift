public import Files
public import SystemPackage

/// Why something could not be imported.
public enum ImportError: Error, Equatable, Sendable {
  /// A file or a directory could not be opened or read.
  case file(FileError)
  /// The path is a socket, a device or a pipe.
  case unsupportedType(FilePath)
  /// The path is a directory where none is allowed.
  case isDirectory(FilePath)
  /// The file or the directory grew, shrank or was replaced while it was read.
  case changed(FilePath)
  /// Directories lie so deep in each other.
  case tooDeep(FilePath)
  /// The directory lies in itself, by way of a symbolic link that is followed.
  case circular(FilePath)
  /// A name that cannot stand in a directory: empty, `.`, `..`, with `/` or NUL, or there already.
  case badName(String)
  /// Names in one large directory whose hashes are the same, so that no HAMT can tell them apart.
  case collidingNames([String])
  /// Raw leaves have no room for the permissions or the time of change that are to be kept.
  case rawLeavesWithMetadata
  /// It was asked to stop.
  case cancelled
  /// The repository did not take a block.
  case repository(RepositoryError)
}

/// What came out of an import.
public struct Imported: Hashable, Sendable {
  /// The root.
  public var cid: CID
  /// The bytes of content: of the file, or of all files in the directory.
  public var size: UInt64
  /// The bytes of all blocks, repeated ones counted each time: what a link to it says.
  public var cumulativeSize: UInt64

  /// Makes it from its three facts.
  public init(cid: CID, size: UInt64, cumulativeSize: UInt64) {
    self.cid = cid
    self.size = size
    self.cumulativeSize = cumulativeSize
  }
}
