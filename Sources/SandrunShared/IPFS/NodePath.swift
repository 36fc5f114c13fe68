/// The nodes from a root down to where a cursor stands, each with what the cursor notes of it.
///
/// However wide and deep they are, few of their bytes are held: the upper nodes are let go, and read again on the way back.
struct NodePath<Note: Sendable>: Sendable {
  /// So many bytes of blocks are held above the last one.
  private static var heldAtMost: Int { 1 << 20 }

  private struct Node: Sendable {
    let cid: CID
    let byteCount: Int
    /// Nil where others needed the room.
    var part: Part?
    var note: Note
  }

  private var nodes: [Node] = []
  private var held = 0

  /// What is noted of the last node; nil where the path is empty.
  var note: Note? { nodes.last?.note }
  var count: Int { nodes.count }

  mutating func setNote(_ note: Note) {
    nodes[nodes.count - 1].note = note
  }

  /// Goes on to a node below the last one.
  mutating func enter(_ part: Part, _ note: Note) {
    if held > Self.heldAtMost { letGo() }
    nodes.append(Node(cid: part.cid, byteCount: part.byteCount, part: part, note: note))
    held += part.byteCount
  }

  /// Goes back to the node above.
  mutating func leave() {
    guard let node = nodes.popLast() else { return }
    if node.part != nil { held -= node.byteCount }
  }

  /// The last node, read again where it was let go.
  mutating func part(from reader: ContentReader) throws(ReadError) -> Part? {
    guard let node = nodes.last else { return nil }
    if let part = node.part { return part }
    let part = try reader.part(node.cid)
    nodes[nodes.count - 1].part = part
    held += node.byteCount
    return part
  }

  /// Forgets the data of the last node, where it is a file's and has been handed over.
  mutating func dropData() {
    nodes[nodes.count - 1].part?.data.data = nil
  }

  /// Holds no more of any node than its name, unless that is little.
  mutating func letGo(above limit: Int = 0) {
    guard held > limit else { return }
    for index in nodes.indices { nodes[index].part = nil }
    held = 0
  }
}
