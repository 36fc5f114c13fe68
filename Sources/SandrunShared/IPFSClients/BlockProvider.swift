public import IPFS
public import Records

/// A place beyond this machine's repository that blocks can be fetched from; nothing that it sends is believed.
public protocol BlockProvider: Sendable {
  /// How messages name it: its URL, without what is secret in it.
  var name: String { get }

  /// When it wants to be asked again; nil where it may be asked now.
  var restsUntil: ContinuousClock.Instant? { get }

  /// The same place for one more piece of content: what it counts for each begins anew.
  func begun() -> any BlockProvider

  /// The bytes that it sends for one block, at most `Block.maximumLength`, proved by nobody yet.
  ///
  /// Throws 69 `not-found` where it says that it has none, 69 or 75 where it cannot be reached or is silent, 76 where its answer is
  /// no block.
  func block(_ cid: CID) async throws(Failure) -> [UInt8]

  /// Hands over the bytes of a CAR with many blocks as they come, proved by nobody yet.
  ///
  /// What `take` throws ends it, and comes through. Throws as `block` does, and `no-archives` where it makes none: then blocks are
  /// asked for one by one.
  func archive(
    _ request: ArchiveRequest, _ take: ([UInt8]) async throws(Failure) -> Void
  ) async throws(Failure)
}

extension BlockProvider {
  /// It may be asked at any time.
  public var restsUntil: ContinuousClock.Instant? { nil }

  /// It counts nothing.
  public func begun() -> any BlockProvider { self }

  /// Throws `no-archives`: it gives single blocks alone.
  public func archive(
    _ request: ArchiveRequest, _ take: ([UInt8]) async throws(Failure) -> Void
  ) async throws(Failure) {
    throw Failure(.unavailable, "\(name) makes no archives", code: "no-archives")
  }
}

/// What a CAR should hold, in the words of the trustless gateway specification.
public struct ArchiveRequest: Hashable, Sendable {
  /// How much of what the path leads to.
  public enum Scope: String, Sendable {
    /// Its own block.
    case block
    /// A file with all its content, or what it takes to list a directory.
    case entity
    /// All below it.
    case all
  }

  /// Where it begins; the blocks on the way are part of it.
  public var path: ContentPath
  /// How much of it.
  public var scope: Scope
  /// The bytes of a file that are wanted, nil for all; one that ends at `UInt64.max` goes to the file's end.
  public var bytes: Range<UInt64>?

  /// Makes a request.
  public init(_ path: ContentPath, _ scope: Scope, bytes: Range<UInt64>? = nil) {
    self.path = path
    self.scope = scope
    self.bytes = bytes
  }
}
