public import Ethereum
public import Records
public import WideInteger
internal import Hashing

/// A value of the contract ABI; its type is told beside it.
public enum ABIValue: Hashable, Sendable {
  /// Of any `uint`.
  case uint(UInt256)
  /// Of any `int`.
  case int(Int256)
  /// Of `address`.
  case address(Address)
  /// Of `bool`.
  case bool(Bool)
  /// Of `bytes`, of `bytes1` to `bytes32`, and of `function`.
  case bytes([UInt8])
  /// Of `string`.
  case string(String)
  /// Of an array of either kind.
  case array([ABIValue])
  /// Of a tuple.
  case tuple([ABIValue])

  /// The value as records have it.
  ///
  /// Integers are decimal strings, bytes `0x…`, addresses as EIP-55 has them, arrays and tuples JSON arrays.
  public var json: JSON {
    switch self {
    case .uint(let value): .string("\(value)")
    case .int(let value): .string("\(value)")
    case .address(let address): .string("\(address)")
    case .bool(let value): .bool(value)
    case .bytes(let bytes): .string(Hex.encode(bytes))
    case .string(let text): .string(text)
    case .array(let values), .tuple(let values): .array(values.map(\.json))
    }
  }
}
