internal import Files
public import IPFS
internal import Synchronization

/// Writes the files of a DAG as a tar, plain or in gzip, piece by piece as the caller asks: the same bytes each time.
///
/// Files have mode 0644, folders and links 0755; no owner, no time. It holds a piece of a file and the names of the folders it is in.
public final class ContentArchive: Sendable {
  /// In what the tar is wrapped.
  public enum Compression: Sendable {
    /// In nothing.
    case none
    /// In gzip, without a time or a name.
    case gzip
  }

  private static let pieceLength = 64 << 10

  private let reader: ContentReader
  private let source: any BlockSource
  private let limit: Int
  private let state: Mutex<State>

  private struct State {
    var gzip: GzipFilter?
    /// What is still to be written, the next one last; depth counts folders.
    var waiting: [(path: [UInt8], cid: CID, depth: Int)]
    var file: FileCursor?
    var entries = 0
    var isEnded = false
  }

  /// Begins with a folder, whose entries lie at the top of the tar, or a file, which is called by `name`.
  ///
  /// Nothing is read yet. So many entries may come; a DAG may hold its own folders many times over.
  public init(
    _ root: CID, named name: String = "content", in source: any BlockSource,
    compression: Compression = .gzip, limit: Int = 1_000_000
  ) throws(ReadError) {
    self.source = source
    self.limit = limit
    reader = ContentReader(source)
    var waiting: [(path: [UInt8], cid: CID, depth: Int)] = []
    if case .directory(let entries) = try reader.node(root) {
      waiting = try Self.all(entries, limit).reversed().map { ($0.name, $0.cid, 1) }
    } else {
      waiting = [(Array(name.utf8), root, 1)]
    }
    do {
      let gzip = compression == .gzip ? try GzipFilter() : nil
      state = Mutex(State(gzip: gzip, waiting: waiting))
    } catch {
      throw .file(error)
    }
  }

  /// The next piece, never empty; nil at the end.
  public func piece() throws(ReadError) -> [UInt8]? {
    try state.withLock { (state) throws(ReadError) -> [UInt8]? in
      var plain: [UInt8] = []
      while !state.isEnded {
        var next = try take(&state)
        if next == nil {
          state.isEnded = true
          next = TarHeader.end
        }
        plain += next ?? []
        guard plain.count >= Self.pieceLength || state.isEnded else { continue }
        if state.gzip == nil { return plain }
        if let packed = try Self.compress(plain, &state) { return packed }
        plain = []
      }
      return nil
    }
  }

  /// The next stretch of the tar; nil where only its end is left.
  private func take(_ state: inout State) throws(ReadError) -> [UInt8]? {
    if state.file != nil {
      if let piece = try state.file?.next() { return piece }
      let size = state.file?.size ?? 0
      state.file = nil
      return TarHeader.padding(after: size)
    }
    guard let (path, cid, depth) = state.waiting.popLast() else { return nil }
    state.entries += 1
    guard state.entries <= limit else { throw .overLimit(.entries(limit)) }
    guard depth <= ContentReader.maximumDepth else {
      throw .overLimit(.depth(ContentReader.maximumDepth))
    }
    let slash = UInt8(ascii: "/")
    switch try reader.node(cid) {
    case .file(let size):
      state.file = try FileCursor(cid, in: source)
      return TarHeader(kind: .file, path: path, size: size).bytes
    case .directory(let entries):
      state.waiting += try Self.all(entries, limit).reversed().map { (path + [slash] + $0.name, $0.cid, depth + 1) }
      return TarHeader(kind: .folder, path: path + [slash]).bytes
    case .symlink(let target):
      return TarHeader(kind: .symlink, path: path, target: target).bytes
    }
  }

  private static func all(
    _ directory: DirectoryCursor, _ limit: Int
  ) throws(ReadError) -> [ContentReader.Entry] {
    var directory = directory
    var entries: [ContentReader.Entry] = []
    while let entry = try directory.next() {
      guard entries.count < limit else { throw .overLimit(.entries(limit)) }
      entries.append(entry)
    }
    return entries
  }

  /// What comes out for some bytes; nil while the library keeps it.
  private static func compress(
    _ plain: [UInt8], _ state: inout State
  ) throws(ReadError) -> [UInt8]? {
    do throws(FileError) {
      try state.gzip?.write(plain)
      if state.isEnded { try state.gzip?.finish() }
    } catch { throw .file(error) }
    let packed = state.gzip?.take() ?? []
    return packed.isEmpty ? nil : packed
  }
}
