internal import Hashing

/// A function of a contract, with the types of what it takes and gives.
public struct ABIFunction: Hashable, Sendable {
  /// Whether a function reads or writes the chain, and takes ether.
  public enum Mutability: String, Hashable, Sendable {
    /// Reads nothing.
    case pure
    /// Reads.
    case view
    /// Writes, and refuses ether.
    case nonpayable
    /// Writes, and takes ether.
    case payable
  }

  /// What it is called.
  public var name: String
  /// What it takes.
  public var inputs: [ABIParameter]
  /// What it gives; empty too where its text does not tell.
  public var outputs: [ABIParameter]
  /// Whether it reads or writes; `nonpayable` too where its text does not tell.
  public var mutability: Mutability

  /// Makes a function.
  public init(
    name: String, inputs: [ABIParameter], outputs: [ABIParameter] = [],
    mutability: Mutability = .nonpayable
  ) {
    self.name = name
    self.inputs = inputs
    self.outputs = outputs
    self.mutability = mutability
  }

  /// The canonical text that the selector is hashed from: `transfer(address,uint256)`.
  public var signature: String { name + inputs.canonicalTypes }

  /// The first four bytes of the signature's Keccak-256.
  public var selector: [UInt8] { Array(Keccak256.hash(Array(signature.utf8)).bytes.prefix(4)) }

  /// The data of a call: selector and arguments.
  public func encodeCall(_ arguments: [ABIValue]) throws(ABIError) -> [UInt8] {
    selector + (try ABI.encode(arguments, as: inputs))
  }

  /// The arguments in the data of a call, whose selector must be this function's.
  public func decodeCall(_ data: [UInt8]) throws(ABIError) -> [ABIValue] {
    try ABI.decode(data.behind(selector, of: signature), as: inputs)
  }

  /// The data that a call gives back.
  public func encodeResult(_ values: [ABIValue]) throws(ABIError) -> [UInt8] {
    try ABI.encode(values, as: outputs)
  }

  /// The values that a call gave back.
  public func decodeResult(_ data: [UInt8]) throws(ABIError) -> [ABIValue] {
    try ABI.decode(data, as: outputs)
  }
}

/// An error that a contract defines and may revert with.
public struct ABICustomError: Hashable, Sendable {
  /// What it is called.
  public var name: String
  /// What it tells.
  public var inputs: [ABIParameter]

  /// Makes an error's definition.
  public init(name: String, inputs: [ABIParameter]) {
    self.name = name
    self.inputs = inputs
  }

  /// The canonical text that the selector is hashed from: `InsufficientBalance(uint256,uint256)`.
  public var signature: String { name + inputs.canonicalTypes }

  /// The first four bytes of the signature's Keccak-256.
  public var selector: [UInt8] { Array(Keccak256.hash(Array(signature.utf8)).bytes.prefix(4)) }

  /// The data that a contract reverts with.
  public func encode(_ arguments: [ABIValue]) throws(ABIError) -> [UInt8] {
    selector + (try ABI.encode(arguments, as: inputs))
  }

  /// The arguments in the data of a revert, whose selector must be this error's.
  public func decode(_ data: [UInt8]) throws(ABIError) -> [ABIValue] {
    try ABI.decode(data.behind(selector, of: signature), as: inputs)
  }
}

/// What a contract takes when it is made.
public struct ABIConstructor: Hashable, Sendable {
  /// What it takes.
  public var inputs: [ABIParameter]
  /// Whether the contract may be given ether when it is made.
  public var isPayable: Bool

  /// Makes a constructor's definition.
  public init(inputs: [ABIParameter] = [], isPayable: Bool = false) {
    self.inputs = inputs
    self.isPayable = isPayable
  }
}

extension [UInt8] {
  /// What follows a selector, which must be the one of this signature.
  func behind(_ selector: [UInt8], of signature: String) throws(ABIError) -> [UInt8] {
    guard starts(with: selector) else {
      let found = Hex.encode(Array(prefix(4)))
      let wanted = "the selector \(Hex.encode(selector)) of \(signature.shortened)"
      throw ABIError(
        .unknownSelector(
          count < 4
            ? "\(count) bytes are too few for a selector"
            : "the data start with \(found), not with \(wanted)"))
    }
    return Array(dropFirst(selector.count))
  }
}
