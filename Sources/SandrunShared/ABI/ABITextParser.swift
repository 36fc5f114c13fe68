/// A reader of types, parameter lists and definitions in the way people write them.
struct ABITextParser {
  /// Arrays and tuples inside one another beyond which a type is refused.
  static let depthLimit = 64
  /// Bytes of text beyond which a definition is refused.
  static let lengthLimit = 1 << 16
  /// The most elements of a fixed array.
  static let countLimit = Int(UInt32.max)

  let text: [UInt8]
  private(set) var at = 0

  init(_ text: String) throws(ABIError) {
    self.text = Array(text.utf8)
    guard self.text.count <= Self.lengthLimit else {
      throw ABIError(.tooLarge("the text is longer than \(Self.lengthLimit) bytes"))
    }
  }

  var isAtEnd: Bool { at == text.count }
  var next: UInt8? { isAtEnd ? nil : text[at] }

  func expected(_ what: String) -> ABIError { ABIError(.syntax(expected: what, offset: at)) }

  mutating func skipSpace() {
    while let byte = next, [0x20, 0x09, 0x0a, 0x0d].contains(byte) { at += 1 }
  }

  /// Consumes one byte where it comes next.
  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    at += 1
    return true
  }

  /// Consumes letters, digits, `_` and `$`; nil where none come next.
  mutating func word() -> String? {
    let start = at
    while let byte = next, Self.isWordByte(byte) { at += 1 }
    return at == start ? nil : String(decoding: text[start..<at], as: UTF8.self)
  }

  /// Consumes a word that starts with no digit.
  mutating func identifier(_ what: String) throws(ABIError) -> String {
    let start = at
    guard let word = word(), !Self.isDigit(text[start]) else {
      at = start
      throw expected(what)
    }
    return word
  }

  /// Consumes white space, and the word where it is this one.
  mutating func take(word wanted: String) -> Bool {
    let start = at
    skipSpace()
    if word() == wanted { return true }
    at = start
    return false
  }

  /// Consumes white space to the end; anything else is an error.
  mutating func finish() throws(ABIError) {
    skipSpace()
    guard isAtEnd else { throw expected("the end") }
  }

  // MARK: Types

  /// Consumes a type: an elementary name or a tuple, and what makes arrays of it.
  ///
  /// A JSON ABI tells a tuple's components apart from the word `tuple`.
  mutating func type(
    depth: Int = 0, tuple: [ABIParameter]? = nil
  ) throws(ABIError) -> ABIType {
    guard depth < Self.depthLimit else {
      throw ABIError(.tooLarge("types are nested deeper than \(Self.depthLimit)"))
    }
    let start = at
    let name = word()
    var type: ABIType
    if let tuple, name == "tuple" {
      type = .tuple(tuple)
    } else if name == nil || name == "tuple", next == UInt8(ascii: "(") {
      type = .tuple(try parameters(depth: depth + 1))
    } else {
      guard let name else { throw expected("a type") }
      guard let elementary = try Self.elementary(name) else {
        at = start
        throw ABIError(.unknownType(name))
      }
      type = elementary
    }
    var levels = depth
    while take("[") {
      levels += 1
      guard levels < Self.depthLimit else {
        throw ABIError(.tooLarge("types are nested deeper than \(Self.depthLimit)"))
      }
      type = take("]") ? .array(type) : .fixedArray(type, try count())
    }
    return type
  }

  /// Consumes the digits and the bracket of `[12]`.
  private mutating func count() throws(ABIError) -> Int {
    let start = at
    while let byte = next, Self.isDigit(byte) { at += 1 }
    let digits = String(decoding: text[start..<at], as: UTF8.self)
    guard let count = Self.number(digits) else {
      at = start
      throw expected("a length or ]")
    }
    guard count <= Self.countLimit else {
      throw ABIError(.tooLarge("an array of \(digits) elements is too long"))
    }
    guard take("]") else { throw expected("]") }
    return count
  }

  /// Consumes a list of parameters with its parentheses.
  mutating func parameters(
    depth: Int = 0, mayBeIndexed: Bool = false
  ) throws(ABIError) -> [ABIParameter] {
    guard take("(") else { throw expected("(") }
    var parameters: [ABIParameter] = []
    skipSpace()
    if take(")") { return parameters }
    repeat {
      skipSpace()
      parameters.append(try parameter(depth: depth, mayBeIndexed: mayBeIndexed))
      skipSpace()
    } while take(",")
    guard take(")") else { throw expected(", or )") }
    return parameters
  }

  private mutating func parameter(
    depth: Int, mayBeIndexed: Bool
  ) throws(ABIError) -> ABIParameter {
    let type = try type(depth: depth)
    // Otherwise `uint256a` in two halves would pass for a type and a name.
    guard let byte = next, !Self.isEnd(byte) else { return ABIParameter("", type) }
    guard Self.isSpace(byte) else { throw expected(", or )") }
    if type == .address { _ = take(word: "payable") }
    let isIndexed = mayBeIndexed && take(word: "indexed")
    if type.isReference, !mayBeIndexed {
      for location in ["memory", "calldata", "storage"] where take(word: location) { break }
    }
    skipSpace()
    guard let byte = next, !Self.isEnd(byte) else {
      return ABIParameter("", type, isIndexed: isIndexed)
    }
    let name = try identifier("a name")
    guard !Self.reserved.contains(name) else {
      at -= name.utf8.count
      throw expected("a name")
    }
    return ABIParameter(name, type, isIndexed: isIndexed)
  }

  private static let reserved: Set<String> = [
    "indexed", "memory", "calldata", "storage", "payable", "returns", "anonymous",
  ]

  /// The elementary type of this name; nil where there is none.
  static func elementary(_ name: String) throws(ABIError) -> ABIType? {
    switch name {
    case "address": return .address
    case "bool": return .bool
    case "bytes": return .bytes
    case "string": return .string
    case "function": return .function
    case "uint": return .uint(256)
    case "int": return .int(256)
    default: break
    }
    if name.hasPrefix("fixed") || name.hasPrefix("ufixed") { throw ABIError(.fixedPoint(name)) }
    if let bits = number(name, after: "uint") { return isWidth(bits) ? .uint(bits) : nil }
    if let bits = number(name, after: "int") { return isWidth(bits) ? .int(bits) : nil }
    guard let count = number(name, after: "bytes"), (1...32).contains(count) else { return nil }
    return .fixedBytes(count)
  }

  private static func isWidth(_ bits: Int) -> Bool {
    (8...256).contains(bits) && bits.isMultiple(of: 8)
  }

  private static func number(_ name: String, after prefix: String) -> Int? {
    name.hasPrefix(prefix) ? number(String(name.dropFirst(prefix.count))) : nil
  }

  /// Decimal digits without a zero in front.
  private static func number(_ digits: String) -> Int? {
    guard !digits.isEmpty, digits.utf8.allSatisfy(isDigit),
      digits == "0" || !digits.hasPrefix("0")
    else { return nil }
    return Int(digits) ?? .max
  }

  static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
  private static func isSpace(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0a, 0x0d].contains(byte) }
  private static func isEnd(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: ")")
  }
  private static func isWordByte(_ byte: UInt8) -> Bool {
    isDigit(byte) || (byte | 0x20) &- 0x61 < 26 || byte == UInt8(ascii: "_")
      || byte == UInt8(ascii: "$")
  }
}

extension ABIType {
  /// Reads a type: `uint256`, `(address to,uint amount)[]`; `uint` is `uint256`, no space outside of a tuple.
  public init(parsing text: String) throws(ABIError) {
    var parser = try ABITextParser(text)
    self = try parser.type()
    guard parser.isAtEnd else { throw parser.expected("the end") }
  }
}

extension [ABIParameter] {
  /// Reads a list of parameters in parentheses: `(address to, uint256 amount)`.
  public init(parsing text: String) throws(ABIError) {
    var parser = try ABITextParser(text)
    parser.skipSpace()
    self = try parser.parameters()
    try parser.finish()
  }
}
