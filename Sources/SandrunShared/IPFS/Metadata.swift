/// What a node keeps of the file, directory or link that it was made from, beside the content.
public struct Metadata: Hashable, Sendable {
  /// The permissions, with the bits for set-user-ID, set-group-ID and sticky; nil keeps none.
  public var mode: UInt32?
  /// When it was changed last; nil keeps no time.
  public var modificationTime: UnixFSData.ModificationTime?

  /// Makes it from its two parts; by default it keeps nothing.
  public init(mode: UInt32? = nil, modificationTime: UnixFSData.ModificationTime? = nil) {
    // Kubo takes no permissions at all for none told.
    self.mode = mode == 0 ? nil : mode
    self.modificationTime = modificationTime
  }

  /// Whether there is nothing to keep.
  public var isEmpty: Bool { mode == nil && modificationTime == nil }
}
