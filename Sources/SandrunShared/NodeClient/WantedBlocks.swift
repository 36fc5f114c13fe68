internal import Hashing
internal import IPFS
internal import Synchronization

/// Takes those blocks alone that some roots lead to, each after one that leads to it, and no more of them than was allowed.
///
/// So a source can put nothing into a repository but what was asked for.
final class WantedBlocks: BlockSink, Sendable {
  /// Why a block was not taken.
  enum Refusal: Error, Sendable {
    /// Nothing that came before it leads to it: the source sends what nobody asked for.
    case stranger
    /// The content itself is none that can be taken, whoever sends it.
    case content(ReadError)
  }

  private struct Place {
    /// Whether its links lead on.
    var isNode: Bool
    var isTaken = false
    var isRead = false
  }

  private struct State {
    var places: [Digest32: Place] = [:]
    var bytes = 0
    var refusal: Refusal?
  }

  private let batch: Batch
  private let limits: ContentLimits
  private let state: Mutex<State>

  init(_ root: CID, into batch: Batch, limits: ContentLimits) throws(Refusal) {
    self.batch = batch
    self.limits = limits
    var state = State()
    try Self.want([root], in: &state, limit: limits.blocks)
    self.state = Mutex(state)
  }

  /// Why a block was refused; nil where none was.
  var refusal: Refusal? { state.withLock { $0.refusal } }

  /// The bytes of the blocks that were taken.
  var byteCount: Int { state.withLock { $0.bytes } }

  /// Takes a block, or throws and notes why it may not be.
  func put(_ bytes: RawSpan, as digest: Digest32) throws(RepositoryError) {
    let count = bytes.byteCount
    let place = state.withLock { state -> Place? in
      guard let place = state.places[digest] else {
        state.refusal = .stranger
        return nil
      }
      guard place.isTaken || count <= limits.bytes - state.bytes else {
        state.refusal = .content(.overLimit(.bytes(UInt64(clamping: limits.bytes))))
        return nil
      }
      return place
    }
    guard let place else { throw .notFound(CID(digest, codec: .raw)) }
    let block =
      place.isNode && !place.isRead ? unsafe bytes.withUnsafeBytes { unsafe Array($0) } : nil
    try state.withLock { state throws(RepositoryError) in
      do throws(Refusal) {
        if let block {
          try Self.want(try Self.links(digest, block), in: &state, limit: limits.blocks)
        }
      } catch {
        state.refusal = error
        throw .notFound(CID(digest, codec: .dagPB))
      }
      if !place.isTaken { state.bytes += count }
      state.places[digest]?.isTaken = true
      if block != nil { state.places[digest]?.isRead = true }
    }
    try batch.put(bytes, as: digest)
  }

  private static func links(_ digest: Digest32, _ block: [UInt8]) throws(Refusal) -> [CID] {
    do { return try DAGNode(parsing: block).links.map(\.cid) } catch {
      throw .content(.malformed(CID(digest, codec: .dagPB), error))
    }
  }

  /// Notes what may come; a block that lies in its own CID never does, but its links lead on.
  private static func want(_ cids: [CID], in state: inout State, limit: Int) throws(Refusal) {
    var waiting = cids
    while let cid = waiting.popLast() {
      guard [.dagPB, .raw, .dagCBOR].contains(cid.codec) else {
        throw .content(.unsupportedCodec(cid))
      }
      if let inline = cid.inlineBlock {
        guard cid.codec == .dagPB else { continue }
        do { waiting += try DAGNode(parsing: inline).links.map(\.cid) } catch {
          throw .content(.malformed(cid, error))
        }
        continue
      }
      guard let digest = cid.sha256 else { throw .content(.repository(.unsupportedHash(cid))) }
      let isNode = cid.codec == .dagPB || state.places[digest]?.isNode == true
      state.places[digest, default: Place(isNode: isNode)].isNode = isNode
      guard state.places.count <= limit else { throw .content(.overLimit(.entries(limit))) }
    }
  }
}
