/// Reads a range of a file's bytes, piece by piece as they are asked for; what lies outside the range is not read.
///
/// As with `ContentReader`, no size that a block declares is believed: what does not fit is an error.
public struct FileCursor: Sendable {
  /// The bytes that are still to be read, as offsets in the file.
  public private(set) var rest: Range<UInt64>
  /// The length of the whole file.
  public let size: UInt64

  private let root: CID
  private let reader: ContentReader
  /// Nodes on the way, the next one last.
  private var waiting: [Place]

  /// A node of the file that was not read yet.
  private struct Place: Sendable {
    var cid: CID
    /// Where its bytes begin in the file, and how many its parent says there are.
    var start: UInt64
    var size: UInt64
    var depth: Int
  }

  /// Opens a file; throws `notFile` where the CID names none.
  public init(_ cid: CID, in source: any BlockSource) throws(ReadError) {
    root = cid
    reader = ContentReader(source)
    let part = try reader.part(cid)
    guard part.data.kind == .file || part.data.kind == .raw else { throw .notFile(cid) }
    size = try part.contentSize()
    rest = 0..<size
    waiting = [Place(cid: cid, start: 0, size: size, depth: 0)]
  }

  /// Narrows what is read to a range, which is cut to the file's length.
  public mutating func narrow(to range: Range<UInt64>) {
    rest = range.clamped(to: rest)
  }

  /// The next bytes; nil at the end.
  public mutating func next() throws(ReadError) -> [UInt8]? {
    while !rest.isEmpty, let place = waiting.popLast() {
      let end = place.start + place.size
      guard end > rest.lowerBound else { continue }
      let part = try reader.part(place.cid)
      guard part.data.kind == .file || part.data.kind == .raw else { throw .notFile(place.cid) }
      guard try part.contentSize() == place.size else { throw .wrongSize(place.cid) }
      guard place.depth <= ContentReader.maximumDepth else {
        throw .overLimit(.depth(ContentReader.maximumDepth))
      }
      let own = part.data.data ?? []
      var start = end
      for (link, size) in zip(part.links, part.data.blockSizes).reversed() {
        // A piece of nothing brings no byte nearer to the end.
        guard size > 0 else { throw .wrongSize(place.cid) }
        start -= size
        // What lies outside is passed by without a look.
        guard start < rest.upperBound, start + size > rest.lowerBound else { continue }
        waiting.append(
          Place(cid: link.cid, start: start, size: size, depth: place.depth + 1))
      }
      let held = (place.start..<place.start + UInt64(own.count)).clamped(to: rest)
      guard !held.isEmpty else { continue }
      rest = held.upperBound..<rest.upperBound
      if held.count == own.count { return own }
      return Array(
        own[Int(held.lowerBound - place.start)..<Int(held.upperBound - place.start)])
    }
    // The nodes ended before the bytes that they promised.
    guard rest.isEmpty else { throw .wrongSize(root) }
    return nil
  }
}
