internal import Commands
internal import Dispatch
public import IPFS
internal import Records
internal import Synchronization
internal import Timing

/// One piece of content that is read while it comes from afar.
///
/// Whoever reads it is a plain reader of blocks on a thread of its own, which waits where a block is not there yet. What he waits
/// for, and what he will want next, is fetched meanwhile: `serve` does that. Each block is proved, handed over and put into the
/// repository, where it stays whatever happens next: so a download goes on behind the last block that it brought.
public final class Harvest: BlockSource, Sendable {
  /// So many blocks are held before they are committed: small ones take more than their bytes.
  private static let uncommittedBlocks = 1 << 12
  /// What was fetched is committed at so many bytes, or after so long: it bounds memory, and what a crash costs.
  static let uncommittedLength = 8 << 20
  static let uncommittedTime = Duration.seconds(2)
  /// So many links of nodes are kept, those of one node at least.
  private static let mostLinks = 1 << 14

  /// Somebody who waits for a block.
  final class Want: Sendable {
    let cid: CID
    let since = ContinuousClock.now
    private let answer = Mutex<Result<[UInt8], RepositoryError>?>(nil)
    private let semaphore = DispatchSemaphore(value: 0)

    init(_ cid: CID) { self.cid = cid }

    var isAnswered: Bool { answer.withLock { $0 != nil } }

    /// Wakes who waits; the first answer counts.
    func end(_ result: Result<[UInt8], RepositoryError>) {
      let isFirst = answer.withLock { answer in
        guard answer == nil else { return false }
        answer = result
        return true
      }
      if isFirst { semaphore.signal() }
    }

    /// Blocks the thread until there is an answer.
    func wait() throws(RepositoryError) -> [UInt8] {
      semaphore.wait()
      switch answer.withLock({ $0 }) {
      case .success(let bytes): return bytes
      case .failure(let error): throw error
      case nil: throw .notFound(cid)
      }
    }
  }

  struct State {
    /// What was fetched and is not committed yet.
    var window: [CID: [UInt8]] = [:]
    var windowLength = 0
    var windowStart = ContinuousClock.now
    /// Who waits, first come first.
    var wants: [Want] = []
    /// What is being asked for by itself.
    var asked: Set<CID> = []
    /// What nobody gives but, perhaps, the archive that is coming.
    var left: Set<CID> = []
    /// What nobody gave, and why.
    var refused: [CID: Failure] = [:]
    /// The archive that is coming.
    var stream: Stream?
    /// Whether the reader still follows the path to what he wants.
    var isResolving = true
    /// Whether an archive for the whole errand was asked for.
    var hasAskedForAll = false
    /// What archives were asked for.
    var followed = CIDSet()
    /// Links of the nodes that were read last: what is wanted next is among them.
    var nodes: [[DAGNode.Link]] = []
    /// How many they are.
    var links = 0
    var standings: [Standing]
    var isClosed = false
    /// Whether the reader wanted something then, or later.
    var isCutOff = false
    /// Why nothing more comes, where it failed.
    var failure: RepositoryError?
    /// Bytes and blocks that came and were wanted.
    var bytes = 0
    var blocks = 0
  }

  let repository: Repository
  let batch: Batch
  let providers: [any BlockProvider]
  let path: ContentPath
  let appetite: Appetite
  let world: World
  /// After so long without a sign of life others are asked as well.
  let hedge: Duration
  let bell = Bell()
  let state: Mutex<State>

  init(
    _ path: ContentPath, _ appetite: Appetite, from providers: [any BlockProvider],
    into repository: Repository, hedge: Duration = .seconds(2), in world: World
  ) {
    self.path = path
    self.appetite = appetite
    self.providers = providers
    self.repository = repository
    self.hedge = hedge
    self.world = world
    batch = repository.batch()
    state = Mutex(State(standings: providers.map { _ in Standing() }))
  }

  // MARK: The reader's side

  /// A block, proved: from the repository, or as soon as somebody gives it.
  ///
  /// Blocks the thread meanwhile.
  public func block(_ cid: CID) throws(RepositoryError) -> [UInt8] {
    let bytes: [UInt8]
    do throws(RepositoryError) {
      if let here = try here(cid) { bytes = here } else { bytes = try wait(for: cid) }
    } catch .notFound {
      // Where nobody gives what lies damaged here, the damage is told of.
      bytes = try repository.block(cid)
    }
    note(cid, bytes)
    return bytes
  }

