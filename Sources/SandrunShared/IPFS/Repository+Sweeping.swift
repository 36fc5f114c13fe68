internal import Files
internal import SystemPackage

extension Repository {
  /// What a sweep did, or would do.
  public struct Sweep: Equatable, Sendable {
    /// Blocks that were to go, and went.
    public var removed = 0
    /// The bytes on disk that this gave back.
    public var freed = 0
    /// Lines of the index whose blocks stay.
    public var kept = 0
    /// Bytes of blocks that nobody wants, in packs that hold too much else to be written anew, or that are in use.
    public var left = 0
    /// Packs that were removed.
    public var packs = 0
    /// Pins whose blocks are not all there, or not all readable.
    public var incomplete = 0
  }

  /// Something that a pin wants, and that a sweep did not find.
  public struct Loss: Equatable, Sendable {
    /// The pin.
    public var root: CID
    /// The block that is not there, or cannot be read or followed.
    public var cid: CID
    /// Why.
    public var error: ReadError
  }

  /// Removes what neither a pin nor a living writer's lease leads to.
  ///
  /// Others read and write meanwhile. Blocks go with their packs: a pack without any that stays is removed; one in which a quarter or
  /// more is to go, or that is small, has those that stay copied first; one that a writer has locked is left for the next sweep.
  /// What a pin leads to and is not there, or is damaged, is told; the pin is then kept as far as it goes, and a pack with
  /// damaged bytes of a block that should stay is not removed. At any moment a crash leaves each block that stays in at least one
  /// pack and, by the segments or their rebuilding, in the index.
  ///
  /// `counting` is told of the blocks that are found to stay, and of the bytes that are copied out of packs that go. A dry run writes
  /// nothing, and tells what a sweep would do.
  public func sweep(
    dryRun: Bool = false, isCancelled: () -> Bool = { false },
    counting count: @escaping (_ bytes: Int, _ blocks: Int) -> Void = { _, _ in },
    losing tell: (Loss) -> Void
  ) throws(SweepError) -> Sweep {
    guard try Self.filed({ () throws(FileError) in try Files.status(formatPath) }) != nil else {
      return Sweep()
    }
    if dryRun, !isReadOnly {
      let unchanged: Repository
      var settings = settings
      settings.access = .readOnly
      do { unchanged = try Repository(at: path, settings) } catch { throw .repository(error) }
      return try unchanged.sweep(
        dryRun: true, isCancelled: isCancelled, counting: count, losing: tell)
    }
    if !dryRun { do { try create() } catch { throw .repository(error) } }
    let lock = try Self.filed { () throws(FileError) in try sweepLock(dryRun: dryRun) }
    guard try Self.filed({ () throws(FileError) in try lock?.lock(waiting: false) }) != false else {
      throw .busy(path)
    }
    defer { lock?.unlock() }
    for _ in 0..<4 {
      do throws(SweepError) {
        var sweeper = try Sweeper(self, counting: count)
        return try sweeper.run(dryRun: dryRun, isCancelled, tell)
      } catch {
        guard error == .damagedIndex else { throw error }
        do { try rebuildDamaged() } catch { throw .repository(error) }
      }
    }
    throw .damagedIndex
  }

  /// What one sweep at a time locks; nil where there was none, and is to be none.
  private func sweepLock(dryRun: Bool) throws(FileError) -> OpenFile? {
    let file = path.appending("gc")
    if dryRun { return try OpenFile.ifThere(file, .readOnly) }
    return try OpenFile(
      file, .readWrite, options: [.create],
      permissions: [.ownerReadWrite, .groupRead, .otherRead])
  }

  static func filed<T>(_ body: () throws(FileError) -> T) throws(SweepError) -> T {
    do { return try body() } catch { throw .repository(.file(error)) }
  }

  /// Forgets the damage in packs that are gone.
  func forgetDamage() throws(RepositoryError) {
    let packs = Set(try packNumbers())
    guard try damaged(in: packs).isEmpty else { return }
    try Self.attempt { () throws(FileError) in
      guard let file = try OpenFile.ifThere(path.appending("damaged"), .readWrite) else { return }
      _ = try file.lock(waiting: true)
      defer { file.unlock() }
      // Somebody may have noted more since; then it stays.
      let bytes = try file.read(at: 0, count: try file.size())
      let isNoted = stride(from: 0, through: bytes.count - Damage.length, by: Damage.length)
        .contains { Damage(bytes, at: $0).map { packs.contains($0.place.pack) } ?? false }
      if !isNoted { try file.truncate(to: 0) }
    }
  }
}
