internal import Files
internal import SystemPackage

/// Walks a file, or a directory with all below it, and tells one thing after another: what a tar, an unpacking or a check is made from.
///
/// It is a value, and a `next` that throws leaves it as it was: where a block was missing, step again once it is there. It keeps to its
/// limits, and refuses names that can be none and links that lead out.
public struct TreeCursor: Sendable {
  /// The names above and of an entry may have so many bytes together.
  public static let longestPath = 64 << 10

  /// A file, a directory or a link.
  public struct Item: Sendable {
    /// The names that lead to it from the root, which has none.
    public var names: [[UInt8]]
    /// What it is the name of.
    public var cid: CID
    /// Its permissions; nil where none were kept.
    public var mode: UInt32?
    /// When it was changed last; nil where that was not kept.
    public var modificationTime: UnixFSData.ModificationTime?
  }

  /// What comes next.
  public enum Event: Sendable {
    /// A file of so many bytes, which follow.
    case file(Item, size: UInt64)
    /// Bytes of the file.
    case piece([UInt8])
    /// The file is whole.
    case endOfFile
    /// A directory, whose entries follow.
    case directory(Item)
    /// The directory was left.
    case endOfDirectory
    /// A symbolic link.
    case symlink(Item, target: [UInt8])
  }

  /// The bytes of content in the files so far.
  public private(set) var bytes: UInt64 = 0

  /// What is smaller shows itself when it is written.
  static let leastMeasured: UInt64 = 1 << 20

  /// Where it is written, if it is: a file for which there is no room is refused before any of it is.
  var folder: FilePath?

  private let reader: ContentReader
  private let limits: MaterialiseLimits
  private var entries = 0
  /// The directories that the walk is in, and the names of all but the first.
  private var directories: [DirectoryCursor] = []
  private var names: [[UInt8]] = []
  /// What is to be opened next, and its name, which the root has not.
  private var waiting: (name: [UInt8]?, cid: CID)?
  private var file: FileCursor?

  /// Starts at a root; nothing is read yet.
  public init(
    _ root: CID, in source: any BlockSource, limits: MaterialiseLimits = MaterialiseLimits()
  ) {
    reader = ContentReader(source)
    self.limits = limits
    waiting = (nil, root)
  }

  /// What comes next; nil when all was told.
  public mutating func next() throws(ReadError) -> Event? {
    guard !limits.isCancelled() else { throw .cancelled }
    if file != nil {
      if let piece = try file?.next() { return .piece(piece) }
      file = nil
      return .endOfFile
    }
    if waiting == nil {
      guard !directories.isEmpty else { return nil }
      guard let entry = try directories[directories.count - 1].next() else {
        directories.removeLast()
        _ = names.popLast()
        return .endOfDirectory
      }
      waiting = (entry.name, entry.cid)
    }
    guard let (name, cid) = waiting else { return nil }
    let event = try open(cid, name)
    waiting = nil
    return event
  }

  private mutating func open(_ cid: CID, _ name: [UInt8]?) throws(ReadError) -> Event {
    let path = name.map { names + [$0] } ?? []
    guard entries < limits.entries else { throw .overLimit(.entries(limits.entries)) }
    guard path.count <= limits.depth else { throw .overLimit(.depth(limits.depth)) }
    guard path.reduce(0, { $0 + $1.count + 1 }) <= Self.longestPath else {
      throw .overLimit(.path(Self.longestPath))
    }
    let node = try reader.unixFSNode(cid)
    let item = Item(
      names: path, cid: cid, mode: node.data.mode, modificationTime: node.data.modificationTime)
    let event: Event
    switch node.data.kind {
    case .file, .raw:
      let cursor = try FileCursor(node, reader)
      guard cursor.size <= limits.bytes - bytes else { throw .overLimit(.bytes(limits.bytes)) }
      try requireRoom(for: cursor.size)
      bytes += cursor.size
      file = cursor
      event = .file(item, size: cursor.size)
    case .directory, .hamtShard:
      let cursor = try DirectoryCursor(node, reader)
      if !directories.isEmpty { directories[directories.count - 1].park() }
      directories.append(cursor)
      if let name { names.append(name) }
      event = .directory(item)
    case .symlink:
      let target = node.data.data ?? []
      guard
        limits.allowsOutsideLinks
          || Files.staysInside(linkTarget: target, depth: max(0, path.count - 1))
      else {
        throw .linkLeadsOut(
          name.map(DirectoryName.text) ?? "\(cid)", target: DirectoryName.text(target))
      }
      event = .symlink(item, target: target)
    case .metadata:
      throw .malformed(cid, .unknownType(node.data.kind.rawValue))
    }
    entries += 1
    return event
  }

  /// A few small blocks can make a file larger than any disk; the disk is not filled to find out.
  private func requireRoom(for size: UInt64) throws(ReadError) {
    guard let folder, size >= Self.leastMeasured else { return }
    do throws(FileError) {
      guard try size <= Files.freeSpace(at: folder) else {
        throw FileError("make room for \(size) bytes in", folder, .noSpace)
      }
    } catch { throw .file(error) }
  }
}

extension ContentReader {
  /// Reads all that `materialise` would write, under the same limits, and writes nothing; gives the number of bytes of content.
  ///
  /// What comes through here can be written: every block is proved, every size is true, no link leads out.
  public func survey(
    _ cid: CID, limits: MaterialiseLimits = MaterialiseLimits()
  ) throws(ReadError) -> UInt64 {
    var tree = TreeCursor(cid, in: source, limits: limits)
    while try tree.next() != nil {}
    return tree.bytes
  }
}
