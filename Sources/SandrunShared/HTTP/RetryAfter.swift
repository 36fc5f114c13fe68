import HTTPTypes

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension HTTPErrorAnswer {
  /// How long the server asks to wait before the next try; nil where it names no time that makes sense.
  public var retryAfter: Duration? {
    RetryAfter.wait(head.headerFields[.retryAfter], now: Int(time(nil)))
  }
}

/// The `Retry-After` field of RFC 9110, section 10.2.3.
enum RetryAfter {
  /// How long a server asks to wait: a number of seconds, or a date in the format that senders must use.
  ///
  /// nil where there is no such field or it makes no sense; `now` in seconds since 1970.
  static func wait(_ field: String?, now: Int) -> Duration? {
    guard let field else { return nil }
    if !field.isEmpty, field.utf8.allSatisfy({ $0 &- 0x30 < 10 }) {
      // A number that no Int holds is a very long time too.
      return .seconds(min(Int(field) ?? .max, 1 << 40))
    }
    return date(field).map { .seconds(max(0, $0 - now)) }
  }

  /// `Sun, 06 Nov 1994 08:49:37 GMT`, in seconds since 1970.
  static func date(_ text: String) -> Int? {
    let names = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    let words = text.split(separator: " ", omittingEmptySubsequences: false)
    guard words.count == 6, words[0].hasSuffix(","), words[5] == "GMT",
      let month = names.firstIndex(of: String(words[2])),
      let day = number(words[1], 2), (1...31).contains(day), let year = number(words[3], 4)
    else { return nil }
    let time = words[4].split(separator: ":", omittingEmptySubsequences: false)
    guard time.count == 3, let hour = number(time[0], 2), let minute = number(time[1], 2),
      let second = number(time[2], 2), hour < 24, minute < 60, second <= 60
    else { return nil }
    // Days before March of a year that begins in March: the leap day comes last.
    let shifted = month < 2 ? year - 1 : year
    let fromMarch = (month + 10) % 12
    let leaps = shifted / 4 - shifted / 100 + shifted / 400
    let days = shifted * 365 + leaps + (153 * fromMarch + 2) / 5 + day - 1 - 719_468
    return days * 86_400 + hour * 3600 + minute * 60 + second
  }

  private static func number(_ text: Substring, _ digits: Int) -> Int? {
    guard text.utf8.count == digits, text.utf8.allSatisfy({ $0 &- 0x30 < 10 }) else { return nil }
    return Int(text)
  }
}
