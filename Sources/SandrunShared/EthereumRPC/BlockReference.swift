public import Hashing
public import Records
internal import WideInteger

/// A block as a caller names it: by a tag, its number, or its hash.
public enum BlockReference: Hashable, Sendable, CustomStringConvertible {
  /// The tags of the execution API.
  public enum Tag: String, CaseIterable, Sendable {
    case latest, pending, safe, finalized, earliest
  }

  /// A place that moves with the chain.
  case tag(Tag)
  /// A height.
  case number(UInt64)
  /// One block and no other.
  case hash(Digest32)

  /// The head of the chain.
  public static let latest = BlockReference.tag(.latest)

  /// Reads a tag, a decimal number, a quantity of at most 64 bits, or a hash of 32 bytes; nil for anything else.
  public init?(_ text: String) {
    if let tag = Tag(rawValue: text) {
      self = .tag(tag)
    } else if let hash = try? Digest32(hex: text) {
      self = .hash(hash)
    } else if let number = (try? UInt256(decimal: text)) ?? (try? UInt256(quantity: text)),
      let height = UInt64(exactly: number)
    {
      self = .number(height)
    } else {
      return nil
    }
  }

  /// The tag, the decimal number, or the hash.
  public var description: String {
    switch self {
    case .tag(let tag): tag.rawValue
    case .number(let number): "\(number)"
    case .hash(let hash): "\(hash)"
    }
  }

  /// The parameter of methods that read the state at a block (EIP-1898 for hashes).
  public var parameter: JSON {
    switch self {
    case .tag(let tag): .string(tag.rawValue)
    case .number(let number): .string("0x" + String(number, radix: 16))
    case .hash(let hash): ["blockHash": .string("\(hash)")]
    }
  }

  /// Asks for the block itself, with whole transactions or with their hashes.
  public func request(transactions: Bool = false) -> RPCRequest {
    if case .hash(let hash) = self {
      return RPCRequest("eth_getBlockByHash", [.string("\(hash)"), .bool(transactions)])
    }
    return RPCRequest("eth_getBlockByNumber", [parameter, .bool(transactions)])
  }
}
