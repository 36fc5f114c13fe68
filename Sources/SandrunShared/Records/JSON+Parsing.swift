extension JSON {
  /// Reads one JSON text: strict RFC 8259, at most 512 containers deep, no name twice in an object.
  ///
  /// Refuses bad UTF-8 and half surrogate pairs too; the error carries line, column and offset.
  public init(parsing bytes: [UInt8]) throws(JSONError) {
    try self.init(parsing: bytes.span)
  }

  /// Reads one JSON text from borrowed bytes.
  public init(parsing source: Span<UInt8>) throws(JSONError) {
    var scanner = JSONScanner()
    self = try scanner.value(source, depth: 0)
    try scanner.finish(source)
  }
}

extension JSONScanner {
  mutating func value(_ source: Span<UInt8>, depth: Int) throws(JSONError) -> JSON {
    let byte = try next(source)
    let start = at
    switch byte {
    case UInt8(ascii: "\""):
      let isEscaped = try string(source)
      return .string(try text(source, start + 1..<at - 1, isEscaped: isEscaped))
    case UInt8(ascii: "{"):
      try open(source, depth: depth)
      return .object(try object(source, depth: depth))
    case UInt8(ascii: "["):
      try open(source, depth: depth)
      return .array(try array(source, depth: depth))
    case UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "n"):
      try skipValue(source, depth: depth)
      return byte == UInt8(ascii: "n") ? .null : .bool(byte == UInt8(ascii: "t"))
    default:
      try skipValue(source, depth: depth)
      return .number(JSONNumber(checked: Self.plain(source, start..<at)))
    }
  }

  private mutating func array(_ source: Span<UInt8>, depth: Int) throws(JSONError) -> [JSON] {
    var elements: [JSON] = []
    if try next(source) == UInt8(ascii: "]") {
      at += 1
      return elements
    }
    repeat {
      elements.append(try value(source, depth: depth + 1))
    } while try another(source, before: UInt8(ascii: "]"))
    return elements
  }

  private mutating func object(_ source: Span<UInt8>, depth: Int) throws(JSONError) -> JSONObject {
    var members: [JSONObject.Member] = []
    if try next(source) == UInt8(ascii: "}") {
      at += 1
      return JSONObject()
    }
    var seen: Set<[UInt8]> = []
    repeat {
      let (range, isEscaped) = try name(source)
      let name = try text(source, range, isEscaped: isEscaped)
      let isNew: Bool
      if members.count < 16 {
        isNew = !members.contains { $0.name == name && $0.name.utf8.elementsEqual(name.utf8) }
      } else {
        if seen.isEmpty { seen = Set(members.map { Array($0.name.utf8) }) }
        isNew = seen.insert(Array(name.utf8)).inserted
      }
      guard isNew else {
        throw JSONError(.duplicateName(name), at: range.lowerBound - 1, in: source)
      }
      members.append(.init(name: name, value: try value(source, depth: depth + 1)))
    } while try another(source, before: UInt8(ascii: "}"))
    return JSONObject(members)
  }

  private func text(
    _ source: Span<UInt8>, _ range: Range<Int>, isEscaped: Bool
  ) throws(JSONError) -> String {
    guard isEscaped else { return Self.plain(source, range) }
    let (bytes, lone) = Self.unescaped(source, range)
    if let lone { throw JSONError(.loneSurrogate, at: lone, in: source) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The text of bytes that are known to be UTF-8.
  static func plain(_ source: Span<UInt8>, _ range: Range<Int>) -> String {
    unsafe source.extracting(range).withUnsafeBufferPointer {
      unsafe String(decoding: $0, as: UTF8.self)
    }
  }
}
