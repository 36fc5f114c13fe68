extension UInt256 {
  /// The quotient and the remainder; traps where the divisor is zero.
  public func quotientAndRemainder(
    dividingBy divisor: UInt256
  ) -> (quotient: UInt256, remainder: UInt256) {
    precondition(divisor != .min, "division of UInt256 by zero")
    guard divisor <= self else { return (.min, self) }
    if divisor.high == 0 {
      let (upper, rest) = high.quotientAndRemainder(dividingBy: divisor.low)
      let (lower, remainder) = divisor.low.dividingFullWidth((rest, low))
      return (UInt256(high: upper, low: lower), UInt256(low: remainder))
    }
    let quotient = UInt256(low: digit(dividingBy: divisor))
    return (quotient, self &- quotient &* divisor)
  }

  /// The quotient by a divisor over 2¹²⁸: one digit of 128 bits (Knuth, volume 2, algorithm 4.3.1 D).
  private func digit(dividingBy divisor: UInt256) -> UInt128 {
    let shift = divisor.high.leadingZeroBitCount
    let normal = divisor << shift
    let shifted = self << shift
    let top = shift == 0 ? 0 : high >> UInt128(128 - shift)
    // The top bit of the divisor is set and `top` is below it: the digit fits, and is at most 2 too high.
    var (digit, rest) = normal.high.dividingFullWidth((top, shifted.high))
    while true {
      let product = digit.multipliedFullWidth(by: normal.low)
      guard (product.high, product.low) > (rest, shifted.low) else { return digit }
      digit -= 1
      let (sum, overflow) = rest.addingReportingOverflow(normal.high)
      if overflow { return digit }
      rest = sum
    }
  }

  /// The quotient, rounded down; traps where the divisor is zero.
  public static func / (left: UInt256, right: UInt256) -> UInt256 {
    left.quotientAndRemainder(dividingBy: right).quotient
  }

  /// The remainder; traps where the divisor is zero.
  public static func % (left: UInt256, right: UInt256) -> UInt256 {
    left.quotientAndRemainder(dividingBy: right).remainder
  }

  /// Divides in place.
  public static func /= (left: inout UInt256, right: UInt256) { left = left / right }

  /// Leaves the remainder.
  public static func %= (left: inout UInt256, right: UInt256) { left = left % right }
}
