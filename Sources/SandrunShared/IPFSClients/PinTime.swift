internal import Records

/// When a service took a request, as the service wrote it, to whatever fraction of a second.
///
/// Compared by the moment that is meant; handed back to the service by its own text.
public struct PinTime: Sendable, Comparable, CustomStringConvertible {
  /// RFC 3339, as it came.
  public let description: String
  private let seconds: Int
  /// The decimals of the second, without zeros at the end.
  private let fraction: [UInt8]

  /// Reads `2026-01-31T12:00:00.123456789012Z`, or the same with an offset from UTC; nil for anything else.
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard (20...80).contains(bytes.count),
      bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: "t")
        || bytes[10] == UInt8(ascii: " ")
    else { return nil }
    var rest = bytes[19...]
    var digits: [UInt8] = []
    if rest.first == UInt8(ascii: ".") {
      digits = Array(rest.dropFirst().prefix { $0 &- 0x30 < 10 })
      guard !digits.isEmpty else { return nil }
      rest = rest.dropFirst(1 + digits.count)
    }
    guard let offset = Self.offset(Array(rest)) else { return nil }
    // A leap second is the one after the 59th.
    let isLeap = bytes[17...18].elementsEqual("60".utf8)
    let second = isLeap ? Array("59".utf8) : Array(bytes[17...18])
    let date = String(decoding: bytes[..<10], as: UTF8.self)
    let time = String(decoding: bytes[11..<17] + second, as: UTF8.self)
    guard let whole = try? Timestamp("\(date)T\(time)Z") else { return nil }
    while digits.last == UInt8(ascii: "0") { digits.removeLast() }
    description = text
    seconds = whole.seconds + (isLeap ? 1 : 0) - offset
    fraction = digits
  }

  /// The seconds that a place is ahead of UTC: of `Z`, `+05:30`, `-00:00`.
  private static func offset(_ text: [UInt8]) -> Int? {
    if text == [UInt8(ascii: "Z")] || text == [UInt8(ascii: "z")] { return 0 }
    guard text.count == 6, text[3] == UInt8(ascii: ":"),
      text[0] == UInt8(ascii: "+") || text[0] == UInt8(ascii: "-")
    else { return nil }
    let digits = [text[1], text[2], text[4], text[5]].map { Int($0) - 0x30 }
    guard digits.allSatisfy({ (0...9).contains($0) }) else { return nil }
    let (hours, minutes) = (digits[0] * 10 + digits[1], digits[2] * 10 + digits[3])
    guard hours < 24, minutes < 60 else { return nil }
    return (hours * 3600 + minutes * 60) * (text[0] == UInt8(ascii: "-") ? -1 : 1)
  }

  /// Whether the same moment is meant.
  public static func == (left: Self, right: Self) -> Bool {
    left.seconds == right.seconds && left.fraction == right.fraction
  }

  /// Earlier before later.
  public static func < (left: Self, right: Self) -> Bool {
    left.seconds != right.seconds
      ? left.seconds < right.seconds : left.fraction.lexicographicallyPrecedes(right.fraction)
  }
}
