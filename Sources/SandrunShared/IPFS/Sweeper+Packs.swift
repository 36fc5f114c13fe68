internal import Files
internal import Hashing
internal import SystemPackage

extension Sweeper {
  /// Copies what stays of a pack, and removes it.
  ///
  /// From the first copy to the removal no merge runs, which could keep the line of the pack that goes in place of the copy's. The removal
  /// itself happens behind the gate: see `Lease` for why nothing is lost that a writer counts on.
  mutating func sweep(
    _ number: UInt32, _ tally: Tally, _ isCancelled: () -> Bool,
    _ tell: (Repository.Loss) -> Void
  ) throws(SweepError) {
    guard let (pack, size) = try take(number) else {
      result.left += tally.dead
      return
    }
    let lock: OpenFile
    do { lock = try repository.mergeLock() } catch { throw .repository(error) }
    for _ in 0..<8 {
      _ = try Repository.filed { () throws(FileError) in try lock.lock(waiting: true) }
      defer { lock.unlock() }
      do { try repository.refresh() } catch { throw .repository(error) }
      marking.marks.forgetFresh()
      var copied = 0
      guard try copyKept(of: pack, size: size, isCancelled, &copied) else {
        result.left += tally.dead
        return
      }
      switch try remove(pack, isCancelled, tell, &copied) {
      case .removed(let late):
        result.packs += 1
        result.removed += max(0, tally.deadBlocks - late)
        result.kept += late
        result.freed += max(0, size - copied)
        return
      case .inUse:
        result.left += tally.dead
        return
      case .again: continue
      }
    }
    result.left += tally.dead
  }

  private enum Outcome {
    /// It is gone, after so many blocks more were copied at the last moment.
    case removed(late: Int)
    case inUse
    /// So much came to be wanted meanwhile that it is to be gone through once more.
    case again
  }

  /// Removes a pack whose blocks that stay are copied, after a last look at what has come to be wanted.
  private mutating func remove(
    _ pack: Pack, _ isCancelled: () -> Bool, _ tell: (Repository.Loss) -> Void,
    _ copied: inout Int
  ) throws(SweepError) -> Outcome {
    guard let gate else { return .inUse }
    try Repository.filed { () throws(FileError) in try gate.enter(alone: true) }
    defer { gate.leave() }
    var rounds = 0
    while true {
      guard let roots = try news() else { break }
      rounds += 1
      // Large DAGs are followed while others go on; one who pins without end is made to wait at last.
      if rounds < 8 { gate.leave() }
      try mark(roots, isCancelled, tell)
      if rounds < 8 { try Repository.filed { () throws(FileError) in try gate.enter(alone: true) } }
    }
    guard !leases.packs.contains(pack.number) else { return .inUse }
    guard let fresh = marking.marks.fresh else { return .again }
    var late = 0
    for entry in fresh where entry.location.pack == pack.number {
      guard try copy(entry, of: pack, &copied) else { return .inUse }
      late += 1
    }
    do throws(RepositoryError) {
      try batch.commit()
      try makeHigherPack(than: pack.number)
    } catch { throw .repository(error) }
    try Repository.filed { () throws(FileError) in
      // First, so that after a crash in between a writer looks once too often, not once too seldom.
      try gate.raiseEpoch()
      try Files.removeTree(pack.file.path)
      try repository.settings.syncFolder(repository.packsPath)
    }
    return .removed(late: late)
  }

  /// No number is given twice, as somebody may remember what was in the pack that had it: the highest stays in use.
  ///
  /// The new pack is empty, so that there need be no room on the disk.
  private func makeHigherPack(than number: UInt32) throws(RepositoryError) {
    guard try repository.packNumbers().last == number, number < .max else { return }
    let path = repository.packsPath.appending(Pack.name(number + 1))
    try Repository.attempt { () throws(FileError) in
      do throws(FileError) {
        let file = try OpenFile(
          path, .readWrite, options: [.create, .exclusiveCreate],
          permissions: [.ownerReadWrite, .groupRead, .otherRead])
        try file.sync()
      } catch {
        guard error.errno == .fileExists else { throw error }
      }
      try repository.settings.syncFolder(repository.packsPath)
    }
  }
}
