internal import Files
public import IPFS
internal import Synchronization

/// Writes the files of a DAG as a tar, plain or in gzip, piece by piece as the caller asks: the same bytes each time.
///
/// There is no owner, and no mode or time but what the DAG keeps. It holds a piece of a file and the names of the folders it is in.
public final class ContentArchive: Sendable {
  /// In what the tar is wrapped.
  public enum Compression: Sendable {
    /// In nothing.
    case none
    /// In gzip, without a time or a name.
    case gzip
  }

  private static let pieceLength = 64 << 10

  private let state: Mutex<State>

  private struct State {
    var gzip: GzipFilter?
    var tar: ContentTar
    var isEnded = false
  }

  /// Begins with a folder, whose entries lie at the top of the tar, or a file, which is called by `name`.
  ///
  /// Of the content only the root is read yet. So many entries may come; a DAG may hold its own folders many times over.
  public init(
    _ root: CID, named name: String = "content", in source: any BlockSource,
    compression: Compression = .gzip, limit: Int = 1_000_000
  ) throws(ReadError) {
    // What is no content is told before the first byte goes out.
    _ = try ContentReader(source).node(root)
    let tar = ContentTar(
      root, as: .bare(Array(name.utf8)), in: source,
      limits: MaterialiseLimits(entries: limit, allowsOutsideLinks: true))
    do {
      state = Mutex(State(gzip: compression == .gzip ? try GzipFilter() : nil, tar: tar))
    } catch {
      throw .file(error)
    }
  }

  /// The next piece, never empty; nil at the end.
  public func piece() throws(ReadError) -> [UInt8]? {
    try state.withLock { (state) throws(ReadError) -> [UInt8]? in
      var plain: [UInt8] = []
      while !state.isEnded {
        if let next = try state.tar.next() { plain += next } else { state.isEnded = true }
        guard plain.count >= Self.pieceLength || state.isEnded else { continue }
        if state.gzip == nil { return plain }
        if let packed = try Self.compress(plain, &state) { return packed }
        plain = []
      }
      return nil
    }
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
