/// A point in time, UTC, to the nanosecond; written and read as RFC 3339.
public struct Timestamp: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Seconds since 1970-01-01T00:00:00Z.
  public var seconds: Int
  /// Nanoseconds into that second, 0 to 999,999,999.
  public var nanoseconds: Int

  /// Makes a time from seconds since 1970 and nanoseconds into that second.
  public init(seconds: Int, nanoseconds: Int = 0) {
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }

  /// Reads `2026-01-31T12:00:00Z`, with up to nine decimals; the offset must be `Z`.
  public init(_ text: String) throws(UnitError) {
    let failure = UnitError(text, expected: "an RFC 3339 time in UTC such as 2026-01-31T12:00:00Z")
    let bytes = Array(text.utf8)
    let pattern = Array("0000-00-00T00:00:00".utf8)
    guard bytes.count > pattern.count, bytes.last == UInt8(ascii: "Z") else { throw failure }
    for (byte, model) in zip(bytes, pattern) {
      guard model == UInt8(ascii: "0") ? byte &- 0x30 < 10 : byte == model else { throw failure }
    }
    func number(_ start: Int, _ count: Int) -> Int {
      bytes[start..<start + count].reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
    let (year, month, day) = (number(0, 4), number(5, 2), number(8, 2))
    let (hour, minute, second) = (number(11, 2), number(14, 2), number(17, 2))
    guard (1...12).contains(month), day >= 1, day <= Self.days(inMonth: month, of: year),
      hour < 24, minute < 60, second < 60
    else { throw failure }
    var nanoseconds = 0
    let fraction = bytes[pattern.count..<bytes.count - 1]
    if let point = fraction.first {
      guard point == UInt8(ascii: "."), (2...10).contains(fraction.count),
        fraction.dropFirst().allSatisfy({ $0 &- 0x30 < 10 })
      else { throw failure }
      for place in 1...9 {
        let index = fraction.startIndex + place
        nanoseconds =
          nanoseconds * 10 + (index < fraction.endIndex ? Int(fraction[index] - 0x30) : 0)
      }
    }
    self.seconds =
      Self.dayNumber(year: year, month: month, day: day) * 86_400 + hour * 3600 + minute * 60
      + second
    self.nanoseconds = nanoseconds
  }

  /// RFC 3339 in UTC, with three decimals where the time is no whole second (nine where it is finer).
  public var description: String {
    let day = Self.floorDivide(seconds, 86_400)
    let rest = seconds - day * 86_400
    let (year, month, monthDay) = Self.date(dayNumber: day)
    var text = "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(monthDay, 2))T"
    text +=
      "\(Self.padded(rest / 3600, 2)):\(Self.padded(rest / 60 % 60, 2)):\(Self.padded(rest % 60, 2))"
    if nanoseconds % 1_000_000 != 0 {
      text += ".\(Self.padded(nanoseconds, 9))"
    } else if nanoseconds != 0 {
      text += ".\(Self.padded(nanoseconds / 1_000_000, 3))"
    }
    return text + "Z"
  }

  /// Earlier before later.
  public static func < (left: Self, right: Self) -> Bool {
    (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
  }

  // MARK: The proleptic Gregorian calendar

  private static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    default: 31
    }
  }

  /// Days since 1970-01-01, counted in years that begin in March so that the leap day comes last.
  private static func dayNumber(year: Int, month: Int, day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let monthFromMarch = (month + 9) % 12
    let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
    let leaps = floorDivide(shifted, 4) - floorDivide(shifted, 100) + floorDivide(shifted, 400)
    return shifted * 365 + leaps + dayOfYear - 719_468
  }

  private static func date(dayNumber: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = dayNumber + 719_468
    let era = floorDivide(shifted, 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
  }

  private static func floorDivide(_ value: Int, _ divisor: Int) -> Int {
    value >= 0 ? value / divisor : -((divisor - 1 - value) / divisor)
  }

  private static func padded(_ value: Int, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
