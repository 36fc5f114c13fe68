/// A job's name on its node: 128 random bits, 32 hex digits in lower case.
public struct JobID: Hashable, Sendable, CustomStringConvertible {
  /// The digits.
  public let description: String

  /// A name that may have come from anywhere; nil for anything but 32 lower-case hex digits.
  public init?(_ text: some StringProtocol) {
    guard text.utf8.count == 32, text.utf8.allSatisfy({ $0 &- 0x30 < 10 || $0 &- 0x61 < 6 }) else {
      return nil
    }
    description = String(text)
  }

  /// A new name, from the system's generator.
  public static func mint() -> JobID {
    let digits = String(UInt128.random(in: .min ... .max), radix: 16)
    return JobID(unchecked: String(repeating: "0", count: 32 - digits.count) + digits)
  }

  private init(unchecked text: String) { description = text }
}
