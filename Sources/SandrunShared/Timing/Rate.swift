/// How often something may be done: so many times a second, and how many at once after a rest.
public struct Rate: Hashable, Sendable, CustomStringConvertible {
  /// Times a second, above zero.
  public let perSecond: Double
  /// How many at once after a rest, at least 1.
  public let burst: Int

  /// Makes a rate; the burst is by default what a second allows, at least 1.
  ///
  /// Throws for a rate that is not above zero and finite, or a burst below 1.
  public init(perSecond: Double, burst: Int? = nil) throws(RateError) {
    guard perSecond >= 1e-6, perSecond <= 1e6, (1...1_000_000).contains(burst ?? 1) else {
      throw RateError(text: "\(perSecond)/s" + (burst.map { ":\($0)" } ?? ""))
    }
    self.perSecond = perSecond
    self.burst = burst ?? max(1, Int(perSecond))
  }

  /// Reads `N/s` or `N/s:BURST`: `5/s`, `0.5/s`, `10/s:50`.
  public init(_ text: String) throws(RateError) {
    let failure = RateError(text: text)
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count <= 2, parts[0].hasSuffix("/s") else { throw failure }
    let number = parts[0].dropLast(2)
    // `Double` alone would take `inf`, `0x1p3` and `1e3`.
    guard number.utf8.count <= 15, !number.isEmpty,
      number.utf8.allSatisfy({ $0 &- 0x30 < 10 || $0 == UInt8(ascii: ".") }),
      let perSecond = Double(number)
    else { throw failure }
    var burst: Int?
    if parts.count == 2 {
      guard parts[1].utf8.allSatisfy({ $0 &- 0x30 < 10 }), let number = Int(parts[1]) else {
        throw failure
      }
      burst = number
    }
    do {
      try self.init(perSecond: perSecond, burst: burst)
    } catch {
      throw failure
    }
  }

  /// `5.0/s:10`.
  public var description: String { "\(perSecond)/s:\(burst)" }
}

/// A text that is no rate.
public struct RateError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The text.
  public var text: String

  /// `not a rate such as 5/s or 10/s:50: 'x'`.
  public var description: String { "not a rate such as 5/s or 10/s:50: '\(text)'" }
}
