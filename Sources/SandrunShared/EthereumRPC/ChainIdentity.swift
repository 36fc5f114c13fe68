public import Hashing
public import WideInteger

/// Which chain it is: its id, and the hash of its block 0, since ids are reused by development chains.
public struct ChainIdentity: Hashable, Sendable {
  /// The chain id (EIP-155).
  public var chainId: UInt256
  /// The hash of block 0.
  public var genesis: Digest32

  /// Names a chain.
  public init(chainId: UInt256, genesis: Digest32) {
    self.chainId = chainId
    self.genesis = genesis
  }
}
