internal import Files
public import IPFS
internal import Synchronization
public import SystemPackage

/// Reads the blocks of all generations in a node's content, newest first, and follows the sweeps of the process that has it open.
///
/// A sweep copies before it removes: what is not found in the generations known here is looked for in those there are now. Until then,
/// or until `refresh`, files that were removed stay open and keep their room on disk.
public final class NodeBlocks: BlockSource, Sendable {
  private let folder: FilePath
  private let state = Mutex(State())

  private struct State {
    /// Newest first.
    var generations: [Generation] = []
  }

  /// Opens the content in a folder for reading; a folder that is not there yet is empty.
  public init(at folder: FilePath) throws(RepositoryError) {
    self.folder = folder
    try refresh()
  }

  /// The bytes of a block, proved to be the ones that the CID names.
  public func block(_ cid: CID) throws(RepositoryError) -> [UInt8] {
    try first(cid) { (repository) throws(RepositoryError) in try repository.block(cid) }
  }

  /// The bytes kept for a block, hashed by nobody.
  public func unprovedBlock(_ cid: CID) throws(RepositoryError) -> [UInt8] {
    try first(cid) { (repository) throws(RepositoryError) in try repository.unprovedBlock(cid) }
  }

  /// The length of a block; its bytes are not read.
  public func length(of cid: CID) throws(RepositoryError) -> Int {
    try first(cid) { (repository) throws(RepositoryError) in try repository.length(of: cid) }
  }

  /// The first answer of a generation that has the block.
  private func first<T>(
    _ cid: CID, _ ask: (Repository) throws(RepositoryError) -> T
  ) throws(RepositoryError) -> T {
    var failure = RepositoryError.notFound(cid)
    var generations = state.withLock { $0.generations }
    // Bounded, as a sweep could pass between any two looks; each lists what it could not have removed yet.
    for _ in 0..<4 {
      for generation in generations {
        do throws(RepositoryError) {
          return try ask(generation.repository)
        } catch {
          switch error {
          case .notFound: break
          // A damaged copy, or a generation that went while it was asked: another may have the block.
          case .corrupt: failure = error
          case .file: guard try !generation.isThere else { throw error }
          default: throw error
          }
        }
      }
      let before = generations.map(\.number)
      generations = try relist()
      if generations.map(\.number) == before { break }
    }
    throw failure
  }

  /// Lets go of generations that are gone, and takes in new ones.
  public func refresh() throws(RepositoryError) { _ = try relist() }

  private func relist() throws(RepositoryError) -> [Generation] {
    let numbers: [Int]
    do throws(RepositoryError) {
      numbers = try Generation.numbers(in: folder)
    } catch .file(let error) where error.errno == .noSuchFileOrDirectory {
      numbers = []
    }
    let known = state.withLock { $0.generations }
    if known.map(\.number) == numbers.reversed() { return known }
    var generations: [Generation] = []
    for number in numbers.reversed() {
      if let generation = known.first(where: { $0.number == number }) {
        generations.append(generation)
      } else if let generation = try Generation.open(number, in: folder) {
        generations.append(generation)
      }
    }
    let opened = generations
    state.withLock { $0.generations = opened }
    return opened
  }
}
