/// Sizes in bytes: plain numbers out, `2GB`, `512MiB`, `1.5kB` or plain numbers in.
public enum ByteSize {
  private static let units: [(name: String, factor: Int)] = [
    ("", 1), ("B", 1), ("KB", 1000), ("kB", 1000), ("MB", 1_000_000), ("GB", 1_000_000_000),
    ("TB", 1_000_000_000_000), ("PB", 1_000_000_000_000_000), ("KiB", 1 << 10), ("MiB", 1 << 20),
    ("GiB", 1 << 30), ("TiB", 1 << 40), ("PiB", 1 << 50),
  ]

  /// Reads a size; throws for a negative, fractional or unknown one, or one beyond 2^63-1.
  public static func parse(_ text: String) throws(UnitError) -> Int {
    let failure = UnitError(text, expected: "a size such as 512MiB, 2GB or 1048576")
    guard let decimal = DecimalText(text), let digits = Int(decimal.digits),
      let unit = units.first(where: { $0.name == decimal.unit })
    else { throw failure }
    let (product, overflow) = digits.multipliedReportingOverflow(by: unit.factor)
    guard !overflow else { throw failure }
    var divisor = 1
    for _ in 0..<decimal.decimals {
      let (next, overflow) = divisor.multipliedReportingOverflow(by: 10)
      guard !overflow else { throw failure }
      divisor = next
    }
    guard product % divisor == 0 else { throw failure }
    return product / divisor
  }

  /// A size for people: `1.5 MiB`, `17 B`.
  public static func shown(_ bytes: Int) -> String {
    guard
      let unit = units.last(where: { $0.name.hasSuffix("iB") && bytes >= $0.factor })
    else { return "\(bytes) B" }
    let tenths = bytes / (unit.factor / 10)
    return "\(tenths / 10).\(tenths % 10) \(unit.name)"
  }
}
