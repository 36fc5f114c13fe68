internal import NIOHTTP1

/// Status line and headers of an HTTP/1.1 answer, read strictly.
struct AnswerHead {
  /// What a head may be long.
  static let limit = 16 << 10

  var status = 0
  var headers = HTTPHeaders()

  /// Looks for the empty line in what has come so far; nil where it is not yet there.
  ///
  /// The head's length includes the empty line.
  static func length(in bytes: some Collection<UInt8>) -> Int? {
    var line = 0
    var count = 0
    for byte in bytes {
      count += 1
      if byte == 0x0A {
        if line == 0 { return count }
        line = 0
      } else if byte != 0x0D {
        line += 1
      }
    }
    return nil
  }

  /// Reads a whole head; nil for anything but HTTP/1.0 or 1.1 as RFC 9112 has it.
  init?(_ bytes: [UInt8]) {
    var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
      .map { $0.last == 0x0D ? $0.dropLast() : $0 }
    while lines.last?.isEmpty == true { lines.removeLast() }
    guard let first = lines.first, let status = Self.status(first) else { return nil }
    self.status = status
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: 0x3A),
        let name = String(validating: line[..<colon], as: UTF8.self),
        HandshakeRequest.isToken(name)
      else { return nil }
      let value = line[(colon + 1)...]
      guard value.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else { return nil }
      headers.add(name: name, value: Self.trimmed(String(decoding: value, as: UTF8.self)))
    }
  }

  /// `HTTP/1.1 101 Switching Protocols`, with or without the words.
  private static func status(_ line: some Collection<UInt8>) -> Int? {
    let text = String(decoding: line, as: UTF8.self)
    guard text.hasPrefix("HTTP/1.1 ") || text.hasPrefix("HTTP/1.0 ") else { return nil }
    let rest = text.dropFirst(9)
    let digits = rest.prefix(3)
    guard digits.utf8.count == 3, digits.utf8.allSatisfy({ $0 &- 0x30 < 10 }),
      rest.count == 3 || rest.dropFirst(3).first == " ", let status = Int(digits), status >= 100
    else { return nil }
    return text.hasPrefix("HTTP/1.0 ") && status == 101 ? nil : status
  }

  /// The elements of a list header, over all lines that it stands on.
  func elements(_ name: String) -> [String] {
    headers[name].flatMap { $0.split(separator: ",").map { Self.trimmed(String($0)) } }
      .filter { !$0.isEmpty }
  }

  private static func trimmed(_ text: String) -> String {
    var text = text[...]
    while let last = text.last, last == " " || last == "\t" { text.removeLast() }
    return String(text.drop { $0 == " " || $0 == "\t" })
  }
}
