internal import Hashing
internal import IPFS

/// Takes the blocks of an archive that what came before them leads to, and no others.
struct Gleaner {
  /// So many bytes that nobody asked for are passed over, beside as many as were asked for.
  private static let uselessLength = 8 << 20

  /// Why no more is taken.
  enum Refusal: Error {
    /// It sends what nobody asked for.
    case stranger
    /// It sends what may have been asked for, though longer ago than is remembered.
    case unordered
    /// It sends only what is here already.
    case stale
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
  private let patience: Duration
  private var archive: CARStream
  private var expected: ExpectedLinks
  /// Bytes of sections that were wanted, of those that were here already, and of all that came.
  private var useful = 0
  private var known = 0
  private var total = 0
  private var lastUse: ContinuousClock.Instant?

  /// Makes one for an archive below a root, which may bring nothing new for so long.
  init(
    _ root: CID, for harvest: Harvest, _ stream: Stream, from index: Int,
    patience: Duration = .seconds(60)
  ) {
    self.harvest = harvest
    self.stream = stream
    self.index = index
    self.patience = patience
    var limits = CARReader.Limits(blocks: .max)
    limits.allowsNoRoots = true
    archive = CARStream(limits: limits)
    expected = ExpectedLinks(root)
  }

  /// Whether it brought nothing that was asked for.
  var isEmpty: Bool { useful + known == 0 }

  /// Takes the next bytes.
  mutating func feed(_ bytes: [UInt8]) throws(Refusal) {
    // Taken out meanwhile, so that nothing of it is copied.
    var reading = CARStream()
    swap(&reading, &archive)
    defer { swap(&reading, &archive) }
    var refusal: Refusal?
    total += bytes.count
    let lastUse = self.lastUse ?? .now
    self.lastUse = lastUse
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
    // Padding, headers, strangers' blocks, the same block again: all of it costs.
    guard total - useful - known <= useful + Self.uselessLength else {
      throw expected.hasForgotten ? .unordered : .stranger
    }
    guard self.lastUse != lastUse || ContinuousClock.now - lastUse <= patience else { throw .stale }
  }

  /// Says that no more bytes come.
  mutating func finish() throws(Refusal) {
    do throws(CARError) { try archive.finish() } catch { throw .bad(error) }
  }

  /// Takes a block that was proved.
  private mutating func take(_ named: CID, _ bytes: RawSpan) throws(Refusal) {
    guard let cid = named.key.flatMap({ expected.remove($0) }) else { return }
    let block = unsafe bytes.withUnsafeBytes { unsafe Array($0) }
    let inner = named.byteCount + block.count
    let length = Varint.length(of: UInt64(inner)) + inner
    // A malformed node is its reader's to complain of.
    if let links = try? cid.links(of: block) { expected.append(links) }
    guard !harvest.isHere(cid) else {
      known += length
      return
    }
    guard stream.gave(index) else { throw .late }
    useful += length
    lastUse = .now
    harvest.judge(index, .gave)
    do throws(RepositoryError) { try harvest.accept(cid, block) } catch { throw .broken(error) }
  }
}
