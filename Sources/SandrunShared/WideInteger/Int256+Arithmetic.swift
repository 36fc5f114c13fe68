extension Int256: SignedNumeric {
  /// The sum modulo 2²⁵⁶, and whether that changed the value.
  public func addingReportingOverflow(_ other: Int256) -> (partialValue: Int256, overflow: Bool) {
    let sum = Int256(bitPattern: bits &+ other.bits)
    let overflow = isNegative == other.isNegative && sum.isNegative != isNegative
    return (sum, overflow)
  }

  /// The difference modulo 2²⁵⁶, and whether that changed the value.
  public func subtractingReportingOverflow(
    _ other: Int256
  ) -> (partialValue: Int256, overflow: Bool) {
    let difference = Int256(bitPattern: bits &- other.bits)
    let overflow = isNegative != other.isNegative && difference.isNegative != isNegative
    return (difference, overflow)
  }

  /// The product modulo 2²⁵⁶, and whether that changed the value.
  public func multipliedReportingOverflow(
    by other: Int256
  ) -> (partialValue: Int256, overflow: Bool) {
    let partial = Int256(bitPattern: bits &* other.bits)
    let (magnitude, lost) = self.magnitude.multipliedReportingOverflow(by: other.magnitude)
    let exact = Int256(magnitude: magnitude, isNegative: isNegative != other.isNegative)
    return (partial, lost || exact == nil)
  }

  /// The quotient rounded towards zero and a remainder with the dividend's sign; traps on zero and on `min / -1`.
  public func quotientAndRemainder(
    dividingBy divisor: Int256
  ) -> (quotient: Int256, remainder: Int256) {
    let (quotient, remainder) = magnitude.quotientAndRemainder(dividingBy: divisor.magnitude)
    guard
      let signed = Int256(magnitude: quotient, isNegative: isNegative != divisor.isNegative),
      let rest = Int256(magnitude: remainder, isNegative: isNegative)
    else { preconditionFailure("overflow in Int256 division") }
    return (signed, rest)
  }

  /// The sum; traps on overflow.
  public static func + (left: Int256, right: Int256) -> Int256 {
    let (sum, overflow) = left.addingReportingOverflow(right)
    precondition(!overflow, "overflow in Int256 addition")
    return sum
  }

  /// The difference; traps on overflow.
  public static func - (left: Int256, right: Int256) -> Int256 {
    let (difference, overflow) = left.subtractingReportingOverflow(right)
    precondition(!overflow, "overflow in Int256 subtraction")
    return difference
  }

  /// The product; traps on overflow.
  public static func * (left: Int256, right: Int256) -> Int256 {
    let (product, overflow) = left.multipliedReportingOverflow(by: right)
    precondition(!overflow, "overflow in Int256 multiplication")
    return product
  }

  /// Multiplies in place; traps on overflow.
  public static func *= (left: inout Int256, right: Int256) { left = left * right }

  /// The quotient, rounded towards zero.
  public static func / (left: Int256, right: Int256) -> Int256 {
    left.quotientAndRemainder(dividingBy: right).quotient
  }

  /// The remainder, with the dividend's sign.
  public static func % (left: Int256, right: Int256) -> Int256 {
    left.quotientAndRemainder(dividingBy: right).remainder
  }
}

extension Int256 {
  /// The sum modulo 2²⁵⁶.
  public static func &+ (left: Int256, right: Int256) -> Int256 {
    Int256(bitPattern: left.bits &+ right.bits)
  }

  /// The difference modulo 2²⁵⁶.
  public static func &- (left: Int256, right: Int256) -> Int256 {
    Int256(bitPattern: left.bits &- right.bits)
  }

  /// The product modulo 2²⁵⁶.
  public static func &* (left: Int256, right: Int256) -> Int256 {
    Int256(bitPattern: left.bits &* right.bits)
  }

  /// The bits moved up, zeros from below; a negative count moves down.
  public static func << (value: Int256, count: Int) -> Int256 {
    count < 0 ? value >> (count == .min ? .max : -count) : Int256(bitPattern: value.bits << count)
  }

  /// The bits moved down, the sign from above; a negative count moves up.
  public static func >> (value: Int256, count: Int) -> Int256 {
    guard count >= 0 else { return value << (count == .min ? .max : -count) }
    guard value.isNegative else { return Int256(bitPattern: value.bits >> count) }
    return Int256(bitPattern: ~(~value.bits >> count))
  }
}
