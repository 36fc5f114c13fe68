internal import Hashing
internal import IPFS

/// The blocks that an archive may bring next: those that what it brought so far leads to.
///
/// Any order is taken as long as there is room. Archives are in depth-first order: where room is short, the links that such an
/// archive has passed over are forgotten, so that what is held grows with the depth of the DAG and not with its width.
struct ExpectedLinks {
  /// So many are held at most.
  private let room: Int

  /// How the link names a block whose key is known.
  private enum Name {
    case sha256(CID.Codec, CID.Version)
    case other(CID)

    init(_ cid: CID) {
      self = cid.sha256 == nil ? .other(cid) : .sha256(cid.codec, cid.version)
    }
  }

  /// A link: of which node, and its place there.
  private struct Link {
    var node: Int
    var place: Int
    var name: Name
  }

  /// A node on the way to the block that came last, and its first link that is not passed.
  private struct Frame {
    var node: Int
    var next: Int
    var count: Int
  }

  private var links: [Digest32: Link] = [:]
  private var frames: [Frame] = []
  private var nodes = 0
  /// So many links are tried before the next look for those that were passed over.
  private var untilSweep = 0
  /// Whether a link was let go of whose block may still come.
  private(set) var hasForgotten = false

  init(_ root: CID, room: Int = 1 << 17) {
    self.room = room
    append([root])
  }

  /// How many are held.
  var count: Int { links.count }

  /// Takes a block's link out, by the key of the block; nil where nothing leads to it.
  mutating func remove(_ key: Digest32) -> CID? {
    guard let link = links.removeValue(forKey: key) else { return nil }
    if let depth = frames.lastIndex(where: { $0.node == link.node }) {
      frames.removeSubrange((depth + 1)...)
      frames[depth].next = max(frames[depth].next, link.place + 1)
      // A chain of any length takes one frame.
      if frames[depth].next == frames[depth].count { frames.removeLast() }
    }
    switch link.name {
    case .sha256(let codec, let version): return CID(key, codec: codec, version: version)
    case .other(let cid): return cid
    }
  }

  /// Puts in the links of the block that was taken out last.
  mutating func append(_ cids: [CID]) {
    guard !cids.isEmpty else { return }
    nodes += 1
    frames.append(Frame(node: nodes, next: 0, count: cids.count))
    for (place, cid) in cids.enumerated() {
      guard let key = cid.key else { continue }
      untilSweep -= 1
      if links.count >= room, untilSweep <= 0 { sweep() }
      guard links.count < room || links[key] != nil else {
        hasForgotten = true
        continue
      }
      links[key] = Link(node: nodes, place: place, name: Name(cid))
    }
  }

  /// Forgets what was passed over.
  private mutating func sweep() {
    let open = Dictionary(uniqueKeysWithValues: frames.map { ($0.node, $0.next) })
    let before = links.count
    links = links.filter { _, link in open[link.node].map { $0 <= link.place } ?? false }
    if links.count < before { hasForgotten = true }
    // The next look must be worth its while.
    untilSweep = room / 4
  }
}
