internal import Records

extension ABIValue {
  /// Reads a value as people type it: `5`, `0x…`, `true`, `some text`, `[1,2]`, `(0x…,[a,"b, c"])`.
  ///
  /// A lone string is taken verbatim. Inside arrays and tuples a string is a bare word up to the next `,`, `]` or `)`, or JSON
  /// text in quotes. A tuple has parentheses or brackets, or is a JSON object by the components' names.
  public init(parsing text: String, as type: ABIType) throws(ABIError) {
    guard type.isReference, type != .string, type != .bytes else {
      try self.init(word: text, as: type)
      return
    }
    var parser = ABIValueParser(text: Array(text.utf8))
    self = try parser.value(type)
    parser.skipSpace()
    guard parser.isAtEnd else { throw parser.expected("the end") }
  }

  /// Reads one text for each parameter.
  public static func list(
    parsing texts: [String], as parameters: [ABIParameter]
  ) throws(ABIError) -> [ABIValue] {
    guard texts.count == parameters.count else {
      throw ABIError(.badCount(texts.count, expected: parameters.count, of: "arguments"))
    }
    var values: [ABIValue] = []
    for (index, (text, parameter)) in zip(texts, parameters).enumerated() {
      do {
        values.append(try ABIValue(parsing: text, as: parameter.type))
      } catch {
        throw error.inside(parameter.step(index))
      }
    }
    return values
  }
}

/// A reader of values as people type them; as deep as the type and no deeper.
private struct ABIValueParser {
  let text: [UInt8]
  var at = 0

  var isAtEnd: Bool { at == text.count }

  func expected(_ what: String) -> ABIError { ABIError(.syntax(expected: what, offset: at)) }

  mutating func skipSpace() {
    while at < text.count, [0x20, 0x09, 0x0a, 0x0d].contains(text[at]) { at += 1 }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard at < text.count, text[at] == UInt8(ascii: character) else { return false }
    at += 1
    return true
  }

  mutating func value(_ type: ABIType) throws(ABIError) -> ABIValue {
    skipSpace()
    switch type {
    case .array(let element):
      return .array(try elements(element))
    case .fixedArray(let element, let count):
      let values = try elements(element)
      guard values.count == count else {
        throw ABIError(.badCount(values.count, expected: count, of: "elements"))
      }
      return .array(values)
    case .tuple(let components):
      if at < text.count, text[at] == UInt8(ascii: "{") {
        return try ABIValue(json: try json(), as: type)
      }
      return .tuple(try self.components(components))
    default:
      return try ABIValue(word: try word(), as: type)
    }
  }

  private mutating func elements(_ type: ABIType) throws(ABIError) -> [ABIValue] {
    guard take("[") else { throw expected("[") }
    skipSpace()
    var values: [ABIValue] = []
    if take("]") { return values }
    repeat {
      do {
        values.append(try value(type))
      } catch {
        throw error.inside("[\(values.count)]")
      }
      skipSpace()
    } while take(",")
    guard take("]") else { throw expected(", or ]") }
    return values
  }

  private mutating func components(
    _ components: [ABIParameter]
  ) throws(ABIError) -> [ABIValue] {
    let isArray = take("[")
    guard isArray || take("(") else { throw expected("(") }
    var values: [ABIValue] = []
    for (index, component) in components.enumerated() {
      if index > 0 {
        skipSpace()
        guard take(",") else { throw expected(", and \(components.count) components") }
      }
      do {
        values.append(try value(component.type))
      } catch {
        throw error.inside(component.step(index))
      }
    }
    skipSpace()
    guard isArray ? take("]") : take(")") else { throw expected(isArray ? "]" : ")") }
    return values
  }

  /// Consumes a JSON string, or what stands before the next comma or closing bracket, without the space around it.
  private mutating func word() throws(ABIError) -> String {
    if at < text.count, text[at] == UInt8(ascii: "\"") {
      guard let word = try json().string else { throw expected("a string") }
      return word
    }
    let start = at
    while at < text.count, !",])".utf8.contains(text[at]) { at += 1 }
    var word = text[start..<at]
    while let last = word.last, [0x20, 0x09, 0x0a, 0x0d].contains(last) { word.removeLast() }
    guard !word.isEmpty else { throw expected("a value") }
    return String(decoding: word, as: UTF8.self)
  }

  /// Consumes a JSON string or object.
  private mutating func json() throws(ABIError) -> JSON {
    let start = at
    var depth = 0
    var isInString = false
    while at < text.count {
      let byte = text[at]
      at += 1
      if isInString {
        if byte == UInt8(ascii: "\\"), at < text.count { at += 1 }
        if byte == UInt8(ascii: "\"") { isInString = false }
      } else if byte == UInt8(ascii: "\"") {
        isInString = true
      } else if byte == UInt8(ascii: "{") {
        depth += 1
      } else if byte == UInt8(ascii: "}") {
        depth -= 1
      }
      if depth == 0, !isInString { break }
    }
    do {
      return try JSON(parsing: Array(text[start..<at]))
    } catch {
      throw ABIError(.malformed("malformed JSON: \(error.reasonText)"))
    }
  }
}
