/// How much an archive may hold; what it says of itself is never believed, so each is counted as it comes.
public struct UnpackLimits: Equatable, Sendable {
  /// Files, folders and links.
  public var entries: Int
  /// Bytes of all files together, holes included.
  public var bytes: UInt64
  /// Bytes of one file, holes included.
  public var fileBytes: UInt64
  /// Folders in each other, with what lies in the last.
  public var depth: Int
  /// Bytes of all files for each byte of the archive, once they are more than `ratioFloor`.
  public var ratio: UInt64
  /// So many bytes may come of any archive, however small.
  public var ratioFloor: UInt64

  /// Makes limits; by default 100,000 entries, 16 GiB in all and in one file, 64 deep, 200 to one above 64 MiB.
  public init(
    entries: Int = 100_000, bytes: UInt64 = 16 << 30, fileBytes: UInt64 = 16 << 30,
    depth: Int = 64, ratio: UInt64 = 200, ratioFloor: UInt64 = 64 << 20
  ) {
    self.entries = entries
    self.bytes = bytes
    self.fileBytes = fileBytes
    self.depth = depth
    self.ratio = ratio
    self.ratioFloor = ratioFloor
  }

  /// The longest name of an entry, and the longest target of a link, in bytes.
  static let nameLength = 4095
  /// The longest name between two slashes, in bytes.
  static let componentLength = 255
}
