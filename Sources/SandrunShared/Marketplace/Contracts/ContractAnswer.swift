internal import ABI
internal import Ethereum
internal import Hashing
internal import WideInteger

/// An answer of one of the contracts that cannot be: its address is another contract's, or its node lies.
public struct ContractAnswerError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The function that was called.
  public let function: String
  /// What is wrong with what it gave.
  public let reason: String

  /// Makes an error of both.
  public init(function: String, reason: String) {
    self.function = function
    self.reason = reason
  }

  /// `round(bytes32,uint256) gives startedAt 2^64 or more`.
  public var description: String { "\(function) gives \(reason)" }
}

/// The members of a struct that a contract's function gave, one after the other.
struct ContractAnswer {
  private let function: ABIFunction
  private let names: [String]
  private let values: [ABIValue]
  private var next = 0

  init(_ data: [UInt8], of function: ABIFunction) throws(ContractAnswerError) {
    self.function = function
    let decoded: [ABIValue]
    do {
      decoded = try function.decodeResult(data)
    } catch {
      throw ContractAnswerError(function: function.signature, reason: "\(error)")
    }
    guard case .tuple(let values) = decoded.first,
      case .tuple(let members) = function.outputs.first?.type
    else { preconditionFailure("\(function.signature) gives no struct") }
    self.values = values
    self.names = members.map(\.name)
  }

  private func refusal(_ reason: String) -> ContractAnswerError {
    ContractAnswerError(function: function.signature, reason: "\(names[next]) \(reason)")
  }

  mutating func number() -> UInt256 {
    guard case .uint(let number) = values[next] else { preconditionFailure("\(names[next])") }
    next += 1
    return number
  }

  /// A number that fits; block times and numbers do for ages.
  mutating func small() throws(ContractAnswerError) -> UInt64 {
    guard case .uint(let number) = values[next], let small = UInt64(exactly: number) else {
      throw refusal("2^64 or more")
    }
    next += 1
    return small
  }

  mutating func count(through limit: Int) throws(ContractAnswerError) -> Int {
    guard case .uint(let number) = values[next], let count = Int(exactly: number), count <= limit
    else { throw refusal("above \(limit)") }
    next += 1
    return count
  }

  mutating func flag() -> Bool {
    guard case .bool(let flag) = values[next] else { preconditionFailure("\(names[next])") }
    next += 1
    return flag
  }

  mutating func address() -> Address {
    guard case .address(let address) = values[next] else {
      preconditionFailure("\(names[next])")
    }
    next += 1
    return address
  }

  mutating func digest() -> Digest32 {
    guard case .bytes(let bytes) = values[next], let digest = try? Digest32(bytes) else {
      preconditionFailure("\(names[next])")
    }
    next += 1
    return digest
  }

  mutating func windows() throws(ContractAnswerError) -> JobWindows {
    guard case .array(let numbers) = values[next], numbers.count == 4 else {
      preconditionFailure("\(names[next])")
    }
    var windows: [UInt64] = []
    for case .uint(let number) in numbers {
      guard let window = UInt64(exactly: number), window <= JobWindows.limit else {
        throw refusal("a window above \(JobWindows.limit) s")
      }
      windows.append(window)
    }
    next += 1
    return JobWindows(
      claim: windows[0], commit: windows[1], open: windows[2], challenge: windows[3])
  }
}
