extension Pins {
  /// Pins what is here already: a recursive pin only where all that the root leads to is here, a direct one where the block is.
  ///
  /// Throws `incomplete`, `isRecursive`, or what makes the walk impossible. `limit` bounds the blocks that are visited.
  public func pin(_ pin: Pin, limit: Int = DAGWalk.defaultLimit) throws(PinError) {
    try check(pin, limit: limit)
    try add([pin])
  }

  /// Throws what keeps a pin from being added.
  public func check(_ pin: Pin, limit: Int = DAGWalk.defaultLimit) throws(PinError) {
    switch pin.mode {
    case .direct:
      if try find(pin.cid)?.mode == .recursive { throw .isRecursive(pin.cid) }
      let isHere: Bool
      do { isHere = try repository.contains(pin.cid) } catch { throw .repository(error) }
      if !isHere { throw .incomplete(pin.cid, missing: pin.cid) }
    case .recursive:
      let missing: CID?
      do {
        missing = try DAGWalk.firstMissing(below: [pin.cid], in: repository, limit: limit)
      } catch { throw .unreadable(pin.cid, error) }
      if let missing { throw .incomplete(pin.cid, missing: missing) }
    }
  }
}
