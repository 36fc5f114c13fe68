internal import Hashing
public import Records
public import WideInteger

/// Why a contract reverted, as far as the data that it gave back tell.
public enum RevertReason: Hashable, Sendable {
  /// Nothing was given back: a bare `revert()`, `require` without a text, or no contract at the address.
  case none
  /// Solidity's `Error(string)`: a text of the contract's author.
  case error(String)
  /// Solidity's `Panic(uint256)`: a check of the compiler.
  case panic(UInt256)
  /// An error that the contract's ABI defines.
  case custom(ABICustomError, [ABIValue])
  /// Anything else.
  case unknown([UInt8])

  /// Reads the data of a revert; whatever does not decode strictly is `unknown`, never an error.
  public init(decoding data: [UInt8], abi: ContractABI? = nil) {
    self.init(decoding: data, index: abi.map(ABIIndex.init))
  }

  /// Reads the data of a revert; the errors of an ABI are found by an index, for streams.
  public init(decoding data: [UInt8], index: ABIIndex?) {
    if data.isEmpty {
      self = .none
    } else if let values = try? Self.errorDefinition.decode(data),
      case .string(let text)? = values.first
    {
      self = .error(text)
    } else if let values = try? Self.panicDefinition.decode(data),
      case .uint(let code)? = values.first
    {
      self = .panic(code)
    } else if let error = try? index?.error(thrownAs: data), let values = try? error.decode(data) {
      self = .custom(error, values)
    } else {
      self = .unknown(data)
    }
  }

  private static let errorDefinition = ABICustomError(
    name: "Error", inputs: [ABIParameter("message", .string)])
  private static let panicDefinition = ABICustomError(
    name: "Panic", inputs: [ABIParameter("code", .uint(256))])

  /// What a panic's code means (Solidity documentation, "Panic via assert and Error via require").
  public static func meaning(ofPanic code: UInt256) -> String {
    switch Int(exactly: code) {
    case 0x00: "a check that the compiler put in"
    case 0x01: "an assertion failed"
    case 0x11: "arithmetic overflow or underflow"
    case 0x12: "division or modulo by zero"
    case 0x21: "a value that the enum does not have"
    case 0x22: "a byte array in storage is wrongly encoded"
    case 0x31: "pop of an empty array"
    case 0x32: "an index out of bounds"
    case 0x41: "too much memory, or an array too large"
    case 0x51: "a call of a function variable that was never set"
    default: "a code that is not known"
    }
  }
}

extension RevertReason: CustomStringConvertible {
  /// The reason for people: `insufficient balance`, `panic 0x11: arithmetic overflow or underflow`, `Custom(5)`.
  public var description: String {
    switch self {
    case .none: "no reason given"
    case .error(let text): text.isEmpty ? "an empty reason" : text
    case .panic(let code): "panic \(Self.shown(code)): \(Self.meaning(ofPanic: code))"
    case .custom(let error, let values):
      "\(error.name)(\(values.map { $0.json.string ?? $0.json.text }.joined(separator: ", ")))"
    case .unknown(let data): "unknown reason \(Hex.encode(data).shortened)"
    }
  }

  /// The reason as records have it: `data`, and where it was decoded `error` (a signature), `args`, `message`.
  public var json: JSON {
    switch self {
    case .none: ["data": "0x", "message": .string(description)]
    case .error(let text):
      ["error": "Error(string)", "args": [.string(text)], "message": .string(description)]
    case .panic(let code):
      ["error": "Panic(uint256)", "args": [.string("\(code)")], "message": .string(description)]
    case .custom(let error, let values):
      [
        "error": .string(error.signature), "args": .array(values.map(\.json)),
        "message": .string(description),
      ]
    case .unknown(let data): ["data": .string(Hex.encode(data)), "message": .string(description)]
    }
  }

  private static func shown(_ code: UInt256) -> String {
    // Two digits, as the documentation of the codes has them.
    let digits = code.hex.dropFirst(2)
    return "0x" + (digits.count == 1 ? "0" : "") + digits
  }
}
