internal import Hashing
internal import Synchronization

/// Which blocks of a repository are to stay: four bits for each line of the index, so that ten million blocks take five megabytes.
///
/// The lines are those of the segments as they were when they were taken in; later ones are taken in as they are needed, behind them. A
/// segment never changes, and what was merged away stays readable here.
struct Marks {
  /// One segment and its bits.
  private struct Marked {
    let segment: IndexSegment
    /// Blocks that stay.
    var kept: [UInt64]
    /// Blocks whose links are to stay, too, read as DAG-PB, DAG-CBOR and DAG-JSON: a link may call a block what it is not.
    var followed: [[UInt64]]

    init(_ segment: IndexSegment) {
      self.segment = segment
      let words = (segment.count + 63) / 64
      kept = Array(repeating: 0, count: words)
      followed = [kept, kept, kept]
    }
  }

  /// How a block is to be marked.
  enum Kind: Int {
    /// Its links stay, as DAG-PB, DAG-CBOR or DAG-JSON has them.
    case dagPB, dagCBOR, dagJSON
    /// It stays alone.
    case alone
  }

  /// What became of one mark.
  enum Outcome {
    /// It was not marked so before.
    case new(Location)
    case known
    case absent
  }

  private let repository: Repository
  private var marked: [Marked] = []
  /// Lines that were marked since `takeFresh`, up to a limit; nil beyond it.
  private(set) var fresh: [IndexEntry]? = []
  private static let maximumFresh = 1 << 16
  /// How many segments there were, and what was known to be damaged, at the last `renew`.
  private var renewed: (segments: Int, damaged: Set<Damage>)?

  init(_ repository: Repository) throws(RepositoryError) {
    self.repository = repository
    takeIn()
  }

  /// The segments, in the order in which they were taken in.
  var segments: [IndexSegment] { marked.map(\.segment) }

  mutating func forgetFresh() { fresh = [] }

  /// Takes in the segments that are new.
  private mutating func takeIn() {
    let known = Set(marked.map { ObjectIdentifier($0.segment) })
    for segment in repository.state.withLock({ $0.segments })
    where !known.contains(ObjectIdentifier(segment)) {
      marked.append(Marked(segment))
    }
  }

  /// Takes in what others have committed; says whether anything may be there that was not at the last time.
  mutating func renew() throws(RepositoryError) -> Bool {
    try repository.refresh()
    takeIn()
    let now = (marked.count, repository.state.withLock { $0.exclusions?.damaged ?? [] })
    defer { renewed = now }
    return renewed.map { $0 != now } ?? true
  }

  /// Marks every line of a block, so that it matters to nobody which of them a merge drops.
  mutating func mark(
    _ key: Digest32, _ kind: Kind, refreshing: Bool = true
  ) throws(SegmentError) -> Outcome {
    let exclusions = repository.state.withLock { $0.exclusions }
    var place: Location?
    var isNew = false
    for index in marked.indices {
      guard let (number, location) = try marked[index].segment.line(of: key) else { continue }
      let (word, bit) = (number / 64, UInt64(1) << UInt64(number % 64))
      if marked[index].kept[word] & bit == 0 {
        marked[index].kept[word] |= bit
        isNew = isNew || kind == .alone
        note(IndexEntry(digest: key, location: location))
      }
      if kind != .alone, marked[index].followed[kind.rawValue][word] & bit == 0 {
        marked[index].followed[kind.rawValue][word] |= bit
        isNew = true
      }
      if exclusions?.exclude(location) != true { place = place ?? location }
    }
    if let place { return isNew ? .new(place) : .known }
    guard refreshing else { return .absent }
    do { _ = try repository.reopenIfChanged() } catch { throw .repository(error) }
    takeIn()
    return try mark(key, kind, refreshing: false)
  }

  /// Whether a block stays.
  func keeps(_ key: Digest32) throws(SegmentError) -> Bool {
    for marked in marked {
      guard let number = try marked.segment.line(of: key)?.number else { continue }
      if marked.kept[number / 64] >> UInt64(number % 64) & 1 == 1 { return true }
    }
    return false
  }

  /// Whether a line is marked, by its segment's place and its own.
  func keeps(_ number: Int, of segment: Int) -> Bool {
    marked[segment].kept[number / 64] >> UInt64(number % 64) & 1 == 1
  }

  private mutating func note(_ entry: IndexEntry) {
    guard let count = fresh?.count else { return }
    if count < Self.maximumFresh { fresh?.append(entry) } else { fresh = nil }
  }
}
