public import Files
public import SystemPackage

/// Why the repository could not give or take a block.
public enum RepositoryError: Error, Equatable, Sendable {
  /// It holds no such block.
  case notFound(CID)
  /// The block's bytes in this pack, at this offset, are not those that the CID names.
  case corrupt(CID, pack: FilePath, offset: Int)
  /// The CID's hash function is one that is not computed here.
  case unsupportedHash(CID)
  /// The block has so many bytes, which is more than a block may have.
  case tooLarge(Int)
  /// The folder holds something else, or a layout of a later version.
  case unknownFormat(FilePath)
  /// A file of the repository could not be opened, read, written or synced.
  case file(FileError)
}
