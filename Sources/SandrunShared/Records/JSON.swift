/// A JSON value that keeps the order of members and each number's own text (RFC 8259).
public enum JSON: Sendable {
  case null
  case bool(Bool)
  case number(JSONNumber)
  case string(String)
  case array([JSON])
  case object(JSONObject)

  /// The text of a string, nil for any other kind.
  public var string: String? { if case .string(let text) = self { text } else { nil } }

  /// The value of a number written as plain digits that fits `Int`, nil for any other kind.
  public var integer: Int? { if case .number(let number) = self { number.integer } else { nil } }

  /// A Boolean, nil for any other kind.
  public var boolean: Bool? { if case .bool(let value) = self { value } else { nil } }

  /// The elements of an array, nil for any other kind.
  public var elements: [JSON]? { if case .array(let elements) = self { elements } else { nil } }

  /// An object, nil for any other kind.
  public var object: JSONObject? { if case .object(let object) = self { object } else { nil } }

  /// A member of an object, nil where there is none or this is no object.
  public subscript(name: String) -> JSON? { object?[name] }

  /// The kind as RFC 8259 names it, with its article, for messages: `a string`, `null`.
  public var kind: String {
    switch self {
    case .null: "null"
    case .bool: "a boolean"
    case .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }

  /// A number from an integer.
  public static func integer(_ value: some BinaryInteger) -> JSON { .number(JSONNumber(value)) }
}

extension JSON: Equatable {
  /// Whether two values have the same text once white space and escapes are settled: numbers and strings to the byte.
  public static func == (left: JSON, right: JSON) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let a), .bool(let b)): a == b
    case (.number(let a), .number(let b)): a == b
    // Swift's own == takes a composed and a decomposed letter for the same.
    case (.string(let a), .string(let b)): a.utf8.elementsEqual(b.utf8)
    case (.array(let a), .array(let b)): a == b
    case (.object(let a), .object(let b)): a == b
    default: false
    }
  }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
  /// A string.
  public init(stringLiteral value: String) { self = .string(value) }
  /// A number.
  public init(integerLiteral value: Int) { self = .integer(value) }
  /// A Boolean.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// An array.
  public init(arrayLiteral elements: JSON...) { self = .array(elements) }
  /// An object, its members in the order written.
  public init(dictionaryLiteral elements: (String, JSON)...) {
    self = .object(JSONObject(elements.map { JSONObject.Member(name: $0.0, value: $0.1) }))
  }
  /// Null.
  public init(nilLiteral: ()) { self = .null }
}
