/// A JSON array cut into the texts of its elements, so that one can be edited and the others leave as they came.
public struct ArrayText: Sendable {
  /// The elements' own bytes, without the white space around them.
  public var elements: [[UInt8]]

  /// Checks a text and cuts it.
  public init(parsing bytes: [UInt8]) throws(JSONError) {
    let source = bytes.span
    var scanner = JSONScanner()
    let first = try scanner.next(source)
    guard first == UInt8(ascii: "[") else {
      throw JSONError(.unexpectedByte(first), at: scanner.at, in: source)
    }
    scanner.at += 1
    var ranges: [Range<Int>] = []
    if try scanner.next(source) == UInt8(ascii: "]") {
      scanner.at += 1
    } else {
      repeat {
        _ = try scanner.next(source)
        let start = scanner.at
        try scanner.skipValue(source, depth: 1)
        ranges.append(start..<scanner.at)
      } while try scanner.another(source, before: UInt8(ascii: "]"))
    }
    try scanner.finish(source)
    self.elements = ranges.map { Array(bytes[$0]) }
  }

  /// The array's text with one comma between elements.
  public var bytes: [UInt8] {
    [UInt8(ascii: "[")] + elements.joined(separator: [UInt8(ascii: ",")]) + [UInt8(ascii: "]")]
  }
}
