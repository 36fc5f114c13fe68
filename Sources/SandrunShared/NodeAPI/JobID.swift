/// A job's name on its node: ours are 128 random bits, 32 hex digits in lower case.
public struct JobID: Hashable, Sendable, CustomStringConvertible {
  /// The name itself.
  public let description: String

  /// A name that may have come from anywhere, other kinds of node included: 1 to 64 letters, digits, `-` and `_`.
  ///
  /// Nil for anything else, and for one that begins with `-`: it may be a file's name or an argument.
  public init?(_ text: some StringProtocol) {
    let isSafe = text.utf8.allSatisfy {
      $0 &- 0x30 < 10 || ($0 | 0x20) &- 0x61 < 26 || $0 == 0x2D || $0 == 0x5F
    }
    guard isSafe, (1...64).contains(text.utf8.count), text.utf8.first != 0x2D else { return nil }
    description = String(text)
  }

  /// A new name, from the system's generator.
  public static func mint() -> JobID {
    let digits = String(UInt128.random(in: .min ... .max), radix: 16)
    return JobID(unchecked: String(repeating: "0", count: 32 - digits.count) + digits)
  }

  private init(unchecked text: String) { description = text }
}
