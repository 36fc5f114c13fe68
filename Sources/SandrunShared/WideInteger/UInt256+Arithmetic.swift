extension UInt256: Numeric {
  /// The value itself.
  public var magnitude: UInt256 { self }

  /// The sum modulo 2²⁵⁶, and whether that lost a carry.
  public func addingReportingOverflow(
    _ other: UInt256
  ) -> (partialValue: UInt256, overflow: Bool) {
    let (low, carry) = self.low.addingReportingOverflow(other.low)
    let (sum, overflow) = self.high.addingReportingOverflow(other.high)
    let (high, carried) = sum.addingReportingOverflow(carry ? 1 : 0)
    return (UInt256(high: high, low: low), overflow || carried)
  }

  /// The difference modulo 2²⁵⁶, and whether that lost a borrow.
  public func subtractingReportingOverflow(
    _ other: UInt256
  ) -> (partialValue: UInt256, overflow: Bool) {
    let (low, borrow) = self.low.subtractingReportingOverflow(other.low)
    let (difference, overflow) = self.high.subtractingReportingOverflow(other.high)
    let (high, borrowed) = difference.subtractingReportingOverflow(borrow ? 1 : 0)
    return (UInt256(high: high, low: low), overflow || borrowed)
  }

  /// All 512 bits of the product.
  public func multipliedFullWidth(by other: UInt256) -> (high: UInt256, low: UInt256) {
    let bottom = low.multipliedFullWidth(by: other.low)
    let left = high.multipliedFullWidth(by: other.low)
    let right = low.multipliedFullWidth(by: other.high)
    let top = high.multipliedFullWidth(by: other.high)
    // Columns of 128 bits, the carries of each into the next.
    let (first, carryFirst) = bottom.high.addingReportingOverflow(left.low)
    let (second, carrySecond) = first.addingReportingOverflow(right.low)
    let carries = UInt256(low: (carryFirst ? 1 : 0) + (carrySecond ? 1 : 0))
    let upper =
      UInt256(high: top.high, low: top.low)
      &+ UInt256(low: left.high) &+ UInt256(low: right.high) &+ carries
    return (upper, UInt256(high: second, low: bottom.low))
  }

  /// The product modulo 2²⁵⁶, and whether that lost bits.
  public func multipliedReportingOverflow(
    by other: UInt256
  ) -> (partialValue: UInt256, overflow: Bool) {
    let product = multipliedFullWidth(by: other)
    return (product.low, product.high != .min)
  }

  /// The sum; traps on overflow.
  public static func + (left: UInt256, right: UInt256) -> UInt256 {
    let (sum, overflow) = left.addingReportingOverflow(right)
    precondition(!overflow, "overflow in UInt256 addition")
    return sum
  }

  /// The difference; traps below zero.
  public static func - (left: UInt256, right: UInt256) -> UInt256 {
    let (difference, overflow) = left.subtractingReportingOverflow(right)
    precondition(!overflow, "overflow in UInt256 subtraction")
    return difference
  }

  /// The product; traps on overflow.
  public static func * (left: UInt256, right: UInt256) -> UInt256 {
    let (product, overflow) = left.multipliedReportingOverflow(by: right)
    precondition(!overflow, "overflow in UInt256 multiplication")
    return product
  }

  /// Multiplies in place; traps on overflow.
  public static func *= (left: inout UInt256, right: UInt256) { left = left * right }

  /// The sum modulo 2²⁵⁶.
  public static func &+ (left: UInt256, right: UInt256) -> UInt256 {
    left.addingReportingOverflow(right).partialValue
  }

  /// The difference modulo 2²⁵⁶.
  public static func &- (left: UInt256, right: UInt256) -> UInt256 {
    left.subtractingReportingOverflow(right).partialValue
  }

  /// The product modulo 2²⁵⁶.
  public static func &* (left: UInt256, right: UInt256) -> UInt256 {
    left.multipliedReportingOverflow(by: right).partialValue
  }
}
