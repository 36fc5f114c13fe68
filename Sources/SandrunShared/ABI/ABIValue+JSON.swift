internal import Ethereum
internal import Hashing
public import Records
internal import WideInteger

extension ABIValue {
  /// Reads what `json` writes, and more.
  ///
  /// Integers may be JSON integers, decimal strings or `0x…` quantities; a tuple may be an object by its components'
  /// names. Nothing is cut, padded or rounded to fit.
  public init(json: JSON, as type: ABIType) throws(ABIError) {
    switch type {
    case .uint, .int:
      switch json {
      case .string(let text): try self.init(integer: text, as: type)
      case .number(let number): try self.init(integer: number.description, as: type)
      default: throw .mismatch(json, type)
      }
    case .bool:
      guard let value = json.boolean else { throw .mismatch(json, type) }
      self = .bool(value)
    case .string:
      guard let text = json.string else { throw .mismatch(json, type) }
      self = .string(text)
    case .address, .bytes, .fixedBytes, .function:
      guard let text = json.string else { throw .mismatch(json, type) }
      try self.init(word: text, as: type)
    case .array(let element):
      guard let values = json.elements else { throw .mismatch(json, type) }
      self = .array(try Self.elements(values, as: element))
    case .fixedArray(let element, let count):
      guard let values = json.elements else { throw .mismatch(json, type) }
      guard values.count == count else {
        throw ABIError(.badCount(values.count, expected: count, of: "elements"))
      }
      self = .array(try Self.elements(values, as: element))
    case .tuple(let components):
      guard json.object != nil || json.elements != nil else { throw .mismatch(json, type) }
      self = .tuple(try Self.list(json, as: components, of: "components"))
    }
  }

  /// Reads the values of a list of parameters: an array in their order, or an object by their names.
  public static func list(
    _ json: JSON, as parameters: [ABIParameter], of what: String = "arguments"
  ) throws(ABIError) -> [ABIValue] {
    let values =
      try json.object.map { (object) throws(ABIError) in
        try members(of: object, for: parameters)
      } ?? json.elements
    guard let values else {
      throw ABIError(.mismatch(json.kind, type: "array or object of \(what)"))
    }
    guard values.count == parameters.count else {
      throw ABIError(.badCount(values.count, expected: parameters.count, of: what))
    }
    var list: [ABIValue] = []
    for (index, parameter) in parameters.enumerated() {
      do {
        list.append(try ABIValue(json: values[index], as: parameter.type))
      } catch {
        throw error.inside(parameter.step(index))
      }
    }
    return list
  }

  private static func members(
    of object: JSONObject, for parameters: [ABIParameter]
  ) throws(ABIError) -> [JSON] {
    let members = Dictionary(
      object.members.map { (Array($0.name.utf8), $0.value) },
      uniquingKeysWith: { first, _ in first })
    var values: [JSON] = []
    for parameter in parameters {
      guard !parameter.name.isEmpty, let value = members[Array(parameter.name.utf8)] else {
        throw ABIError(.badMember(parameter.name, isMissing: true))
      }
      values.append(value)
    }
    let names = Set(parameters.map { Array($0.name.utf8) })
    guard names.count == parameters.count else {
      throw ABIError(.malformed("two components have one name, so that only an array will do"))
    }
    for member in object.members where !names.contains(Array(member.name.utf8)) {
      throw ABIError(.badMember(member.name, isMissing: false))
    }
    return values
  }

  private static func elements(
    _ values: [JSON], as type: ABIType
  ) throws(ABIError) -> [ABIValue] {
    var elements: [ABIValue] = []
    elements.reserveCapacity(values.count)
    for (index, value) in values.enumerated() {
      do {
        elements.append(try ABIValue(json: value, as: type))
      } catch {
        throw error.inside("[\(index)]")
      }
    }
    return elements
  }

  // MARK: One word

  /// Reads a value that is no array and no tuple from its text.
  init(word text: String, as type: ABIType) throws(ABIError) {
    switch type {
    case .uint, .int: try self.init(integer: text, as: type)
    case .string: self = .string(text)
    case .bool:
      guard text == "true" || text == "false" else { throw .mismatch(.string(text), type) }
      self = .bool(text == "true")
    case .address:
      do {
        self = .address(try Address(parsing: text))
      } catch .badChecksum(let expected) {
        throw ABIError(
          .malformed("\(text) has a wrong EIP-55 checksum, which would be \(expected)"))
      } catch {
        throw .mismatch(.string(text), type)
      }
    case .bytes, .fixedBytes, .function:
      guard let bytes = try? Hex.decode(text), type.takes(count: bytes.count) else {
        throw .mismatch(.string(text), type)
      }
      self = .bytes(bytes)
    case .array, .fixedArray, .tuple: throw .mismatch(.string(text), type)
    }
  }

  private init(integer text: String, as type: ABIType) throws(ABIError) {
    let outOfRange = ABIError(.outOfRange(text.shortened, type: "\(type)"))
    let value: ABIValue
    do throws(WideIntegerError) {
      value = try Self.integer(text, as: type)
    } catch .outOfRange {
      throw outOfRange
    } catch {
      // A minus before digits is an integer, if none that an unsigned type holds.
      guard case .uint = type, (try? Int256(decimal: text)) != nil else {
        throw .mismatch(.string(text), type)
      }
      throw outOfRange
    }
    guard type.holds(value) else { throw outOfRange }
    self = value
  }

  private static func integer(
    _ text: String, as type: ABIType
  ) throws(WideIntegerError) -> ABIValue {
    let isHexadecimal = text.utf8.starts(with: "0x".utf8)
    if case .uint = type {
      return .uint(try isHexadecimal ? UInt256(hex: text) : UInt256(decimal: text))
    }
    guard isHexadecimal else { return .int(try Int256(decimal: text)) }
    guard let value = Int256(exactly: try UInt256(hex: text)) else { throw .outOfRange }
    return .int(value)
  }
}

extension ABIType {
  /// Whether so many bytes are a value of this type of bytes.
  func takes(count: Int) -> Bool {
    switch self {
    case .bytes: true
    case .fixedBytes(let length): count == length
    case .function: count == 24
    default: false
    }
  }

  /// Whether an integer is within the type's bits.
  func holds(_ value: ABIValue) -> Bool {
    switch (self, value) {
    case (.uint(let bits), .uint(let value)): value >> bits == .min
    case (.int(let bits), .int(let value)):
      [Int256(bitPattern: .min), Int256(bitPattern: .max)].contains(value >> (bits - 1))
    default: false
    }
  }
}

extension ABIParameter {
  /// How an error names this place among its neighbours.
  func step(_ index: Int) -> String { name.isEmpty ? "[\(index)]" : ".\(name)" }
}

extension ABIError {
  static func mismatch(_ json: JSON, _ type: ABIType) -> ABIError {
    ABIError(.mismatch(json.text.shortened, type: "\(type)".shortened))
  }
}

extension String {
  /// The text itself, or its two ends where it is long.
  var shortened: String { utf8.count <= 96 ? self : "\(prefix(48))…\(suffix(24))" }
}
