extension Batch {
  /// Pins what is here already: a recursive pin only where all that the root leads to is here, a direct one where the block is.
  ///
  /// Throws `incomplete`, `isRecursive`, `unreadLinks`, or what makes the walk impossible. It is on disk when this returns.
  public func pin(whole pin: Pin, isCancelled: () -> Bool = { false }) throws(PinError) {
    try check(pin, isCancelled: isCancelled)
    try self.pin([pin])
  }

  /// Throws what keeps a pin from being added; else all that it needs stays until the batch is closed, and `pin` may follow.
  ///
  /// Nodes are read and proved; of the others it is only looked up that they are there.
  public func check(_ pin: Pin, isCancelled: () -> Bool = { false }) throws(PinError) {
    if pin.mode == .direct, try repository.pins.find(pin.cid)?.mode == .recursive {
      throw .isRecursive(pin.cid)
    }
    if pin.mode == .direct {
      let isHere = try attempt { () throws(RepositoryError) in
        guard let key = pin.cid.key else { return pin.cid.inlineBlock != nil }
        // Seen by an index as new as can be; but only what the lease has counts: a sweep may remove all else before the pin is written.
        guard try repository.contains(pin.cid) else { return false }
        return try lease().keep(key)
      }
      if !isHere { throw .incomplete(pin.cid, missing: pin.cid) }
      return
    }
    while true {
      let removals = try attempt { () throws(RepositoryError) in
        try lease().keep(below: pin.cid)
      }
      try walk(pin, isCancelled)
      // A sweep that had looked for a node before it came may have removed what is below it, behind the walk's back.
      let now = try attempt { () throws(RepositoryError) in try lease().removals() }
      if now == removals { return }
    }
  }

  private func attempt<T>(_ body: () throws(RepositoryError) -> T) throws(PinError) -> T {
    do { return try body() } catch { throw .repository(error) }
  }

  private func walk(_ pin: Pin, _ isCancelled: () -> Bool) throws(PinError) {
    var walk = LocalWalk(pin.cid, in: repository)
    do throws(ReadError) {
      while let cid = try walk.next() {
        if isCancelled() { throw .cancelled }
        // Below it there may be more, which a recursive pin would promise to keep.
        if cid.codec.hidesLinks { throw .unsupportedCodec(cid) }
      }
    } catch {
      if case .unsupportedCodec(let cid) = error { throw .unreadLinks(pin.cid, of: cid) }
      if case .repository(.notFound(let cid)) = error {
        throw .incomplete(pin.cid, missing: cid)
      }
      throw .unreadable(pin.cid, error)
    }
  }

  /// From here on, until the batch is closed, no sweep removes what the pin needs, be it here or yet to come.
  public func hold(_ pin: Pin) throws(PinError) {
    try attempt { () throws(RepositoryError) in
      if pin.mode == .recursive {
        _ = try lease().keep(below: pin.cid)
      } else if let key = pin.cid.key {
        try lease().keep(absent: key)
      }
    }
  }
}

extension Pins {
  /// Pins what is here already, as a batch's own `pin(whole:)` does.
  public func pin(
    _ pin: Pin, isCancelled: () -> Bool = { false }
  ) throws(PinError) {
    let batch = repository.batch()
    defer { batch.close() }
    try batch.pin(whole: pin, isCancelled: isCancelled)
  }
}

/// Visits every block that a root leads to, depth first, each CID once; few links are held, however many there are.
///
/// Only nodes are read; of a block without links, or with links that are not read here, it is looked up that it is there.
struct LocalWalk {
  private var walk: DAGWalk

  init(_ root: CID, in repository: Repository) {
    walk = DAGWalk(
      [root], in: repository, limit: .max, linkLimit: .max, followsCBOR: true, takesAny: true)
  }

  /// The next block; nil behind the last one.
  ///
  /// Throws what is wrong with one, and can go on behind it.
  mutating func next() throws(ReadError) -> CID? { try walk.next()?.cid }
}
