/// Reads a CAR as its bytes come, and keeps each block once it is proved to be what its CID names; see `CARStream`.
///
/// It holds one section at a time. What it was fed before an error has been handed on: whoever keeps the blocks decides what
/// becomes of them. A block that lies in its own CID is checked and not handed on.
public struct CARReader: Sendable {
  /// How long an archive may be.
  public struct Limits: Sendable {
    /// Bytes of the whole archive.
    public var bytes: Int
    /// Sections in it.
    public var blocks: Int
    /// Whether an archive may name no root.
    public var allowsNoRoots = false

    /// Makes limits; by default there are as many blocks as a walk visits, and any number of bytes.
    public init(bytes: Int = .max, blocks: Int = DAGWalk.defaultLimit) {
      self.bytes = bytes
      self.blocks = blocks
    }
  }

  /// The roots; empty until the header was read.
  public var roots: [CID] { stream.roots }
  /// How many sections were read.
  public var blockCount: Int { stream.blockCount }
  /// The bytes of all blocks that were read, without their CIDs.
  public var blockBytes: Int { stream.blockBytes }
  /// The version of the archive; nil until the header was read.
  public var version: Int? { stream.version }
  /// How many bytes were read.
  public var byteCount: Int { stream.byteCount }

  private let sink: any BlockSink
  private var stream: CARStream

  /// Makes a reader that has seen nothing yet.
  public init(into sink: any BlockSink, limits: Limits = Limits()) {
    self.sink = sink
    stream = CARStream(limits: limits)
  }

  /// Takes the next bytes, any number of them.
  ///
  /// After an error it throws the same again.
  public mutating func feed(_ bytes: RawSpan) throws(CARError) {
    let sink = sink
    try stream.feed(bytes) { (cid, block) throws(CARError) in
      guard cid.inlineBlock == nil else { return }
      guard let digest = cid.sha256 else { throw .repository(.unsupportedHash(cid)) }
      do throws(RepositoryError) { try sink.put(block, as: digest) } catch {
        throw .repository(error)
      }
    }
  }

  /// Takes the next bytes, any number of them.
  public mutating func feed(_ bytes: [UInt8]) throws(CARError) {
    try unsafe feed(bytes.span.bytes)
  }

  /// Says that no more bytes come, and gives the roots.
  @discardableResult
  public mutating func finish() throws(CARError) -> [CID] {
    try stream.finish()
  }
}
