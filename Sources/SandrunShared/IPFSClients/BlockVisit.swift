internal import IPFS
internal import Records

/// Visits every block below a root, depth first, each once, where the blocks with links have to be waited for.
///
/// The order is the same each time, so that a block may be named by its place in it. For a million blocks it holds 32 MiB.
struct BlockVisit {
  /// So many blocks are visited at most.
  private static let mostBlocks = DAGWalk.defaultLimit
  /// So many links are followed at most, those to one block counted each time.
  private static let mostLinks = DAGWalk.defaultLinkLimit
  /// So many links wait to be followed at most; no DAG that an importer makes comes near.
  private static let mostWaiting = 1 << 18

  /// One block on the way.
  struct Step: Sendable {
    var cid: CID
    /// Its place, from 0.
    var index: Int
    /// Its proved bytes; nil where it has no links, so that they were not needed.
    var bytes: [UInt8]?
  }

  /// The links that wait, the next one last.
  private var waiting: [CID]
  private var seen = CIDSet()
  private var followed = 0
  private var index = 0

  init(_ root: CID) { waiting = [root] }

  /// The next block that is kept anywhere: one that lies in its own CID is passed through; nil at the end.
  ///
  /// `read` gives the bytes of a block with links, which are proved here; what it throws ends the visit.
  mutating func next(
    reading read: (CID) async throws(Failure) -> [UInt8]
  ) async throws(Failure) -> Step? {
    while let cid = waiting.popLast() {
      guard seen.insert(cid) else { continue }
      guard seen.count <= Self.mostBlocks else {
        throw Failure(.data, "the content has more than \(Self.mostBlocks) blocks")
      }
      var bytes: [UInt8]?
      switch cid.codec {
      case .raw: break
      case .dagPB:
        let found: [UInt8]
        if let inline = cid.inlineBlock { found = inline } else { found = try await read(cid) }
        try Self.prove(found, are: cid)
        try follow(found, of: cid)
        bytes = found
      default:
        throw Failure(
          .data,
          "block \(cid) is of codec 0x\(String(cid.codec.rawValue, radix: 16)), whose links nobody here reads"
        )
      }
      if cid.inlineBlock != nil { continue }
      defer { index += 1 }
      return Step(cid: cid, index: index, bytes: bytes)
    }
    return nil
  }

  private mutating func follow(_ bytes: [UInt8], of cid: CID) throws(Failure) {
    let links: [CID]
    do { links = try DAGNode(parsing: bytes).links.map(\.cid) } catch {
      throw Failure(.data, "block \(cid) is malformed: \(error)")
    }
    followed += links.count
    guard followed <= Self.mostLinks, waiting.count + links.count <= Self.mostWaiting else {
      throw Failure(.data, "the content below \(cid) has too many links")
    }
    waiting += links.reversed()
  }

  /// Throws 76 for bytes that are not those of a CID, 65 where nobody here can tell.
  static func prove(_ bytes: [UInt8], are cid: CID) throws(Failure) {
    guard let isRight = cid.matches(bytes) else {
      throw Failure(.data, "\(cid) is made by a hash function that is not computed here")
    }
    guard isRight else {
      throw Failure(
        .protocolViolation, "the bytes sent for \(cid) are not its own", code: "wrong-block")
    }
  }
}

/// A bit for each block of a visit.
struct BlockMarks: Sendable {
  private var words: [UInt64] = []
  /// How many are marked.
  private(set) var count = 0

  subscript(index: Int) -> Bool {
    index >> 6 < words.count && words[index >> 6] & (1 << UInt64(index & 63)) != 0
  }

  mutating func mark(_ index: Int) {
    guard !self[index] else { return }
    while index >> 6 >= words.count { words.append(0) }
    words[index >> 6] |= 1 << UInt64(index & 63)
    count += 1
  }
}
