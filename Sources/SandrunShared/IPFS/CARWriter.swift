internal import Hashing

/// Writes a CAR, version 1: a header with the roots, then each block below them once, in the order of `DAGWalk`.
///
/// The bytes are those of `ipfs dag export`, and the same each time. A block that lies in its own CID is not written. Blocks without
/// links are written as they lie on disk, unproved: a reader of archives proves each.
public struct CARWriter: Sendable {
  /// Pieces are about so long; one with a large block is longer.
  private static let pieceLength = 64 << 10

  /// The exact length of the whole archive, in bytes.
  public let byteCount: UInt64
  /// How many blocks it holds.
  public var blockCount: Int { blocks.count }

  private let source: any BlockSource
  private let blocks: [CID]
  private var header: [UInt8]
  private var next = 0

  /// Finds out what the archive will hold, by one walk that reads no raw block.
  ///
  /// Throws `repository` with `notFound` for the first block that is missing: so nothing is begun that cannot be finished.
  public init(
    _ roots: [CID], from source: any BlockSource, limit: Int = DAGWalk.defaultLimit
  ) throws(ReadError) {
    precondition(
      !roots.isEmpty && roots.count <= CARHeader.maximumRoots, "an archive has 1 to 1024 roots")
    let header = CARHeader(roots: roots).bytes
    var walk = DAGWalk(roots, in: source, limit: limit)
    var blocks: [CID] = []
    var total = UInt64(header.count)
    while let step = try walk.next() {
      guard step.cid.inlineBlock == nil else { continue }
      blocks.append(step.cid)
      let section = step.cid.byteCount + step.length
      total += UInt64(Varint.length(of: UInt64(section)) + section)
    }
    self.source = source
    self.blocks = blocks
    self.header = header
    self.byteCount = total
  }

  /// An archive of just these blocks, each once: a part of a DAG, or the way to it.
  ///
  /// Throws `repository` with `notFound` for the first one that is missing.
  public init(
    _ roots: [CID], holding cids: [CID], from source: any BlockSource
  ) throws(ReadError) {
    precondition(
      !roots.isEmpty && roots.count <= CARHeader.maximumRoots, "an archive has 1 to 1024 roots")
    let header = CARHeader(roots: roots).bytes
    var seen: Set<CID> = []
    blocks = cids.filter { $0.inlineBlock == nil && seen.insert($0).inserted }
    var total = UInt64(header.count)
    for cid in blocks {
      let length: Int
      do { length = try source.length(of: cid) } catch { throw .repository(error) }
      let section = cid.byteCount + length
      total += UInt64(Varint.length(of: UInt64(section)) + section)
    }
    self.source = source
    self.header = header
    byteCount = total
  }

  /// The next piece of the archive; nil at the end.
  public mutating func piece() throws(ReadError) -> [UInt8]? {
    var piece = header
    header = []
    if next < blocks.count { piece.reserveCapacity(Self.pieceLength + 4096) }
    do throws(RepositoryError) {
      while next < blocks.count, piece.count < Self.pieceLength {
        let cid = blocks[next]
        // Whoever reads the archive proves each block; the length is what was promised.
        let bytes = try source.unprovedBlock(cid)
        next += 1
        Varint.append(UInt64(cid.byteCount + bytes.count), to: &piece)
        piece += cid.bytes
        piece += bytes
      }
    } catch {
      throw .repository(error)
    }
    return piece.isEmpty ? nil : piece
  }
}