  /// The length of a block; it is fetched for that where it is not there, but for content in a list.
  public func length(of cid: CID) throws(RepositoryError) -> Int {
    if let bytes = state.withLock({ $0.window[cid] }) { return bytes.count }
    do throws(RepositoryError) {
      return try repository.length(of: cid)
    } catch .corrupt {
      return try block(cid).count
    } catch .notFound {
      // A directory tells the lengths of what is only content: nobody fetches that for a list.
      if appetite == .listing, cid.codec == .raw { throw .notFound(cid) }
      return try block(cid).count
    }
  }

  /// Says that the path was followed, and what lies below is read now.
  func beginReading() { state.withLock { $0.isResolving = false } }

  /// Whether a block that a reader missed is known to be nobody's: who was asked said so, or nobody was asked.
  public func isNowhere(_ cid: CID) -> Bool {
    state.withLock { state in
      !state.isClosed && (state.refused[cid].map { $0.code == "not-found" } ?? true)
    }
  }

  private func wait(for cid: CID) throws(RepositoryError) -> [UInt8] {
    let want = Want(cid)
    let (isOpen, failure) = state.withLock { state in
      if state.isClosed { state.isCutOff = true } else { state.wants.append(want) }
      return (!state.isClosed, state.failure)
    }
    guard isOpen else { throw failure ?? .notFound(cid) }
    bell.ring()
    return try want.wait()
  }

  /// Keeps the links of a node that was read, those of the last few.
  private func note(_ cid: CID, _ bytes: [UInt8]) {
    guard appetite.readsOn, cid.codec == .dagPB,
      let links = try? DAGNode(parsing: bytes).links, !links.isEmpty
    else { return }
    state.withLock { state in
      state.nodes.append(links)
      state.links += links.count
      // Wide nodes are large: it is their links that are counted.
      while state.nodes.count > 32 || state.nodes.count > 1 && state.links > Self.mostLinks {
        state.links -= state.nodes.removeFirst().count
      }
    }
  }

  // MARK: What came

  /// A block that is here, be it committed or not.
  func here(_ cid: CID) throws(RepositoryError) -> [UInt8]? {
    if let inline = cid.inlineBlock { return inline }
    if let bytes = state.withLock({ $0.window[cid] }) { return bytes }
    do throws(RepositoryError) {
      return try repository.block(cid)
    } catch .notFound { return nil } catch .corrupt {
      // What comes in its place makes it whole.
      return nil
    }
  }

  /// Whether a block is here; its bytes are not read.
  func isHere(_ cid: CID) -> Bool {
    state.withLock { $0.window[cid] != nil } || (try? repository.contains(cid)) == true
  }

  /// Takes a block that was proved, and wakes who waits for it.
  func accept(_ cid: CID, _ bytes: [UInt8]) throws(RepositoryError) {
    try unsafe batch.put(bytes.span.bytes, of: cid)
    let isDue = state.withLock { state in
      if state.window.isEmpty { state.windowStart = .now }
      if state.window.updateValue(bytes, forKey: cid) == nil { state.windowLength += bytes.count }
      state.bytes += bytes.count
      state.blocks += 1
      state.wants.removeAll { want in
        guard want.cid == cid else { return false }
        want.end(.success(bytes))
        return true
      }
      return state.windowLength >= Self.uncommittedLength
        || state.window.count >= Self.uncommittedBlocks
        || ContinuousClock.now - state.windowStart >= Self.uncommittedTime
    }
    bell.ring()
    if isDue { try commit() }
  }

  /// Puts on disk what came so far.
  func commit() throws(RepositoryError) {
    let cids = state.withLock { Array($0.window.keys) }
    guard !cids.isEmpty else { return }
    try batch.commit()
    state.withLock { state in
      for cid in cids {
        if let bytes = state.window.removeValue(forKey: cid) {
          state.windowLength -= bytes.count
        }
      }
      state.windowStart = .now
    }
  }

  /// Wakes all who wait: nothing more comes.
  func close(_ error: RepositoryError? = nil) {
    let wants = state.withLock { state in
      state.isClosed = true
      if !state.wants.isEmpty { state.isCutOff = true }
      state.failure = state.failure ?? error
      defer { state.wants = [] }
      return state.wants
    }
    for want in wants { want.end(.failure(error ?? .notFound(want.cid))) }
  }
}
