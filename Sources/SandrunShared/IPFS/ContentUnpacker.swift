internal import Files
public import SystemPackage

/// Writes a file, or a directory with all below it, to a path where nothing is yet, step by step.
///
/// It lies under a temporary name beside the path until it is whole. Names are made in open directories, each anew: nothing is written
/// through a link, and nothing is overwritten, so that two names which are one to the file system end it. Files get mode 0644 and
/// directories 0755, as the umask allows, or the mode that was kept, without the bits that lend the rights of their owner.
public struct ContentUnpacker {
  private var tree: TreeCursor
  private var placement: Placement
  private let isSynced: Bool
  /// The directories that are being filled.
  private var folders: [(folder: OutputFolder, item: TreeCursor.Item)] = []
  private var file: (file: OpenFile, item: TreeCursor.Item, end: Int)?

  /// Starts at a root; nothing is read or written yet.
  ///
  /// Throws `file` with `fileExists` where the path is taken.
  public init(
    _ root: CID, in source: any BlockSource, to path: FilePath,
    limits: MaterialiseLimits = MaterialiseLimits()
  ) throws(ReadError) {
    tree = TreeCursor(root, in: source, limits: limits)
    placement = try Placement(for: path)
    tree.folder = Files.parent(of: path)
    isSynced = limits.isSynced
  }

  /// The bytes of content written so far.
  public var bytes: UInt64 { tree.bytes }

  /// Does a little; false when all is done and has its name.
  ///
  /// Where a block was missing, step again once it is there; after any other error, `abandon`.
  public mutating func step() throws(ReadError) -> Bool {
    switch try tree.next() {
    case .file(let item, _):
      file = (try makeFile(item), item, 0)
    case .piece(let bytes):
      try write(bytes)
    case .endOfFile:
      if let file { try OutputFolder.setMetadata(of: file.file, item: file.item) }
      file = nil
    case .directory(let item):
      folders.append((try makeFolder(item), item))
    case .endOfDirectory:
      if let (folder, item) = folders.popLast() {
        try OutputFolder.setMetadata(of: folder.file, item: item)
      }
    case .symlink(let item, let target):
      try makeLink(item, to: target)
    case nil:
      try placement.commit(isSynced: isSynced)
      return false
    }
    return true
  }

  /// Takes away what was written.
  public func abandon() {
    placement.abandon()
  }

  private mutating func makeFile(_ item: TreeCursor.Item) throws(ReadError) -> OpenFile {
    guard let (folder, _) = folders.last else { return try placement.makeFile() }
    return try folder.create(item.names.last ?? [])
  }

  private mutating func makeFolder(_ item: TreeCursor.Item) throws(ReadError) -> OutputFolder {
    guard let (folder, _) = folders.last else { return try placement.makeFolder() }
    return try folder.makeFolder(item.names.last ?? [])
  }

  private mutating func makeLink(
    _ item: TreeCursor.Item, to target: [UInt8]
  ) throws(ReadError) {
    guard let (folder, _) = folders.last else {
      return try placement.makeLink(item, to: target)
    }
    let name = item.names.last ?? []
    try folder.link(name, to: target)
    try folder.setLinkTime(name, item)
  }

  private mutating func write(_ piece: [UInt8]) throws(ReadError) {
    guard let (file, _, end) = file else { return }
    do throws(FileError) { try unsafe file.write(piece.span.bytes, at: end) } catch {
      throw .file(error)
    }
    self.file?.end += piece.count
  }
}

extension ContentReader {
  /// Writes a file or a directory with all below it to a path where nothing is yet, as `ContentUnpacker` does; on failure nothing is left.
  ///
  /// Gives the number of bytes of content.
  @discardableResult
  public func materialise(
    _ cid: CID, to path: FilePath, limits: MaterialiseLimits = MaterialiseLimits()
  ) throws(ReadError) -> UInt64 {
    var unpacker = try ContentUnpacker(cid, in: source, to: path, limits: limits)
    do throws(ReadError) {
      while try unpacker.step() {}
    } catch {
      unpacker.abandon()
      throw error
    }
    return unpacker.bytes
  }
}
