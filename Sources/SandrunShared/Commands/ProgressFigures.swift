/// What work has come to at one moment, and how people are told.
struct ProgressFigures: Equatable {
  var bytes = 0
  /// Files, blocks or pins.
  var items = 0
  /// Bytes in all; nil where nobody knows.
  var total: Int? = 0
  /// Records that are done.
  var records = 0

  /// Adds what another record has come to; one of unknown length makes the whole unknown.
  mutating func add(_ other: ProgressFigures, total other2: Int?) {
    bytes += other.bytes
    items += other.items
    if let sum = total, let more = other2 { total = sum + more } else { total = nil }
  }

  /// The seconds that are left at this rate; nil where that cannot be told.
  func secondsLeft(at rate: Int?) -> Int? {
    guard let total, let rate, rate > 0, total >= bytes else { return nil }
    return (total - bytes + rate - 1) / rate
  }

  /// A line for a terminal: the verb, bytes, total, bar, rate, seconds left.
  func line(_ verb: String, rate: Int?) -> ProgressText {
    var parts: [String] = []
    // Without a record in hand, the total is only what has been done.
    let known = total.flatMap { $0 > bytes ? $0 : nil }
    // Some work is no work on bytes.
    if bytes == 0, items > 0 {
      parts.append("\(verb): \(items) items")
    } else {
      parts.append(
        known.map { "\(verb): \(Self.size(bytes)) of \(Self.size($0))" }
          ?? "\(verb): \(Self.size(bytes))")
      if items > 1 { parts.append("\(items) items") }
    }
    if records > 1 { parts.append("\(records) done") }
    if bytes > 0 || items == 0, let rate { parts.append("\(Self.size(rate))/s") }
    if known != nil, let left = secondsLeft(at: rate) { parts.append("\(Self.time(left)) left") }
    return ProgressText(
      parts: parts, fraction: known.map { Double(bytes) / Double($0) })
  }

  /// A size for people: three digits and a unit.
  static func size(_ bytes: Int) -> String {
    var value = Double(bytes)
    var units = ["KiB", "MiB", "GiB", "TiB", "PiB"][...]
    guard bytes >= 1000 else { return "\(bytes) B" }
    value /= 1024
    // 999.5 would be written with four digits.
    while value >= 999.5, units.count > 1 {
      value /= 1024
      units = units.dropFirst()
    }
    let unit = units.first ?? "PiB"
    let tenths = Int((value * 10).rounded())
    return tenths < 1000
      ? "\(tenths / 10).\(tenths % 10) \(unit)" : "\(Int(value.rounded())) \(unit)"
  }

  /// A span of time for people: `5 s`, `2:05`, `1:02:05`.
  static func time(_ seconds: Int) -> String {
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    if seconds < 60 { return "\(seconds) s" }
    if seconds < 3600 { return "\(seconds / 60):\(two(seconds % 60))" }
    return "\(seconds / 3600):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
  }
}

/// A line that fits a terminal of any width.
struct ProgressText: Equatable {
  var parts: [String]
  /// How much is done, 0 to 1; nil where nobody knows.
  var fraction: Double?

  /// The line in at most so many columns: what comes first is what is kept.
  func fitting(_ columns: Int) -> String {
    var line = ""
    for part in parts {
      let longer = line.isEmpty ? part : line + "  " + part
      guard longer.utf8.count <= columns else { break }
      line = longer
    }
    guard let fraction else { return line }
    let percent = "\(Int(fraction * 100))%"
    let room = min(40, columns - line.utf8.count - percent.utf8.count - 5)
    guard room >= 8 else { return line }
    let filled = min(room, Int(fraction * Double(room)))
    let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: room - filled)
    return "\(line)  [\(bar)] \(percent)"
  }
}

/// Bytes a second over the last few seconds.
struct RateWindow {
  private static let length: UInt64 = 5_000_000_000

  private var samples: [(time: UInt64, bytes: Int)] = []
  private var last: (time: UInt64, bytes: Int)?
  private var first: (time: UInt64, bytes: Int)?

  /// Takes note of how many bytes there were at a time, in nanoseconds.
  mutating func note(_ bytes: Int, at time: UInt64) {
    if first == nil { first = (time, bytes) }
    last = (time, bytes)
    samples.append((time, bytes))
    while samples.count > 2, time - samples[1].time >= Self.length { samples.removeFirst() }
  }

  /// The same at the end: the rate is that of the whole from here on.
  mutating func close(_ bytes: Int, at time: UInt64) {
    last = (time, bytes)
    if let first { samples = [first] }
  }

  /// Nil before anything can be told.
  var bytesPerSecond: Int? {
    guard let from = samples.first, let last, last.time > from.time else { return nil }
    return Int(Double(max(0, last.bytes - from.bytes)) / (Double(last.time - from.time) / 1e9))
  }

  /// The whole time so far, in milliseconds.
  var milliseconds: Int {
    guard let first, let last else { return 0 }
    return Int((last.time - first.time) / 1_000_000)
  }
}
