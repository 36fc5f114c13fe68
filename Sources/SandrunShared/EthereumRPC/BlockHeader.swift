public import Hashing
public import WideInteger

/// What is read of a block: where it stands, when it was made, and what its gas costs.
public struct BlockHeader: Hashable, Sendable {
  /// Its height.
  public var number: UInt64
  /// Its hash; nil for the pending block, which has none.
  public var hash: Digest32?
  /// The hash of the block before it.
  public var parentHash: Digest32
  /// Seconds since 1970.
  public var timestamp: UInt64
  /// How much gas its transactions may use in all.
  public var gasLimit: UInt64
  /// How much they used.
  public var gasUsed: UInt64
  /// Wei a unit of gas that is burnt (EIP-1559); nil on chains without.
  public var baseFeePerGas: UInt256?

  /// Reads the members of a block's answer.
  public init(_ block: RPCValue) throws(RPCError) {
    number = try block.member("number").blockNumber()
    hash = try block.optional("hash")?.digest()
    parentHash = try block.member("parentHash").digest()
    timestamp = try block.member("timestamp").number()
    gasLimit = try block.member("gasLimit").number()
    gasUsed = try block.member("gasUsed").number()
    baseFeePerGas = try block.optional("baseFeePerGas")?.quantity()
  }
}
