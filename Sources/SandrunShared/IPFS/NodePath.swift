/// The nodes from a root down to where a cursor stands, each with what the cursor notes of it.
///
/// However wide and deep they are, few of their bytes are held: the upper nodes are let go, and read again on the way back.
struct NodePath<Note: Sendable>: Sendable {
  /// So many bytes of blocks are held above the last one.
  private static var heldAtMost: Int { 1 << 20 }

  private struct Level: Sendable {
    let cid: CID
    let byteCount: Int
    /// Nil where others needed the room.
    var node: UnixFSNode?
    var note: Note
  }

  private var levels: [Level] = []
  private var held = 0

  /// What is noted of the last node; nil where the path is empty.
  var note: Note? { levels.last?.note }
  var count: Int { levels.count }

  mutating func setNote(_ note: Note) {
    levels[levels.count - 1].note = note
  }

  /// Goes on to a node below the last one.
  mutating func enter(_ node: UnixFSNode, _ note: Note) {
    if held > Self.heldAtMost { letGo() }
    levels.append(Level(cid: node.cid, byteCount: node.byteCount, node: node, note: note))
    held += node.byteCount
  }

  /// Goes back to the node above.
  mutating func leave() {
    guard let level = levels.popLast() else { return }
    if level.node != nil { held -= level.byteCount }
  }

  /// The last node, read again where it was let go.
  mutating func node(from reader: ContentReader) throws(ReadError) -> UnixFSNode? {
    guard let level = levels.last else { return nil }
    if let node = level.node { return node }
    let node = try reader.unixFSNode(level.cid)
    levels[levels.count - 1].node = node
    held += level.byteCount
    return node
  }

  /// Forgets the data of the last node, where it is a file's and has been handed over.
  mutating func dropData() {
    levels[levels.count - 1].node?.data.data = nil
  }

  /// Holds no more of any node than its name, unless that is little.
  mutating func letGo(above limit: Int = 0) {
    guard held > limit else { return }
    for index in levels.indices { levels[index].node = nil }
    held = 0
  }
}
