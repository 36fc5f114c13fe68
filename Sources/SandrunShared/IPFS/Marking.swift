internal import Hashing

/// Marks what roots lead to: each node is followed once, and those that wait for it take 40 bytes each.
///
/// Nodes that are missing are remembered: should one come back, what lies below it is to stay.
struct Marking {
  /// A block that could not be followed, or is not there.
  struct Fault {
    var cid: CID
    var error: ReadError
  }

  private let repository: Repository
  /// Is told of each block that is found to stay.
  private let count: () -> Void
  var marks: Marks
  /// A block of DAG-PB or DAG-CBOR that is named by its SHA-256.
  private struct Node: Hashable {
    var digest: Digest32
    var isCBOR: Bool

    init?(_ cid: CID) {
      guard let digest = cid.sha256, cid.codec != .dagJSON else { return nil }
      self.digest = digest
      isCBOR = cid.codec == .dagCBOR
    }

    var cid: CID { CID(digest, codec: isCBOR ? .dagCBOR : .dagPB) }
  }

  private var waiting: [Node] = []
  /// All others that wait.
  private var others: [CID] = []
  /// Nodes that were not there, or not readable.
  private var missing: Set<Node> = []
  private var otherMissing: Set<CID> = []
  /// Blocks below the root in hand whose links nobody reads here: each is told once.
  private var hidden = CIDSet()

  init(
    _ repository: Repository, counting count: @escaping () -> Void = {}
  ) throws(RepositoryError) {
    self.repository = repository
    self.count = count
    marks = try Marks(repository)
  }

  /// Marks a block and all below it; tells each block that is not there or cannot be followed, and goes on.
  mutating func mark(
    below root: CID, isCancelled: () -> Bool, _ fault: (Fault) -> Void
  ) throws(SweepError) {
    hidden = CIDSet()
    try visit(root, fault)
    try markOn(isCancelled: isCancelled, fault)
  }

  /// Marks what lies below the nodes that wait.
  mutating func markOn(
    isCancelled: () -> Bool, _ fault: (Fault) -> Void
  ) throws(SweepError) {
    while let cid = next() {
      if isCancelled() { throw .cancelled }
      try follow(cid, fault)
    }
  }

  private mutating func next() -> CID? {
    others.popLast() ?? waiting.popLast()?.cid
  }

  /// Has the nodes that were missing, and are there by now, wait to be followed; says whether there are any.
  mutating func recall() throws(SweepError) -> Bool {
    guard !missing.isEmpty || !otherMissing.isEmpty else { return false }
    do {
      guard try marks.renew() else { return false }
    } catch { throw .repository(error) }
    // Whether they were marked before tells nothing: they were not followed.
    for node in missing where try isThere(node.cid) { waiting.append(node) }
    for cid in otherMissing where try isThere(cid) { others.append(cid) }
    missing.subtract(waiting)
    otherMissing.subtract(others)
    return !waiting.isEmpty || !others.isEmpty
  }

  private mutating func isThere(_ cid: CID) throws(SweepError) -> Bool {
    guard let key = cid.key else { return false }
    do throws(SegmentError) {
      if case .absent = try marks.mark(key, Self.kind(of: cid), refreshing: false) { return false }
      return true
    } catch { throw SweepError(error) }
  }

  private static func kind(of cid: CID) -> Marks.Kind {
    switch cid.codec {
    case .dagPB: .dagPB
    case .dagCBOR: .dagCBOR
    case .dagJSON: .dagJSON
    default: .alone
    }
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
    switch try outcome(key, Self.kind(of: cid)) {
    case .new where cid.hasLinks:
      if let node = Node(cid) { waiting.append(node) } else { others.append(cid) }
    case .new, .known:
      // It stays, and what it may lead to is known to nobody.
      if cid.codec.hidesLinks, hidden.insert(cid) {
        fault(Fault(cid: cid, error: .unsupportedCodec(cid)))
      }
    case .absent:
      if cid.hasLinks { remember(cid) }
      fault(absence(of: cid, key))
    }
  }

  private mutating func remember(_ cid: CID) {
    if let node = Node(cid) { missing.insert(node) } else { otherMissing.insert(cid) }
  }

  private func absence(of cid: CID, _ key: Digest32) -> Fault {
    Fault(cid: cid, error: .repository(repository.absence(of: cid, key)))
  }

  private mutating func follow(_ cid: CID, _ fault: (Fault) -> Void) throws(SweepError) {
    let links: [CID]
    do throws(ReadError) {
      links = try cid.links(in: repository)
    } catch {
      if case .repository(let cause) = error {
        if case .file = cause { throw .repository(cause) }
        remember(cid)
      }
      return fault(Fault(cid: cid, error: error))
    }
    for link in links { try visit(link, fault) }
  }

  private mutating func outcome(
    _ key: Digest32, _ kind: Marks.Kind
  ) throws(SweepError) -> Marks.Outcome {
    do throws(SegmentError) {
      let outcome = try marks.mark(key, kind)
      if case .new = outcome { count() }
      return outcome
    } catch { throw SweepError(error) }
  }
}
