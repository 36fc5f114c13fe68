internal import Files
internal import Synchronization
internal import SystemPackage

extension Repository {
  /// How large the repository is.
  public struct Statistics: Equatable, Sendable {
    /// The version of the layout on disk; 0 where there is no repository yet.
    public var format = 0
    /// The lines of the index whose packs are there; a block that was written twice counts so until its lines are merged.
    public var blocks = 0
    /// The bytes of the packs.
    public var bytes = 0
    /// The bytes of the index.
    public var indexBytes = 0
    /// The packs.
    public var packs = 0
    /// The segments of the index.
    public var segments = 0
    /// The recursive pins.
    public var recursivePins = 0
    /// The direct pins.
    public var directPins = 0
    /// The records that are known to be damaged.
    public var damaged = 0
  }

  /// Counts; no block is read, and of the index only what changed.
  public func statistics() throws(PinError) -> Statistics {
    var result = Statistics()
    do throws(RepositoryError) {
      guard let format = try formatVersion() else { return result }
      result.format = format
      try reopen()
      for number in try packNumbers() {
        guard let size = try packSize(number) else { continue }
        result.packs += 1
        result.bytes += size
      }
      let (segments, exclusions) = state.withLock { ($0.segments, $0.exclusions) }
      result.segments = segments.count
      result.blocks = segments.reduce(0) { $0 + $1.count }
      result.damaged = Set(exclusions?.damaged ?? []).count
      for segment in segments {
        guard let name = segment.name else { continue }
        result.indexBytes +=
          try Self.attempt { () throws(FileError) in
            try OpenFile.size(of: indexPath.appending(name))
          } ?? 0
      }
    } catch { throw .repository(error) }
    let (pins, damage) = try pins.all()
    if let damage { throw damage }
    result.recursivePins = pins.count { $0.mode == .recursive }
    result.directPins = pins.count - result.recursivePins
    return result
  }

  private func formatVersion() throws(RepositoryError) -> Int? {
    do throws(FileError) {
      let found = try Files.read(formatPath, limit: 4096)
      return found == Self.format ? 2 : 1
    } catch {
      guard error.errno == .noSuchFileOrDirectory else { throw .file(error) }
      return nil
    }
  }
}
