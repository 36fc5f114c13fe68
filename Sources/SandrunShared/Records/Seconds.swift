/// Durations: seconds out, `90`, `1.5s`, `500ms`, `10m`, `1h30m` or `2d` in.
public enum Seconds {
  private static let units: [(name: String, milliseconds: Int)] = [
    ("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000),
  ]

  /// Reads a duration, exact to the millisecond; throws for a negative, finer or unknown one.
  public static func parse(_ text: String) throws(UnitError) -> Duration {
    let failure = UnitError(text, expected: "a duration such as 90, 10m or 1h30m")
    var rest = text
    var total = 0
    var last = Int.max
    if let bare = DecimalText(text), bare.unit.isEmpty { rest += "s" }
    repeat {
      guard let decimal = DecimalText(rest) else { throw failure }
      let name = decimal.unit.prefix { $0.isLetter }
      guard let unit = units.first(where: { $0.name == name }), unit.milliseconds < last,
        let digits = Int(decimal.digits), decimal.decimals <= 9
      else { throw failure }
      last = unit.milliseconds
      let (product, overflow) = digits.multipliedReportingOverflow(by: unit.milliseconds)
      var divisor = 1
      for _ in 0..<decimal.decimals { divisor *= 10 }
      guard !overflow, product % divisor == 0 else { throw failure }
      let (sum, carried) = total.addingReportingOverflow(product / divisor)
      guard !carried else { throw failure }
      total = sum
      rest = String(decimal.unit.dropFirst(name.count))
    } while !rest.isEmpty
    return .milliseconds(total)
  }
}
