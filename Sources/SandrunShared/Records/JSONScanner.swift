/// A strict RFC 8259 reader over bytes: it checks and delimits, and builds nothing.
///
/// The span is passed to every call rather than stored, since a stored span would tie the scanner's life to it.
struct JSONScanner {
  /// Containers inside containers beyond which text is refused: a hostile line must not exhaust the stack.
  static let depthLimit = 512

  var at = 0

  /// What follows a number, a name or a value, for callers that switch on it.
  typealias Source = Span<UInt8>

  // MARK: Punctuation

  /// Skips white space and gives the byte that follows, which is not consumed.
  @inline(__always)
  mutating func next(_ source: Source) throws(JSONError) -> UInt8 {
    while at < source.count {
      let byte = source[at]
      if byte > 0x20 { return byte }
      guard byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 else {
        throw JSONError(.unexpectedByte(byte), at: at, in: source)
      }
      at += 1
    }
    throw JSONError(.unexpectedEnd, at: at, in: source)
  }

  /// Consumes white space to the end; anything else is an error.
  mutating func finish(_ source: Source) throws(JSONError) {
    while at < source.count {
      let byte = source[at]
      guard byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 else {
        throw JSONError(.trailingBytes, at: at, in: source)
      }
      at += 1
    }
  }

  /// After a member or element: true where another follows, false where `close` ended the container.
  @inline(__always)
  mutating func another(
    _ source: Source, before close: UInt8
  ) throws(JSONError) -> Bool {
    let byte = try next(source)
    at += 1
    if byte == UInt8(ascii: ",") { return true }
    guard byte == close else { throw JSONError(.unexpectedByte(byte), at: at - 1, in: source) }
    return false
  }

  /// Consumes a member's name, quotes included, and the colon; tells where the name stands and whether it has escapes.
  @inline(__always)
  mutating func name(_ source: Source) throws(JSONError) -> (range: Range<Int>, isEscaped: Bool) {
    let quote = try next(source)
    guard quote == UInt8(ascii: "\"") else {
      throw JSONError(.unexpectedByte(quote), at: at, in: source)
    }
    let start = at + 1
    let isEscaped = try string(source)
    let range = start..<(at - 1)
    let colon = try next(source)
    guard colon == UInt8(ascii: ":") else {
      throw JSONError(.unexpectedByte(colon), at: at, in: source)
    }
    at += 1
    return (range, isEscaped)
  }

  // MARK: Values

  /// Checks and skips one value of any kind.
  mutating func skipValue(_ source: Source, depth: Int) throws(JSONError) {
    let byte = try next(source)
    switch byte {
    case UInt8(ascii: "\""):
      _ = try string(source)
    case UInt8(ascii: "{"):
      try open(source, depth: depth)
      if try next(source) == UInt8(ascii: "}") {
        at += 1
        return
      }
      repeat {
        _ = try name(source)
        try skipValue(source, depth: depth + 1)
      } while try another(source, before: UInt8(ascii: "}"))
    case UInt8(ascii: "["):
      try open(source, depth: depth)
      if try next(source) == UInt8(ascii: "]") {
        at += 1
        return
      }
      repeat {
        try skipValue(source, depth: depth + 1)
      } while try another(source, before: UInt8(ascii: "]"))
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      try number(source)
    case UInt8(ascii: "t"): try literal(source, "true")
    case UInt8(ascii: "f"): try literal(source, "false")
    case UInt8(ascii: "n"): try literal(source, "null")
    default: throw JSONError(.unexpectedByte(byte), at: at, in: source)
    }
  }

  /// Consumes the bracket that opens a container at a depth that is still allowed.
  @inline(__always)
  mutating func open(_ source: Source, depth: Int) throws(JSONError) {
    guard depth < Self.depthLimit else {
      throw JSONError(.tooDeep(limit: Self.depthLimit), at: at, in: source)
    }
    at += 1
  }

  mutating func literal(_ source: Source, _ word: StaticString) throws(JSONError) {
    for index in 0..<word.utf8CodeUnitCount {
      guard at < source.count else { throw JSONError(.unexpectedEnd, at: at, in: source) }
      let expected = unsafe word.utf8Start[index]
      guard source[at] == expected else {
        throw JSONError(.unexpectedByte(source[at]), at: at, in: source)
      }
      at += 1
    }
  }

  /// Consumes a number: `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`.
  mutating func number(_ source: Source) throws(JSONError) {
    if source[at] == UInt8(ascii: "-") { at += 1 }
    if at < source.count, source[at] == UInt8(ascii: "0") {
      at += 1
    } else {
      try digits(source)
    }
    if at < source.count, source[at] == UInt8(ascii: ".") {
      at += 1
      try digits(source)
    }
    if at < source.count, source[at] | 0x20 == UInt8(ascii: "e") {
      at += 1
      if at < source.count, source[at] == UInt8(ascii: "+") || source[at] == UInt8(ascii: "-") {
        at += 1
      }
      try digits(source)
    }
    // `01`, `1.2.3` and `1a` would otherwise surface as a confusing complaint about a comma.
    if at < source.count, Self.continuesNumber(source[at]) {
      throw JSONError(.badNumber, at: at, in: source)
    }
  }

  @inline(__always)
  private mutating func digits(_ source: Source) throws(JSONError) {
    let start = at
    while at < source.count, source[at] &- UInt8(ascii: "0") < 10 { at += 1 }
    guard at > start else { throw JSONError(.badNumber, at: at, in: source) }
  }

  private static func continuesNumber(_ byte: UInt8) -> Bool {
    byte &- UInt8(ascii: "0") < 10 || byte == UInt8(ascii: ".") || (byte | 0x20) &- 0x61 < 26
  }
}
