/// Reads a range of a file's bytes, piece by piece as they are asked for; what lies outside the range is not read.
///
/// It is a value, and a `next` that throws leaves it as it was: where a block was missing, step again once it is there. As with
/// `ContentReader`, no size that a block declares is believed: what does not fit is an error.
public struct FileCursor: Sendable {
  /// The bytes that are still to be read, as offsets in the file.
  public private(set) var rest: Range<UInt64>
  /// The length of the whole file.
  public let size: UInt64

  private let root: CID
  private let reader: ContentReader
  private var path = NodePath<Place>()

  /// How far the cursor is in one node.
  private struct Place: Sendable {
    /// The next link, and where in the file its bytes begin.
    var next = 0
    var start: UInt64
    /// Where the node's own bytes begin; nil where they were handed over.
    var own: UInt64?
  }

  /// Opens a file; throws `notFile` where the CID names none.
  public init(_ cid: CID, in source: any BlockSource) throws(ReadError) {
    let reader = ContentReader(source)
    try self.init(try reader.unixFSNode(cid), reader)
  }

  init(_ node: UnixFSNode, _ reader: ContentReader) throws(ReadError) {
    self.reader = reader
    root = node.cid
    guard node.isFile else { throw .notFile(node.cid) }
    size = try node.contentSize()
    rest = 0..<size
    enter(node, at: 0)
  }

  /// Narrows what is read to a range, which is cut to the file's length.
  public mutating func narrow(to range: Range<UInt64>) {
    rest = range.clamped(to: rest)
  }

  /// The next bytes; nil at the end.
  public mutating func next() throws(ReadError) -> [UInt8]? {
    while !rest.isEmpty {
      guard var place = path.note, let node = try path.node(from: reader) else {
        // The nodes ended before the bytes that they promised.
        throw .wrongSize(root)
      }
      if let start = place.own {
        place.own = nil
        path.setNote(place)
        path.dropData()
        if let piece = take(node.data.data ?? [], at: start) { return piece }
        continue
      }
      guard place.next < node.links.count, place.start < rest.upperBound else {
        path.leave()
        continue
      }
      let (link, size) = (node.links[place.next], node.data.blockSizes[place.next])
      let start = place.start
      place.next += 1
      place.start += size
      if place.start > rest.lowerBound {
        tellAhead(node, from: place.next - 1, at: start)
        let child = try reader.unixFSNode(link.cid)
        guard child.isFile else { throw .notFile(child.cid) }
        guard try child.contentSize() == size else { throw .wrongSize(child.cid) }
        guard path.count <= ContentReader.maximumDepth else {
          throw .overLimit(.depth(ContentReader.maximumDepth))
        }
        path.setNote(place)
        // A leaf is done with at once.
        guard !child.links.isEmpty else {
          if let piece = take(child.data.data ?? [], at: start) { return piece }
          continue
        }
        enter(child, at: start)
      } else {
        // What lies outside is passed by without a look.
        path.setNote(place)
      }
    }
    return nil
  }

  /// Links below this length are read as fast as anybody could be told of them.
  static let worthTelling = 64 << 10

  /// Tells a source that reads ahead what will be read of a node from a link on.
  private func tellAhead(_ node: UnixFSNode, from index: Int, at start: UInt64) {
    let count = reader.source.wantedAhead
    guard count > 0, node.data.blockSizes[index] >= Self.worthTelling else { return }
    var start = start
    var cids: [CID] = []
    for (link, size) in zip(node.links[index...], node.data.blockSizes[index...]) {
      guard cids.count < count, start < rest.upperBound else { break }
      cids.append(link.cid)
      start += size
    }
    reader.source.willRead(cids)
  }

  private mutating func enter(_ node: UnixFSNode, at start: UInt64) {
    path.enter(node, Place(start: start + UInt64(node.data.data?.count ?? 0), own: start))
  }

  /// What of some bytes is asked for; nil where that is nothing.
  private mutating func take(_ own: [UInt8], at start: UInt64) -> [UInt8]? {
    let held = (start..<start + UInt64(own.count)).clamped(to: rest)
    guard !held.isEmpty else { return nil }
    rest = held.upperBound..<rest.upperBound
    if held.count == own.count { return own }
    return Array(own[Int(held.lowerBound - start)..<Int(held.upperBound - start)])
  }
}
