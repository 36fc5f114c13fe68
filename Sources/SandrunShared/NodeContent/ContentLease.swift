public import IPFS
internal import Synchronization
public import SystemPackage

/// A generation that stays as long as this is held; release it by hand, as the compiler may let go of it early.
public final class ContentLease: Sendable {
  /// Where to write; another process opens `path` for itself.
  public let repository: Repository

  private let content: NodeContent
  private let number: Int
  private let isReleased = Atomic(false)
  private let isSettled = Atomic(false)

  init(_ generation: Generation, of content: NodeContent) {
    repository = generation.repository
    number = generation.number
    self.content = content
  }

  deinit { release() }

  /// The folder of the generation's repository.
  public var path: FilePath { repository.path }

  /// Makes sure of all blocks below some roots: copies into this generation what lies in others only, and gives the first block that is
  /// nowhere; nil where all are there.
  ///
  /// Throws what makes the walk impossible, as `DAGWalk.firstMissing` does.
  public func hold(_ roots: [CID], limit: Int = DAGWalk.defaultLimit) throws(ReadError) -> CID? {
    // As ever but around a sweep; what another generation has, this lease does not keep.
    if try DAGWalk.firstMissing(below: roots, in: repository, limit: limit) == nil { return nil }
    let batch = repository.batch()
    var walk = DAGWalk(roots, in: content.blocks, limit: limit)
    do throws(ReadError) {
      while let step = try walk.next() { try batch.copy(step, from: content.blocks) }
    } catch .repository(.notFound(let cid)) {
      return cid
    }
    do { try batch.commit() } catch { throw .repository(error) }
    return nil
  }

  /// Says that whatever was written under this lease is noted where a sweep will be told of it.
  ///
  /// Where a lease ends without it, something may have been written in vain: see `NodeContent.takeStrays`.
  public func settle() { isSettled.store(true, ordering: .releasing) }

  /// Lets the generation go; more than once does nothing.
  public func release() {
    guard !isReleased.exchange(true, ordering: .acquiringAndReleasing) else { return }
    content.release(number, isSettled: isSettled.load(ordering: .acquiring))
  }
}

extension Batch {
  /// Puts the block of a step, unless the repository has it.
  func copy(_ step: DAGWalk.Step, from source: any BlockSource) throws(ReadError) {
    // A block that lies in its own CID is nowhere else.
    guard let digest = step.cid.sha256 else { return }
    do throws(RepositoryError) {
      let bytes = try step.bytes(from: source)
      try unsafe put(bytes.span.bytes, as: digest)
    } catch { throw .repository(error) }
  }
}

extension DAGWalk.Step {
  /// The bytes that the walk read, or else those of the source.
  fileprivate func bytes(from source: any BlockSource) throws(RepositoryError) -> [UInt8] {
    if let bytes { return bytes }
    return try source.block(cid)
  }
}
