/// A type of the contract ABI (Solidity's "Contract ABI Specification", section "Types").
///
/// Two tuples that differ only in the names of their components differ here, and have one `description`.
public indirect enum ABIType: Hashable, Sendable {
  /// `uint8` to `uint256`, by its bits.
  case uint(Int)
  /// `int8` to `int256`, by its bits.
  case int(Int)
  /// The 20 bytes of an account.
  case address
  /// One of two words: 0 or 1.
  case bool
  /// `bytes1` to `bytes32`, by its length.
  case fixedBytes(Int)
  /// Any number of bytes.
  case bytes
  /// UTF-8 text.
  case string
  /// An address and a selector: 24 bytes.
  case function
  /// Any number of elements of one type.
  case array(ABIType)
  /// So many elements of one type.
  case fixedArray(ABIType, Int)
  /// Components of any types.
  case tuple([ABIParameter])
}

/// A named place of a type: a parameter of a function, event or error, or a component of a tuple.
public struct ABIParameter: Hashable, Sendable {
  /// What it is called; empty where it has no name.
  public var name: String
  /// Its type.
  public var type: ABIType
  /// Whether an event keeps it in a topic.
  public var isIndexed: Bool

  /// Makes a parameter.
  public init(_ name: String = "", _ type: ABIType, isIndexed: Bool = false) {
    self.name = name
    self.type = type
    self.isIndexed = isIndexed
  }
}

extension ABIType: CustomStringConvertible {
  /// The canonical text that selectors are hashed from: `(uint256,bytes32[2])[]`, no names and no spaces.
  public var description: String {
    switch self {
    case .uint(let bits): "uint\(bits)"
    case .int(let bits): "int\(bits)"
    case .address: "address"
    case .bool: "bool"
    case .fixedBytes(let count): "bytes\(count)"
    case .bytes: "bytes"
    case .string: "string"
    case .function: "function"
    case .array(let element): "\(element)[]"
    case .fixedArray(let element, let count): "\(element)[\(count)]"
    case .tuple(let components): components.canonicalTypes
    }
  }

  /// Whether a value is no single word: an event's topic holds the hash of such a one.
  public var isReference: Bool {
    switch self {
    case .bytes, .string, .array, .fixedArray, .tuple: true
    case .uint, .int, .address, .bool, .fixedBytes, .function: false
    }
  }
}

extension [ABIParameter] {
  /// The parameters' canonical types in parentheses: `(address,uint256)`.
  public var canonicalTypes: String { "(\(map(\.type.description).joined(separator: ",")))" }
}
