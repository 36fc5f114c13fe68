internal import GPUs

/// What was measured as a picture: a bar a test, as long as its fraction of the peak; of tests without a peak, the number.
public struct BenchPlot {
  /// The whole SVG.
  public let text: String

  private static let (left, barWidth, right, row, top) = (170, 420, 200, 24, 34)

  /// Draws reports, those of one GPU under its name.
  public init(_ reports: [BenchReport]) {
    var groups: [[BenchReport]] = []
    for report in reports {
      if let last = groups.last?.last, last.gpu.index == report.gpu.index {
        groups[groups.count - 1].append(report)
      } else {
        groups.append([report])
      }
    }
    let width = Self.left + Self.barWidth + Self.right
    var body: [String] = []
    var y = 0
    for group in groups {
      body += Self.panel(group, at: y)
      y += Self.top + Self.row * group.count + 16
    }
    text = """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(max(y, 1))" \
      viewBox="0 0 \(width) \(max(y, 1))" font-family="sans-serif" font-size="12">
      <rect width="100%" height="100%" fill="white"/>
      \(body.joined(separator: "\n"))
      </svg>

      """
  }

  private static func panel(_ group: [BenchReport], at y: Int) -> [String] {
    guard let gpu = group.first?.gpu else { return [] }
    let (from, to) = (y + top, y + top + row * group.count)
    var lines = [
      "<text x=\"8\" y=\"\(y + 20)\" font-size=\"14\" font-weight=\"bold\">"
        + "\(escaped("GPU \(gpu.index): \(gpu.name ?? "without a name")"))</text>"
    ]
    if group.contains(where: { $0.fraction != nil }) {
      for percent in stride(from: 0, through: 100, by: 25) {
        let x = left + barWidth * percent / 100
        lines.append(
          "<line x1=\"\(x)\" y1=\"\(from)\" x2=\"\(x)\" y2=\"\(to)\" stroke=\"#cccccc\"/>")
        lines.append(
          "<text x=\"\(x)\" y=\"\(from - 3)\" font-size=\"9\" fill=\"#666666\" "
            + "text-anchor=\"middle\">\(percent) %</text>")
      }
    }
    let longest = lengths(group)
    for (index, report) in group.enumerated() {
      let place = from + row * index
      lines.append(
        "<text x=\"\(left - 8)\" y=\"\(place + 16)\" text-anchor=\"end\">"
          + "\(escaped(report.test.rawValue + (report.peer.map { ", to \($0.index)" } ?? "")))</text>"
      )
      let part = report.fraction ?? report.median.map { $0 / (longest[report.test.unit] ?? $0) }
      let length = Int((Double(barWidth) * min(max(part ?? 0, 0), 1)).rounded())
      // Grey is no fraction of anything, only longer or shorter than others of its unit.
      let colour = report.fraction == nil ? "#b8b8b8" : "#2f6fb0"
      lines.append(
        "<rect x=\"\(left)\" y=\"\(place + 4)\" width=\"\(length)\" height=\"\(row - 8)\" "
          + "fill=\"\(colour)\"/>")
      lines.append(
        "<text x=\"\(left + barWidth + 8)\" y=\"\(place + 16)\">\(escaped(label(report)))</text>")
    }
    return lines
  }

  /// The greatest number of each unit among those without a peak.
  private static func lengths(_ group: [BenchReport]) -> [String: Double] {
    group.reduce(into: [:]) { lengths, report in
      guard report.fraction == nil, let median = report.median else { return }
      lengths[report.test.unit] = max(lengths[report.test.unit] ?? 0, median)
    }
  }

  private static func label(_ report: BenchReport) -> String {
    guard let median = report.median else { return "no number" }
    let text = shown(median, report.test.unit)
    return report.fraction.map { "\(text), \(Int((min($0, 1e6) * 100).rounded())) %" } ?? text
  }

  /// A number for people: three digits, a prefix, the unit.
  static func shown(_ value: Double, _ unit: String) -> String {
    let prefixes = ["n", "µ", "m", "", "k", "M", "G", "T", "P"]
    var (scaled, place) = (value, 3)
    while scaled >= 999.5, place < prefixes.count - 1 {
      (scaled, place) = (scaled / 1000, place + 1)
    }
    while scaled < 0.9995, scaled > 0, place > 0 { (scaled, place) = (scaled * 1000, place - 1) }
    // What a driver says that tells nonsense.
    guard scaled < 1e15 else { return "\(value) \(unit)" }
    let decimals = scaled < 9.995 ? 2 : scaled < 99.95 ? 1 : 0
    let factor = [1, 10, 100][decimals]
    let whole = Int((scaled * Double(factor)).rounded())
    let rest = String(whole % factor + factor).dropFirst()
    let digits = decimals == 0 ? "\(whole)" : "\(whole / factor).\(rest)"
    return "\(digits) \(prefixes[place])\(unit)"
  }

  /// A device's name may hold anything; what XML has no place for is left out.
  private static func escaped(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { escaped, scalar in
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\u{20}"..."\u{D7FF}", "\u{E000}"..."\u{FFFD}", "\u{10000}"..."\u{10FFFF}":
        escaped.unicodeScalars.append(scalar)
      default: break
      }
    }
  }
}
