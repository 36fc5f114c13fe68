internal import Files
public import IPFS
internal import Synchronization
public import SystemPackage

/// The node's own blocks, in generations: what nobody needs any more goes with its generation.
///
/// The folder holds a repository for each generation, named by its number; the highest takes what is written. A sweep begins a new one,
/// copies into it what must stay, and removes the old. Any number of processes may read, through `NodeBlocks`, and write into the
/// generation of a lease; one process at a time, this one, leases and sweeps. A crash at any point loses nothing that was committed.
///
/// Who adds content takes a lease, writes or calls `hold`, notes the roots where `sweep` will be told of them, and only then
/// releases the lease.
public final class NodeContent: BlockSource, Sendable {
  /// The folder of all generations.
  public let folder: FilePath

  /// All blocks, those of older generations too.
  public let blocks: NodeBlocks

  let state: Mutex<State>
  /// One sweep at a time.
  let sweeping = Mutex(())
  private let lock: FileDescriptor

  struct State {
    /// The generation that takes what is written.
    var current: Generation
    /// How many leases each generation has, where it has any.
    var leases: [Int: Int] = [:]
    /// Whether something may be there that no root leads to, and that no earlier sweep could take.
    var hasStrays = false
  }

  /// Opens the content in a folder, or begins one; finishes what a crash left of a sweep's removals.
  ///
  /// Throws `file` with `resourceTemporarilyUnavailable` while another process has it open so.
  public init(at folder: FilePath) throws(RepositoryError) {
    let lock: FileDescriptor
    do throws(FileError) {
      try Files.makeDirectories(folder)
      lock = try FolderLock.take(folder.appending("lock"))
    } catch { throw .file(error) }
    do throws(RepositoryError) {
      try Generation.removeAbandoned(in: folder)
      let current: Generation
      if let last = try Generation.list(in: folder).last {
        current = last
      } else {
        current = try Generation.make(1, in: folder)
      }
      blocks = try NodeBlocks(at: folder)
      state = Mutex(State(current: current))
    } catch {
      try? lock.close()
      throw error
    }
    self.folder = folder
    self.lock = lock
  }

  deinit { try? lock.close() }

  /// The bytes of a block, of whichever generation.
  public func block(_ cid: CID) throws(RepositoryError) -> [UInt8] { try blocks.block(cid) }

  /// The bytes kept for a block, hashed by nobody.
  public func unprovedBlock(_ cid: CID) throws(RepositoryError) -> [UInt8] {
    try blocks.unprovedBlock(cid)
  }

  /// The length of a block, of whichever generation.
  public func length(of cid: CID) throws(RepositoryError) -> Int { try blocks.length(of: cid) }

  /// Keeps the generation that takes what is written now from being swept, until the lease is released.
  public func lease() -> ContentLease {
    let generation = state.withLock { state in
      state.leases[state.current.number, default: 0] += 1
      return state.current
    }
    return ContentLease(generation, of: self)
  }

  func release(_ number: Int, isSettled: Bool) {
    state.withLock { state in
      let left = (state.leases[number] ?? 0) - 1
      state.leases[number] = left > 0 ? left : nil
      let isLeftover = left <= 0 && number < state.current.number
      if !isSettled || isLeftover { state.hasStrays = true }
    }
  }

  /// Whether, since the last time this was asked, a lease ended that was not settled, or that kept a generation from being swept.
  public func takeStrays() -> Bool {
    state.withLock { state in
      defer { state.hasStrays = false }
      return state.hasStrays
    }
  }

  /// What is on disk, index included.
  public struct Size: Equatable, Sendable {
    /// The bytes of the generation that takes what is written.
    public var current = 0
    /// The bytes of those before it that nobody has leased: a sweep takes them.
    public var removable = 0

    /// Makes one of nothing.
    public init() {}
  }

  /// How much of the content a sweep is about.
  public func size() throws(RepositoryError) -> Size {
    let (last, leased) = state.withLock { ($0.current.number, Set($0.leases.keys)) }
    var size = Size()
    for generation in try Generation.list(in: folder) {
      let bytes = try generation.byteCount()
      if generation.number >= last {
        size.current += bytes
      } else if !leased.contains(generation.number) {
        size.removable += bytes
      }
    }
    return size
  }

  /// The bytes of all generations on disk, index included.
  public func byteCount() throws(RepositoryError) -> Int {
    var total = 0
    for generation in try Generation.list(in: folder) { total += try generation.byteCount() }
    return total
  }
}
