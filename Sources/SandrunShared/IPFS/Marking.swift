internal import Hashing

/// Marks what roots lead to: each node is followed once, and those that wait for it take 40 bytes each.
struct Marking {
  /// A block that could not be followed, or is not there.
  struct Fault {
    var cid: CID
    var error: ReadError
  }

  private let repository: Repository
  var marks: Marks
  private var waiting: [(digest: Digest32, isCBOR: Bool)] = []
  /// Those that wait and are not named by their SHA-256.
  private var others: [CID] = []

  init(_ repository: Repository) throws(RepositoryError) {
    self.repository = repository
    marks = try Marks(repository)
  }

  /// Marks a block and all below it; tells each block that is not there or cannot be followed, and goes on.
  mutating func mark(
    below root: CID, isCancelled: () -> Bool, _ fault: (Fault) -> Void
  ) throws(SweepError) {
    try visit(root, fault)
    while let cid = next() {
      if isCancelled() { throw .cancelled }
      try follow(cid, fault)
    }
  }

  private mutating func next() -> CID? {
    if let cid = others.popLast() { return cid }
    return waiting.popLast().map { CID($0.digest, codec: $0.isCBOR ? .dagCBOR : .dagPB) }
  }

  /// Marks a block alone.
  mutating func mark(_ cid: CID, _ fault: (Fault) -> Void) throws(SweepError) {
    guard let key = cid.key else { return }
    if case .absent = try outcome(key, .alone) { fault(absence(of: cid, key)) }
  }

  /// Marks a block by its key, where it is there.
  mutating func mark(_ key: Digest32) throws(SweepError) {
    _ = try outcome(key, .alone)
  }

  private mutating func visit(_ cid: CID, _ fault: (Fault) -> Void) throws(SweepError) {
    guard let key = cid.key else {
      // A block that lies in its CID may have links all the same.
      if cid.hasLinks { try follow(cid, fault) }
      return
    }
    let kind: Marks.Kind = cid.codec == .dagPB ? .dagPB : cid.codec == .dagCBOR ? .dagCBOR : .alone
    switch try outcome(key, kind) {
    case .new where cid.hasLinks:
      if let digest = cid.sha256 {
        waiting.append((digest, cid.codec == .dagCBOR))
      } else {
        others.append(cid)
      }
    case .new, .known: break
    case .absent: fault(absence(of: cid, key))
    }
  }

  private func absence(of cid: CID, _ key: Digest32) -> Fault {
    Fault(cid: cid, error: .repository(repository.absence(of: cid, key)))
  }

  private mutating func follow(_ cid: CID, _ fault: (Fault) -> Void) throws(SweepError) {
    let links: [CID]
    do throws(ReadError) {
      links = try cid.links(in: repository)
    } catch {
      if case .repository(.file(let error)) = error { throw .repository(.file(error)) }
      return fault(Fault(cid: cid, error: error))
    }
    for link in links { try visit(link, fault) }
  }

  private mutating func outcome(
    _ key: Digest32, _ kind: Marks.Kind
  ) throws(SweepError) -> Marks.Outcome {
    do throws(SegmentError) {
      return try marks.mark(key, kind)
    } catch { throw SweepError(error) }
  }
}
