/// A request's target, taken apart: names between slashes, and the query, percent-encoding resolved.
struct RequestTarget: Equatable, Sendable {
  /// The names, without the slashes.
  var segments: [String]
  /// The query's fields; of one that comes twice the first.
  var query: [String: String]

  /// Reads a target; nil where a part is malformed, or is `.` or `..`, or holds a slash or a NUL once it is decoded.
  init?(_ text: String) {
    var rest = text[...]
    if !rest.hasPrefix("/") {
      // The absolute form, as proxies send it.
      guard rest.hasPrefix("http://") || rest.hasPrefix("https://"),
        let start = rest.firstRange(of: "://")?.upperBound
      else { return nil }
      rest = rest[start...]
      rest = rest.firstIndex { "/?".contains($0) }.map { rest[$0...] } ?? "/"
    }
    let mark = rest.utf8.firstIndex(of: UInt8(ascii: "?"))
    let path = mark.map { rest[..<$0] } ?? rest
    segments = []
    for part in path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      .dropFirst()
    {
      guard let name = Self.decoded(part, plusIsSpace: false), name != ".", name != "..",
        !name.utf8.contains(UInt8(ascii: "/")), !name.utf8.contains(0)
      else { return nil }
      segments.append(name)
    }
    // A slash at the end means the same.
    if segments.last == "" { segments.removeLast() }
    guard !segments.contains("") else { return nil }
    query = [:]
    guard let mark else { return }
    for field in rest[rest.utf8.index(after: mark)...].utf8.split(separator: UInt8(ascii: "&")) {
      let parts = field.split(
        separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = parts.first.flatMap({ Self.decoded($0, plusIsSpace: true) }),
        let value = Self.decoded(parts.count > 1 ? parts[1] : "".utf8[...], plusIsSpace: true)
      else { return nil }
      if query[name] == nil { query[name] = value }
    }
  }

  /// The text with `%XX` resolved; nil where that is malformed or no UTF-8.
  private static func decoded(_ text: Substring.UTF8View, plusIsSpace: Bool) -> String? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    var rest = text.makeIterator()
    while let byte = rest.next() {
      switch byte {
      case UInt8(ascii: "%"):
        guard let high = rest.next().flatMap(digit), let low = rest.next().flatMap(digit) else {
          return nil
        }
        bytes.append(high << 4 | low)
      case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
      default: bytes.append(byte)
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
