public import Hashing
public import WideInteger

/// A transaction that nobody has signed yet, with all that the signature covers.
public struct Transaction: Hashable, Sendable {
  /// The forms of a transaction (EIP-2718), by their numbers.
  public enum Kind: UInt8, Hashable, Sendable, CaseIterable {
    /// The first form, with the chain in its signature (EIP-155) or without.
    case legacy = 0
    /// With an access list (EIP-2930).
    case accessList = 1
    /// With a cap on the fee and a tip (EIP-1559).
    case dynamicFee = 2
    /// With blobs beside it (EIP-4844).
    case blob = 3
    /// With authorizations that set accounts' code (EIP-7702).
    case setCode = 4

    /// Whether it has a cap and a tip, not a gas price.
    public var hasDynamicFees: Bool { rawValue >= 2 }
  }

  /// What a unit of gas may cost, in wei.
  public enum Fees: Hashable, Sendable {
    /// Types 0 and 1: the price.
    case price(UInt256)
    /// Types 2 to 4: the most, and what of it is for the block's builder.
    case dynamic(cap: UInt256, tip: UInt256)

    /// The most that a unit may cost.
    public var cap: UInt256 {
      switch self {
      case .price(let price): price
      case .dynamic(let cap, _): cap
      }
    }
  }

  /// The blobs of type 3.
  public struct Blobs: Hashable, Sendable {
    /// The most that a unit of blob gas may cost, in wei.
    public var maxFeePerGas: UInt256
    /// The versioned hashes of the blobs' commitments.
    public var hashes: [Digest32]

    /// Makes the part of a transaction that is about blobs.
    public init(maxFeePerGas: UInt256, hashes: [Digest32]) {
      self.maxFeePerGas = maxFeePerGas
      self.hashes = hashes
    }
  }

  /// The form.
  public let type: Kind
  /// The chain; nil only in type 0, where any chain takes the transaction (before EIP-155).
  public let chainId: UInt256?
  /// How many transactions the sender had sent before: at most 2^64 − 2 (EIP-2681).
  public let nonce: UInt64
  /// Whom it calls; nil where it creates a contract.
  public let to: Address?
  /// What it moves, in wei.
  public let value: UInt256
  /// The call's data, or the code that makes a contract.
  public let data: [UInt8]
  /// The most gas that it may use.
  public let gas: UInt64
  /// What the gas may cost.
  public let fees: Fees
  /// What it will touch, said beforehand; empty in type 0.
  public let accessList: [AccessListEntry]
  /// What sets accounts' code; empty in types other than 4, never in that.
  public let authorizationList: [Authorization]
  /// The blobs of type 3, nil in others.
  public let blobs: Blobs?

  /// Makes a transaction; throws `TransactionError` for members that its type has not, or lacks.
  public init(
    type: Kind, chainId: UInt256?, nonce: UInt64, to: Address?, value: UInt256 = 0,
    data: [UInt8] = [], gas: UInt64, fees: Fees, accessList: [AccessListEntry] = [],
    authorizationList: [Authorization] = [], blobs: Blobs? = nil
  ) throws(TransactionError) {
    guard chainId != nil || type == .legacy else { throw .missing("chainId", type) }
    // 0 in a legacy signature is what one without a chain has.
    guard type != .legacy || chainId != 0 else { throw .outOfRange("chainId") }
    guard nonce < .max else { throw .outOfRange("nonce") }
    switch fees {
    case .price: guard !type.hasDynamicFees else { throw .missing("maxFeePerGas", type) }
    case .dynamic: guard type.hasDynamicFees else { throw .missing("gasPrice", type) }
    }
    guard accessList.isEmpty || type != .legacy else { throw .unfit("accessList", type) }
    guard authorizationList.isEmpty || type == .setCode else {
      throw .unfit("authorizationList", type)
    }
    guard blobs == nil || type == .blob else { throw .unfit("blobVersionedHashes", type) }
    if type == .setCode, authorizationList.isEmpty { throw .missing("authorizationList", type) }
    if type == .blob, blobs?.hashes.isEmpty ?? true { throw .missing("blobVersionedHashes", type) }
    // Neither form can create a contract.
    if type == .setCode || type == .blob, to == nil { throw .missing("to", type) }
    self.type = type
    self.chainId = chainId
    self.nonce = nonce
    self.to = to
    self.value = value
    self.data = data
    self.gas = gas
    self.fees = fees
    self.accessList = accessList
    self.authorizationList = authorizationList
    self.blobs = blobs
  }
}

/// An account and words of its storage that a transaction will touch (EIP-2930).
public struct AccessListEntry: Hashable, Sendable {
  /// The account.
  public var address: Address
  /// The words' places.
  public var storageKeys: [Digest32]

  /// Makes an entry.
  public init(address: Address, storageKeys: [Digest32]) {
    self.address = address
    self.storageKeys = storageKeys
  }
}
