internal import Hashing

/// Writes a part of a DAG as a CAR, version 1, piece by piece: each block proved before it is written, in memory that grows by some 32
/// bytes a block.
///
/// The bytes are those of `ipfs dag export`, and of a trustless gateway for a part. Nothing is known of the length before the end.
public struct CARExport: Sendable {
  /// Pieces are about so long; one with a large block is longer.
  private static let pieceLength = 64 << 10

  /// An archive has so many roots at most.
  public static var maximumRoots: Int { CARHeader.maximumRoots }

  /// How many blocks were written.
  public private(set) var blockCount = 0
  /// Their bytes.
  public private(set) var blockBytes = 0

  private let source: any BlockSource
  // One of the two: of whole DAGs, however wide, or of a part.
  private var walk: DAGWalk?
  private var partWalk: PartWalk?
  private var header: [UInt8]

  /// Writes a part of a DAG.
  public init(_ part: DAGPart, from source: any BlockSource) {
    self.source = source
    header = CARHeader(roots: [part.path.root]).bytes
    if part.scope == .all, part.path.names.isEmpty {
      walk = Self.walk([part.path.root], in: source)
    } else {
      partWalk = PartWalk(part, limit: .max, linkLimit: .max)
    }
  }

  /// Writes all that some roots lead to, 1 to 1024 of them.
  public init(_ roots: [CID], from source: any BlockSource) {
    precondition(
      !roots.isEmpty && roots.count <= CARHeader.maximumRoots, "an archive has 1 to 1024 roots")
    self.source = source
    header = CARHeader(roots: roots).bytes
    walk = Self.walk(roots, in: source)
  }

  private static func walk(_ roots: [CID], in source: any BlockSource) -> DAGWalk {
    DAGWalk(roots, in: source, limit: .max, linkLimit: .max, followsCBOR: true)
  }

  /// The next piece of the archive; nil at the end.
  public mutating func piece() throws(ReadError) -> [UInt8]? {
    var piece = header
    header = []
    piece.reserveCapacity(Self.pieceLength + 4096)
    while piece.count < Self.pieceLength, let (cid, bytes) = try block() {
      Varint.append(UInt64(cid.byteCount + bytes.count), to: &piece)
      piece += cid.bytes
      piece += bytes
      blockCount += 1
      blockBytes += bytes.count
    }
    return piece.isEmpty ? nil : piece
  }

  private mutating func block() throws(ReadError) -> (cid: CID, bytes: [UInt8])? {
    let source = source
    if partWalk != nil { return try partWalk?.next(from: source) }
    while let step = try walk?.next() {
      guard step.cid.inlineBlock == nil else { continue }
      if let bytes = step.bytes { return (step.cid, bytes) }
      if source.wantedAhead > 0, step.length >= FileCursor.worthTelling {
        source.willRead([step.cid] + (walk?.leavesAhead(source.wantedAhead - 1) ?? []))
      }
      do { return (step.cid, try source.block(step.cid)) } catch { throw .repository(error) }
    }
    return nil
  }
}
