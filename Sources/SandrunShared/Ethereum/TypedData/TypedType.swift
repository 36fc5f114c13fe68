/// A type of a member of typed data, as its text declares it.
indirect enum TypedType: Hashable, Sendable {
  case bool
  case address
  case string
  case bytes
  case fixedBytes(Int)
  case integer(bits: Int, isSigned: Bool)
  case structure(String)
  /// Elements of a type, so many of them where a number is given.
  case array(TypedType, count: Int?)

  /// How deep arrays may lie in each other.
  private static let depthLimit = 32

  /// Reads a type; nil where the text is none, but a structure's name need not be declared.
  init?(parsing text: String) {
    var name = Substring(text)
    var counts: [Int?] = []
    while name.last == "]" {
      guard counts.count < Self.depthLimit, let open = name.lastIndex(of: "[") else { return nil }
      let digits = name[name.index(after: open)...].dropLast()
      if digits.isEmpty {
        counts.append(nil)
      } else {
        guard let count = Self.number(digits) else { return nil }
        counts.append(count)
      }
      name = name[..<open]
    }
    guard let element = Self(element: String(name)) else { return nil }
    self = counts.reversed().reduce(element) { .array($0, count: $1) }
  }

  private init?(element name: String) {
    switch name {
    case "bool": self = .bool
    case "address": self = .address
    case "string": self = .string
    case "bytes": self = .bytes
    default:
      guard let sized = Self.sized(name) else {
        guard Self.isName(name) else { return nil }
        self = .structure(name)
        return
      }
      guard let type = sized else { return nil }
      self = type
    }
  }

  /// The types with a number in their name; the inner nil where the number is none that Solidity has.
  private static func sized(_ name: String) -> TypedType?? {
    for (prefix, isSigned) in [("uint", false), ("int", true)] where name.hasPrefix(prefix) {
      let digits = name.dropFirst(prefix.count)
      guard digits.utf8.allSatisfy({ $0 &- 0x30 < 10 }) else { return nil }
      guard let bits = number(digits), (8...256).contains(bits), bits.isMultiple(of: 8) else {
        return .some(nil)
      }
      return .integer(bits: bits, isSigned: isSigned)
    }
    guard name.hasPrefix("bytes") else { return nil }
    let digits = name.dropFirst(5)
    guard digits.utf8.allSatisfy({ $0 &- 0x30 < 10 }) else { return nil }
    guard let count = number(digits), (1...32).contains(count) else { return .some(nil) }
    return .fixedBytes(count)
  }

  /// A number without zeros in front.
  private static func number(_ digits: Substring) -> Int? {
    guard !digits.isEmpty, digits.utf8.allSatisfy({ $0 &- 0x30 < 10 }),
      digits.count == 1 || digits.first != "0"
    else { return nil }
    return Int(digits)
  }

  /// Whether a text is an identifier of Solidity.
  static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, !(first &- 0x30 < 10) else { return false }
    return text.utf8.allSatisfy { byte in
      byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z") || byte &- 0x30 < 10
        || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "$")
    }
  }

  /// The structure that a value of this type consists of, where it does.
  var structureName: String? {
    switch self {
    case .structure(let name): name
    case .array(let element, _): element.structureName
    default: nil
    }
  }
}

extension TypedType: CustomStringConvertible {
  /// The type's own text.
  var description: String {
    switch self {
    case .bool: "bool"
    case .address: "address"
    case .string: "string"
    case .bytes: "bytes"
    case .fixedBytes(let count): "bytes\(count)"
    case .integer(let bits, let isSigned): "\(isSigned ? "" : "u")int\(bits)"
    case .structure(let name): name
    case .array(let element, let count): "\(element)[\(count.map { "\($0)" } ?? "")]"
    }
  }
}
