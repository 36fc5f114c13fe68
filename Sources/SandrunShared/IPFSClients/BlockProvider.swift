public import IPFS
public import Records

/// A place beyond this machine that blocks can be fetched from; nothing that it sends is believed.
public protocol BlockProvider: Sendable {
  /// How messages name it: its URL, without what is secret in it.
  var name: String { get }

  /// The bytes that it sends for one block, at most `Block.maximumLength`, proved by nobody yet.
  ///
  /// Throws 69 `not-found` where it says that it has none, 69 where it cannot be reached, 76 where its answer is no block.
  func block(_ cid: CID) async throws(Failure) -> [UInt8]
}
