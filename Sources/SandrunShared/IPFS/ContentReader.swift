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
  public enum Node: Sendable {
    /// A file, or a piece of one, of so many bytes.
    case file(size: UInt64)
    /// A directory, in front of its first entry.
    case directory(DirectoryCursor)
    /// A symbolic link with its target.
    case symlink(target: [UInt8])
  }

  /// What a node is, and what it tells of itself beside.
  public struct Description: Equatable, Sendable {
    /// What a node is, whatever lies below it.
    public enum Kind: Equatable, Sendable {
      /// A file, or a piece of one, of so many bytes.
      case file(size: UInt64)
      /// A directory, in one block or in many.
      case directory
      /// A symbolic link with its target.
      case symlink(target: [UInt8])
    }

    /// What it is.
    public var kind: Kind
    /// Its permissions, with the bits for set-user-ID, set-group-ID and sticky; nil where none were kept.
    public var mode: UInt32?
    /// When it was changed last; nil where that was not kept.
    public var modificationTime: UnixFSData.ModificationTime?
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
    try node(try unixFSNode(cid))
  }

  /// What a CID names, with its mode and time; of a raw block only the length is looked up.
  public func describe(_ cid: CID) throws(ReadError) -> Description {
    guard cid.codec != .raw else {
      do { return Description(kind: .file(size: UInt64(try source.length(of: cid)))) } catch {
        throw .repository(error)
      }
    }
    let node = try unixFSNode(cid)
    let kind: Description.Kind =
      switch node.data.kind {
      case .file, .raw: .file(size: try node.contentSize())
      case .directory, .hamtShard: .directory
      case .symlink: .symlink(target: node.data.data ?? [])
      case .metadata: throw .malformed(cid, .unknownType(node.data.kind.rawValue))
      }
    return Description(
      kind: kind, mode: node.data.mode, modificationTime: node.data.modificationTime)
  }

  private func node(_ node: UnixFSNode) throws(ReadError) -> Node {
    switch node.data.kind {
    case .file, .raw: .file(size: try node.contentSize())
    case .directory, .hamtShard: .directory(try DirectoryCursor(node, self))
    case .symlink: .symlink(target: node.data.data ?? [])
    case .metadata: throw .malformed(node.cid, .unknownType(node.data.kind.rawValue))
    }
  }

  /// Follows the names of a path; links are not followed.
  public func resolve(_ path: ContentPath) throws(ReadError) -> CID {
    var cid = path.root
    for name in path.names { cid = try entry(name, of: cid).cid }
    return cid
  }

  /// Hands the content of a file over, piece by piece, and gives its length.
  ///
  /// Ends with an error as soon as a piece is not as long as its parent says, or the whole goes beyond `limit` bytes.
  @discardableResult
  public func read(
    _ cid: CID, limit: UInt64 = .max, _ body: ([UInt8]) throws(ReadError) -> Void
  ) throws(ReadError) -> UInt64 {
    var cursor = try FileCursor(cid, in: source)
    guard cursor.size <= limit else { throw .overLimit(.bytes(limit)) }
    while let piece = try cursor.next() { try body(piece) }
    return cursor.size
  }

  /// The content of a file of at most `limit` bytes.
  public func bytes(_ cid: CID, limit: UInt64) throws(ReadError) -> [UInt8] {
    var content: [UInt8] = []
    try read(cid, limit: limit) { (piece) throws(ReadError) in content += piece }
    return content
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
  func unixFSNode(_ cid: CID) throws(ReadError) -> UnixFSNode {
    try UnixFSNode(cid, try block(cid))
  }
}
