extension Pins {
  /// The blocks that are kept only because recursive pins lead to them, each with the first pin that does.
  public func indirect() throws(PinError) -> IndirectPins {
    IndirectPins(try all().pins, in: repository)
  }

  /// The first recursive pin that leads to a block; nil where none does.
  ///
  /// Follows the recursive pins one by one, so that it takes as long as reading all of their nodes. Where it finds none, and a DAG
  /// could not be followed to its end, it throws why.
  public func root(above cid: CID, isCancelled: () -> Bool = { false }) throws(PinError) -> CID? {
    let wanted = cid.v1
    var failure: PinError?
    for pin in try all().pins where pin.mode == .recursive && pin.cid.v1 != wanted {
      var walk = LocalWalk(pin.cid, in: repository)
      do throws(ReadError) {
        while let cid = try walk.next() {
          if isCancelled() { throw .cancelled }
          if cid.v1 == wanted { return pin.cid }
        }
      } catch {
        if error == .cancelled { throw .unreadable(pin.cid, error) }
        failure = failure ?? .unreadable(pin.cid, error)
      }
    }
    if let failure { throw failure }
    return nil
  }
}

/// A walk below the recursive pins: each block that is no such pin itself, once.
public struct IndirectPins {
  private let repository: Repository
  private var roots: [CID]
  private let pinned: Set<CID>
  private var seen: VisitedBlocks
  private var walk: (root: CID, steps: LocalWalk)?

  init(_ pins: [Pin], in repository: Repository) {
    self.repository = repository
    seen = repository.visitedBlocks()
    let recursive = pins.filter { $0.mode == .recursive }.map(\.cid)
    roots = recursive.reversed()
    pinned = Set(recursive.map(\.v1))
  }

  /// The next block and the pin that leads to it; nil behind the last one.
  ///
  /// Throws `unreadable` where a DAG cannot be followed; the walk can go on behind that.
  public mutating func next() throws(PinError) -> (cid: CID, root: CID)? {
    while true {
      if walk == nil {
        guard let root = roots.popLast() else { return nil }
        walk = (root, LocalWalk(root, in: repository))
      }
      guard let root = walk?.root else { return nil }
      do throws(ReadError) {
        guard let cid = try walk?.steps.next() else {
          walk = nil
          continue
        }
        guard !pinned.contains(cid.v1), seen.insert(cid.v1) else { continue }
        return (cid, root)
      } catch { throw .unreadable(root, error) }
    }
  }
}
