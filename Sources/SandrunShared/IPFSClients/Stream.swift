internal import Hashing
internal import IPFS
internal import Synchronization
internal import Timing

/// An archive on its way.
final class Stream: Sendable {
  private struct State {
    var winner: Int?
    var progress = ContinuousClock.now
  }

  private let state = Mutex(State())
  /// Rung to have no more of it.
  let abandon = Bell()

  /// Who sends it; nil as long as nobody sent a block that is wanted.
  var winner: Int? { state.withLock { $0.winner } }

  /// When the last block that is wanted came.
  var progress: ContinuousClock.Instant { state.withLock { $0.progress } }

  /// Says that a block came from a provider: false where another was first.
  func gave(_ index: Int) -> Bool {
    state.withLock { state in
      if state.winner == nil { state.winner = index }
      guard state.winner == index else { return false }
      state.progress = .now
      return true
    }
  }
}

/// Takes the blocks of an archive that what came before them leads to, and no others.
struct Gleaner {
  /// So many links wait for their blocks; what goes beyond is not waited for here.
  private static let mostPending = 1 << 18
  /// So many bytes that nobody asked for are passed over, beside as many as were asked for.
  private static let uselessLength = 8 << 20

  /// Why no more is taken.
  enum Refusal: Error {
    /// It sends what nobody asked for.
    case stranger
    /// Another was faster.
    case late
    /// It is no archive, or breaks off, or holds a wrong block.
    case bad(CARError)
    /// A block could not be kept.
    case broken(RepositoryError)
  }

  private let harvest: Harvest
  private let stream: Stream
  private let index: Int
  private var archive: CARStream
  private var pending: [Digest32: CID] = [:]
  private var useful = 0
  private var useless = 0

  init(_ root: CID, for harvest: Harvest, _ stream: Stream, from index: Int) {
    self.harvest = harvest
    self.stream = stream
    self.index = index
    var limits = CARReader.Limits(blocks: .max)
    limits.allowsNoRoots = true
    archive = CARStream(limits: limits)
    if let key = root.key { pending[key] = root }
  }

  /// Whether it brought nothing that was asked for.
  var isEmpty: Bool { useful == 0 }

  /// Takes the next bytes.
  mutating func feed(_ bytes: [UInt8]) throws(Refusal) {
    // Taken out meanwhile, so that nothing of it is copied.
    var reading = CARStream()
    swap(&reading, &archive)
    defer { swap(&reading, &archive) }
    var refusal: Refusal?
    do throws(CARError) {
      try reading.feed(bytes) { (cid, block) throws(CARError) in
        do throws(Refusal) { try take(cid, block) } catch {
          refusal = error
          throw .repository(.notFound(cid))
        }
      }
    } catch {
      throw refusal ?? .bad(error)
    }
  }

  /// Says that no more bytes come.
  mutating func finish() throws(Refusal) {
    do throws(CARError) { try archive.finish() } catch { throw .bad(error) }
  }

  /// Takes a block that was proved.
  private mutating func take(_ named: CID, _ bytes: RawSpan) throws(Refusal) {
    guard let cid = named.key.flatMap({ pending.removeValue(forKey: $0) }) else {
      useless += bytes.byteCount
      guard useless <= useful + Self.uselessLength else { throw .stranger }
      return
    }
    guard stream.gave(index) else { throw .late }
    useful += bytes.byteCount
    let block = unsafe bytes.withUnsafeBytes { unsafe Array($0) }
    harvest.judge(index, .gave)
    // A malformed node is its reader's to complain of.
    if cid.codec == .dagPB, let links = try? DAGNode(parsing: block).links {
      for link in links where pending.count < Self.mostPending {
        if let key = link.cid.key { pending[key] = link.cid }
      }
    }
    do throws(RepositoryError) { try harvest.accept(cid, block) } catch { throw .broken(error) }
  }
}
