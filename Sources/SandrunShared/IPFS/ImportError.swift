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
  /// The file grew, shrank or was replaced while it was read.
  case changed(FilePath)
  /// The directory has so many entries that its block would measure more than the profile allows: it needs a HAMT.
  case directoryTooLarge(FilePath, entries: Int, measure: Int, limit: Int)
  /// Directories lie so deep in each other, or link in circles.
  case tooDeep(FilePath)
  /// A name that cannot stand in a directory: empty, `.`, `..`, with `/` or NUL, or there already.
  case badName(String)
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
