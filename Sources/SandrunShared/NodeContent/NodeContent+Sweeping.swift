internal import Files
public import IPFS
internal import Synchronization

extension NodeContent {
  /// What a sweep did.
  public struct Sweep: Equatable, Sendable {
    /// How many blocks are below the roots; where they are very many, some are counted more than once.
    public var live = 0
    /// How many generations were removed.
    public var removed = 0
    /// Blocks below the roots that are nowhere, or damaged in every place; at most so many as `maximumLost`.
    public var lost: [CID] = []

    /// Makes one that did nothing.
    public init() {}
  }

  /// So many visited blocks, and those below one more root, are held in memory.
  private static let remembered = 1 << 20

  /// So many lost blocks are named.
  public static let maximumLost = 100

  /// Removes what is not below the roots that have to stay; nil where the roots could not be told, and nothing was removed.
  ///
  /// The roots are asked for when all that is written from now on goes elsewhere, so they hold whatever was noted before its lease
  /// was released. A leased generation stays, whole, for a later sweep. Needs room on disk for what it copies. Readers and writers
  /// go on meanwhile. Throws `cancelled`, or what a file system says; then all stays, and the next sweep goes on.
  @discardableResult
  public func sweep(
    isCancelled: () -> Bool = { false }, keeping roots: () -> [CID]?
  ) throws(ReadError) -> Sweep? {
    try sweeping.withLock { _ throws(ReadError) in
      var sweep = Sweep()
      // First what an earlier sweep had to leave, by a lease or by a failure: so failures do not pile up generations.
      let left = try removable()
      if !left.isEmpty {
        guard let roots = roots() else { return nil }
        try move(roots, outOf: left, isCancelled, &sweep)
      }
      try begin()
      let old = try removable()
      guard let roots = roots() else { return nil }
      try move(roots, outOf: old, isCancelled, &sweep)
      return sweep
    }
  }

  /// The generations before the current one that nobody has leased; none can be leased again.
  private func removable() throws(ReadError) -> [Generation] {
    let all = try generations()
    return state.withLock { state in
      all.filter { $0.number < state.current.number && state.leases[$0.number] == nil }
    }
  }

  private func generations() throws(ReadError) -> [Generation] {
    do { return try Generation.list(in: folder) } catch { throw .repository(error) }
  }

  /// From now on what is written goes into a new generation; the old one is as good while it holds nothing.
  private func begin() throws(ReadError) {
    do throws(RepositoryError) {
      let current = state.withLock { $0.current }
      guard try current.byteCount() > 0 else { return }
      let next = try Generation.make(current.number + 1, in: folder)
      state.withLock { $0.current = next }
    } catch { throw .repository(error) }
  }

  /// Copies what has to stay out of generations into the current one, then removes them.
  private func move(
    _ roots: [CID], outOf old: [Generation], _ isCancelled: () -> Bool, _ sweep: inout Sweep
  ) throws(ReadError) {
    guard !old.isEmpty else { return }
    sweep.live = 0
    sweep.lost = []
    let batch = state.withLock { $0.current }.repository.batch()
    let kept = try generations().filter { generation in
      !old.contains { $0.number == generation.number }
    }
    // The disk bounds what is here, and each upload was bounded; what all of them have together is not held in memory.
    var walk = DAGWalk(
      roots, in: blocks, limit: .max, linkLimit: .max, memory: Self.remembered)
    while true {
      guard !isCancelled() else { throw .cancelled }
      do throws(ReadError) {
        guard let step = try walk.next() else { break }
        sweep.live += 1
        if try !Self.has(step.cid, in: kept) { try batch.copy(step, from: blocks) }
      } catch {
        guard let cid = Self.lost(error) else { throw error }
        if sweep.lost.count < Self.maximumLost { sweep.lost.append(cid) }
      }
    }
    do throws(RepositoryError) {
      try batch.commit()
      for generation in old {
        try generation.remove()
        sweep.removed += 1
      }
      try blocks.refresh()
    } catch { throw .repository(error) }
  }

  private static func has(_ cid: CID, in kept: [Generation]) throws(ReadError) -> Bool {
    do throws(RepositoryError) {
      for generation in kept where try generation.repository.contains(cid) { return true }
    } catch { throw .repository(error) }
    return false
  }

  /// The block that an error is about, where it is no more than this block; nil where the whole sweep has to stop.
  private static func lost(_ error: ReadError) -> CID? {
    switch error {
    case .repository(.notFound(let cid)), .repository(.corrupt(let cid, _, _)),
      .repository(.unsupportedHash(let cid)), .malformed(let cid, _), .unsupportedCodec(let cid):
      cid
    default: nil
    }
  }
}
