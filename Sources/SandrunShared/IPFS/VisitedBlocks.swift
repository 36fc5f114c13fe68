internal import Hashing
internal import Synchronization

/// Which blocks a walk visited, each by its CID: a million of a repository's take 9 MB, ten million 13 MB.
///
/// The first ones, and those that the repository has not, are kept by their hashes. Of the others it is noted at their line of the
/// index, which costs a look at it and half a byte; so that a small walk is fast, and a large one small.
public struct VisitedBlocks: Sendable {
  /// So many are kept by their hashes before the index is looked at.
  static let smallCount = 1 << 18

  private let smallCount: Int

  /// How many there are.
  public private(set) var count = 0

  private let repository: Repository?
  private var hashed = CIDSet()
  /// What is noted at the lines of each segment that there was when it came to that; a segment never changes.
  private var noted: [Noted] = []
  private var isLarge = false

  /// Four bits for each line of a segment: by which CIDs the block was visited.
  private struct Noted: Sendable {
    let segment: IndexSegment
    var words: [UInt64]

    init(_ segment: IndexSegment) {
      self.segment = segment
      words = Array(repeating: 0, count: (segment.count + 15) / 16)
    }
  }

  /// The place of one bit.
  private struct Place {
    var segment: Int
    var word: Int
    var bit: UInt64
  }

  /// None; `repository` is where most of them will lie.
  init(in repository: Repository? = nil, smallCount: Int = Self.smallCount) {
    self.repository = repository
    self.smallCount = smallCount
  }

  /// Puts one in; says whether it was not there.
  mutating func insert(_ cid: CID) -> Bool {
    if !isLarge, let repository, hashed.count >= smallCount {
      noted = repository.state.withLock { $0.segments }.map(Noted.init)
      isLarge = true
    }
    let isNew: Bool
    if isLarge, !hashed.contains(cid), let place = place(of: cid) {
      isNew = noted[place.segment].words[place.word] & place.bit == 0
      noted[place.segment].words[place.word] |= place.bit
    } else {
      isNew = hashed.insert(cid)
    }
    if isNew { count += 1 }
    return isNew
  }

  /// Whether one is in it.
  func contains(_ cid: CID) -> Bool {
    if hashed.contains(cid) { return true }
    guard let place = place(of: cid) else { return false }
    return noted[place.segment].words[place.word] & place.bit != 0
  }

  /// Where it is noted of a CID; nil where it has no place, or the index cannot be read: then the hash is kept.
  private func place(of cid: CID) -> Place? {
    guard let key = cid.key, let kind = Self.kind(of: cid) else { return nil }
    for (index, noted) in noted.enumerated() {
      let line: Int?
      do throws(SegmentError) { line = try noted.segment.line(of: key)?.number } catch {
        return nil
      }
      if let line {
        return Place(segment: index, word: line / 16, bit: 1 << UInt64(line % 16 * 4 + kind))
      }
    }
    return nil
  }

  /// By which of four names a block is called: each is one CID, given its multihash.
  private static func kind(of cid: CID) -> Int? {
    switch cid.codec {
    case .raw: 0
    case .dagPB: cid.version == .v0 ? 1 : 2
    case .dagCBOR: 3
    default: nil
    }
  }
}
