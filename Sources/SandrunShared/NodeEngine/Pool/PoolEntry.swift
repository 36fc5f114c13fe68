public import Ethereum
internal import IPFS
public import Records

/// A node in a pool.
public struct PoolEntry: Equatable, Sendable {
  /// Who signed its descriptor.
  public var address: Address
  /// The descriptor with its signature, canonical.
  public var bytes: [UInt8]
  /// When the pool took it.
  public var registeredAt: Timestamp
  /// When it is forgotten, unless a newer one comes.
  public var expiresAt: Timestamp

  /// The object that clients see.
  public var json: JSON {
    [
      "node_id": .string("\(address)"), "address": .string("\(address)"),
      "cid": .string("\(CID(hashing: bytes, codec: .raw))"),
      "descriptor": (try? JSON(parsing: bytes)) ?? .null,
      "registered_at": .string("\(registeredAt)"), "expires_at": .string("\(expiresAt)"),
    ]
  }
}

/// Some of the nodes that meet criteria.
public struct PoolPage: Equatable, Sendable {
  /// The nodes, by address.
  public var entries: [PoolEntry]
  /// After which address to go on; nil where there are no more.
  public var next: Address?
}
