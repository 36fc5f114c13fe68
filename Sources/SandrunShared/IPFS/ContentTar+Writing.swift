internal import Files
public import SystemPackage

extension ContentTar {
  /// A tar on its way to a path where nothing is yet; it lies under a temporary name beside the path until it is whole.
  public struct Writer {
    private var tar: ContentTar
    private var placement: Placement
    private let file: OpenFile
    private let isSynced: Bool
    /// The bytes written so far.
    public private(set) var bytes = 0

    /// Makes the file under its temporary name.
    ///
    /// Throws `file` with `fileExists` where the path is taken.
    public init(_ tar: ContentTar, to path: FilePath, isSynced: Bool = true) throws(ReadError) {
      self.tar = tar
      self.tar.tree.folder = Files.parent(of: path)
      self.isSynced = isSynced
      placement = try Placement(for: path)
      file = try placement.makeFile()
    }

    /// Writes a piece; false when all is written and has its name.
    ///
    /// Where a block was missing, step again once it is there; after any other error, `abandon`.
    public mutating func step() throws(ReadError) -> Bool {
      guard let piece = try tar.next() else {
        try placement.commit(isSynced: isSynced)
        return false
      }
      do throws(FileError) { try unsafe file.write(piece.span.bytes, at: bytes) } catch {
        throw .file(error)
      }
      bytes += piece.count
      return true
    }

    /// Takes away what was written.
    public func abandon() {
      placement.abandon()
    }
  }
}
