/// Writes a file, or a directory with all below it, as a POSIX tar, piece by piece: the same bytes each time (pax interchange format).
///
/// It is a value, and a `next` that throws leaves it as it was: where a block was missing, step again once it is there. There are no
/// owners; modes and times are those that were kept, else the usual modes and the beginning of 1970.
public struct ContentTar: Sendable {
  /// What the root is in the tar.
  public enum Top: Sendable {
    /// An entry of this name, before what lies below it.
    case named([UInt8])
    /// Nothing, where it is a directory: its entries lie at the top. A file or a link has this name.
    case bare([UInt8])
  }

  private let top: Top
  var tree: TreeCursor
  /// The length of the file that is being written.
  private var size: UInt64 = 0
  private var isEnded = false

  /// Starts at a root; nothing is read yet.
  public init(
    _ root: CID, as top: Top, in source: any BlockSource,
    limits: MaterialiseLimits = MaterialiseLimits()
  ) {
    self.top = top
    tree = TreeCursor(root, in: source, limits: limits)
  }

  /// The next bytes, never none; nil at the end.
  public mutating func next() throws(ReadError) -> [UInt8]? {
    while true {
      switch try tree.next() {
      case .file(let item, let size):
        self.size = size
        return header(.file, item, size: size).bytes
      case .piece(let bytes):
        return bytes
      case .endOfFile:
        let padding = TarHeader.padding(after: size)
        if !padding.isEmpty { return padding }
      case .directory(let item):
        if case .bare = top, item.names.isEmpty { continue }
        return header(.folder, item).bytes
      case .endOfDirectory:
        break
      case .symlink(let item, let target):
        return header(.symlink, item, target: target).bytes
      case nil:
        if isEnded { return nil }
        isEnded = true
        return TarHeader.end
      }
    }
  }

  private func header(
    _ kind: TarHeader.Kind, _ item: TreeCursor.Item, size: UInt64 = 0, target: [UInt8] = []
  ) -> TarHeader {
    var names = item.names
    switch top {
    case .named(let name): names.insert(name, at: 0)
    case .bare(let name): if names.isEmpty { names = [name] }
    }
    var path = Array(names.joined(separator: [UInt8(ascii: "/")]))
    if kind == .folder { path.append(UInt8(ascii: "/")) }
    return TarHeader(
      kind: kind, path: path, size: size, target: target, mode: item.mode,
      time: item.modificationTime)
  }
}
