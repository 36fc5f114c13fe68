public import Ethereum
public import Hashing
public import Records
public import WideInteger

/// A value in a node's answer, and where it stands: what is read from it is checked, and names the method where it is bad.
public struct RPCValue: Sendable {
  /// The value itself.
  public let json: JSON
  /// The method that was called.
  public let method: String
  /// Where in the result it stands: empty for the result itself.
  public let path: String

  /// The result of a method.
  public init(_ json: JSON, method: String, path: String = "") {
    self.json = json
    self.method = method
    self.path = path
  }

  /// Whether there is nothing: a block or a receipt that the node does not have.
  public var isNull: Bool { json == .null }

  /// What is wrong with it.
  public func flaw(_ reason: String) -> RPCError {
    .badAnswer(method: method, reason: path.isEmpty ? reason : "\(path): \(reason)")
  }

  /// A member that must be there; its value may be null.
  public func member(_ name: String) throws(RPCError) -> RPCValue {
    guard let object = json.object else { throw flaw("\(json.kind), not an object") }
    guard let value = object[name] else { throw flaw("no \(JSON.string(name).text)") }
    return RPCValue(value, method: method, path: path.isEmpty ? name : "\(path).\(name)")
  }

  /// A member, nil where it is not there or null.
  public func optional(_ name: String) throws(RPCError) -> RPCValue? {
    guard let object = json.object else { throw flaw("\(json.kind), not an object") }
    guard let value = object[name], value != .null else { return nil }
    return RPCValue(value, method: method, path: path.isEmpty ? name : "\(path).\(name)")
  }

  /// The elements of an array.
  public func elements() throws(RPCError) -> [RPCValue] {
    guard let elements = json.elements else { throw flaw("\(json.kind), not an array") }
    return elements.enumerated().map {
      RPCValue($1, method: method, path: "\(path)[\($0)]")
    }
  }

  /// A string.
  public func string() throws(RPCError) -> String {
    guard let text = json.string else { throw flaw("\(json.kind), not a string") }
    return text
  }

  /// A quantity: `0x` and hexadecimal digits without a zero in front, at most 256 bits.
  public func quantity() throws(RPCError) -> UInt256 {
    let text = try string()
    do { return try UInt256(quantity: text) } catch {
      throw flaw("\(RPCAnswer.shown(json)) is no quantity: \(error)")
    }
  }

  /// A quantity of at most 64 bits: a number of a block, a nonce, a time, gas.
  public func number() throws(RPCError) -> UInt64 {
    let value = try quantity()
    guard let number = UInt64(exactly: value) else {
      throw flaw("\(RPCAnswer.shown(json)) does not fit 64 bits")
    }
    return number
  }

  /// A quantity that counts blocks, at most 2^63: that many no chain has, and what follows one can be counted.
  public func blockNumber() throws(RPCError) -> UInt64 {
    let number = try number()
    guard number <= 1 << 63 else {
      throw flaw("\(RPCAnswer.shown(json)) is no block of any chain")
    }
    return number
  }

  /// Bytes: `0x` and pairs of hexadecimal digits.
  public func data() throws(RPCError) -> [UInt8] {
    let text = try string()
    do { return try Hex.decode(text) } catch {
      throw flaw("\(RPCAnswer.shown(json)) is not 0x and pairs of hexadecimal digits")
    }
  }

  /// Exactly 32 bytes.
  public func digest() throws(RPCError) -> Digest32 {
    let bytes = try data()
    do { return try Digest32(bytes) } catch { throw flaw("\(bytes.count) bytes, not 32") }
  }

  /// Exactly 20 bytes.
  public func address() throws(RPCError) -> Address {
    let bytes = try data()
    do { return try Address(bytes: bytes) } catch { throw flaw("\(bytes.count) bytes, not 20") }
  }
}

extension Result where Success == JSON, Failure == RPCFailure {
  /// The result to be read; throws where the node refused.
  public func answer(to request: RPCRequest) throws(RPCError) -> RPCValue {
    switch self {
    case .success(let value): return RPCValue(value, method: request.method)
    case .failure(let refusal): throw .refused(refusal)
    }
  }
}
