/// Reads files and directories out of blocks, whoever made them.
///
/// No size, name or link that a block declares is believed: what is read is bounded by what really came.
public struct ContentReader: Sendable {
  /// Directory entries and nodes of a file may lie so deep in each other.
  public static let maximumDepth = 128

  let source: any BlockSource

  /// Reads from a source of blocks.
  public init(_ source: any BlockSource) {
    self.source = source
  }

  /// What a node is, with as much of it as its own block tells.
  public enum Node: Equatable, Sendable {
    /// A file, or a piece of one, of so many bytes.
    case file(size: UInt64)
    /// A directory with its entries, in the order of the block.
    case directory([Entry])
    /// A symbolic link with its target.
    case symlink(target: [UInt8])
  }

  /// A link in a directory.
  public struct Entry: Equatable, Sendable {
    /// The name's bytes.
    public var name: [UInt8]
    /// What it leads to.
    public var cid: CID
    /// The bytes of its whole DAG, as the directory says.
    public var cumulativeSize: UInt64
  }

  /// What a CID names.
  public func node(_ cid: CID) throws(ReadError) -> Node {
    let part = try part(cid)
    switch part.data.kind {
    case .file, .raw:
      return .file(size: try part.contentSize())
    case .directory:
      return .directory(try part.entries())
    case .symlink:
      return .symlink(target: part.data.data ?? [])
    case .hamtShard:
      throw .shardedDirectory(cid)
    case .metadata:
      throw .malformed(cid, .unknownType(part.data.kind.rawValue))
    }
  }

  /// Follows the names of a path; links are not followed.
  public func resolve(_ path: ContentPath) throws(ReadError) -> CID {
    var cid = path.root
    for name in path.names {
      let text = String(decoding: name, as: UTF8.self)
      guard case .directory(let entries) = try node(cid) else { throw .notDirectory(cid) }
      guard let entry = entries.first(where: { $0.name == name }) else {
        throw .noEntry(cid, text)
      }
      cid = entry.cid
    }
    return cid
  }

  /// Hands the content of a file over, piece by piece, and gives its length.
  ///
  /// Ends with an error as soon as a piece is not as long as its parent says, or the whole goes beyond `limit` bytes.
  @discardableResult
  public func read(
    _ cid: CID, limit: UInt64 = .max, _ body: ([UInt8]) throws(ReadError) -> Void
  ) throws(ReadError) -> UInt64 {
    try read(try part(cid), expected: nil, limit: limit, depth: 0, body)
  }

  /// The content of a file of at most `limit` bytes.
  public func bytes(_ cid: CID, limit: UInt64) throws(ReadError) -> [UInt8] {
    var content: [UInt8] = []
    try read(cid, limit: limit) { (piece) throws(ReadError) in content += piece }
    return content
  }

  /// The content in and below one node.
  func read(
    _ part: Part, expected: UInt64?, limit: UInt64, depth: Int,
    _ body: ([UInt8]) throws(ReadError) -> Void
  ) throws(ReadError) -> UInt64 {
    guard depth <= Self.maximumDepth else { throw .overLimit(.depth(Self.maximumDepth)) }
    guard part.data.kind == .file || part.data.kind == .raw else { throw .notFile(part.cid) }
    let declared = try part.contentSize()
    guard declared == expected ?? declared else { throw .wrongSize(part.cid) }
    guard declared <= limit else { throw .overLimit(.bytes(limit)) }
    var total: UInt64 = 0
    if let own = part.data.data, !own.isEmpty {
      total = UInt64(own.count)
      try body(own)
    }
    for (link, size) in zip(part.links, part.data.blockSizes) {
      // A piece of nothing costs a read and brings no byte nearer to the end: a DAG of them would never end.
      guard size > 0 else { throw .wrongSize(part.cid) }
      total += try read(
        try self.part(link.cid), expected: size, limit: size, depth: depth + 1, body)
    }
    guard total == declared else { throw .wrongSize(part.cid) }
    return total
  }

  /// Visits every block that a root leads to, each once, parents before children.
  ///
  /// Raw blocks have no links. Throws `overLimit` beyond so many blocks.
  public func walk(
    _ root: CID, limit: Int = 1 << 24,
    _ visit: (CID, [UInt8]) throws(ReadError) -> Void
  ) throws(ReadError) {
    var seen: Set<CID> = [root]
    var waiting = [root]
    while let cid = waiting.popLast() {
      let bytes = try block(cid)
      try visit(cid, bytes)
      guard cid.codec == .dagPB else { continue }
      let node: DAGNode
      do { node = try DAGNode(parsing: bytes) } catch { throw .malformed(cid, error) }
      for link in node.links.reversed() where seen.insert(link.cid).inserted {
        guard seen.count <= limit else { throw .overLimit(.entries(limit)) }
        waiting.append(link.cid)
      }
    }
  }

  func block(_ cid: CID) throws(ReadError) -> [UInt8] {
    do { return try source.block(cid) } catch { throw .repository(error) }
  }

  /// One block, taken apart as UnixFS.
  func part(_ cid: CID) throws(ReadError) -> Part {
    let bytes = try block(cid)
    switch cid.codec {
    case .raw:
      return Part(
        cid: cid, links: [],
        data: UnixFSData(.raw, data: bytes, fileSize: UInt64(bytes.count)))
    case .dagPB:
      do throws(BlockError) {
        let node = try DAGNode(parsing: bytes)
        guard let data = node.data else { throw .noData }
        return Part(cid: cid, links: node.links, data: try UnixFSData(parsing: data))
      } catch {
        throw .malformed(cid, error)
      }
    default:
      throw .unsupportedCodec(cid)
    }
  }
}

/// One node of a file or a directory.
struct Part {
  var cid: CID
  var links: [DAGNode.Link]
  var data: UnixFSData

  /// The bytes of content in and below this node, as it says; it must say the same in each place.
  func contentSize() throws(ReadError) -> UInt64 {
    guard links.count == data.blockSizes.count else { throw .wrongSize(cid) }
    var total = UInt64(data.data?.count ?? 0)
    for size in data.blockSizes {
      let (sum, overflow) = total.addingReportingOverflow(size)
      guard !overflow, sum < 1 << 63 else { throw .wrongSize(cid) }
      total = sum
    }
    guard data.fileSize ?? total == total else { throw .wrongSize(cid) }
    return total
  }

  /// The entries of a directory, with names that can be names, each once.
  func entries() throws(ReadError) -> [ContentReader.Entry] {
    var names: Set<[UInt8]> = []
    var entries: [ContentReader.Entry] = []
    entries.reserveCapacity(links.count)
    for link in links {
      let name = link.name ?? []
      guard DirectoryName.isValid(name), names.insert(name).inserted else {
        throw .badName(cid, String(decoding: name, as: UTF8.self))
      }
      entries.append(
        ContentReader.Entry(
          name: name, cid: link.cid, cumulativeSize: link.cumulativeSize ?? 0))
    }
    return entries
  }
}
