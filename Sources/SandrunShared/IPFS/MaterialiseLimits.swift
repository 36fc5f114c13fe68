/// How much may be written, and what.
public struct MaterialiseLimits: Sendable {
  /// Bytes of content in all files together.
  public var bytes: UInt64
  /// Files, directories and links.
  public var entries: Int
  /// Directories in each other.
  public var depth: Int
  /// Whether a symbolic link may lead out of the directory that is written.
  public var allowsOutsideLinks: Bool
  /// Whether all is synced before it gets its name.
  public var isSynced: Bool
  /// Asked before each entry and each piece of a file: where it says yes, all is undone and `cancelled` thrown.
  public var isCancelled: @Sendable () -> Bool

  /// Makes limits; by default none on bytes, a million entries, 128 directories deep, links that stay inside, synced.
  public init(
    bytes: UInt64 = .max, entries: Int = 1_000_000, depth: Int = ContentReader.maximumDepth,
    allowsOutsideLinks: Bool = false, isSynced: Bool = true,
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) {
    self.bytes = bytes
    self.entries = entries
    self.depth = min(depth, ContentReader.maximumDepth)
    self.allowsOutsideLinks = allowsOutsideLinks
    self.isSynced = isSynced
    self.isCancelled = isCancelled
  }
}
