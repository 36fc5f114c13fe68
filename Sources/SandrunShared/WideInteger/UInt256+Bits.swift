extension UInt256 {
  /// The bits inverted.
  public static prefix func ~ (value: UInt256) -> UInt256 {
    UInt256(high: ~value.high, low: ~value.low)
  }

  /// The bits set in both.
  public static func & (left: UInt256, right: UInt256) -> UInt256 {
    UInt256(high: left.high & right.high, low: left.low & right.low)
  }

  /// The bits set in either.
  public static func | (left: UInt256, right: UInt256) -> UInt256 {
    UInt256(high: left.high | right.high, low: left.low | right.low)
  }

  /// The bits set in one of the two.
  public static func ^ (left: UInt256, right: UInt256) -> UInt256 {
    UInt256(high: left.high ^ right.high, low: left.low ^ right.low)
  }

  /// The bits moved up, zeros from below; from 256 on all are gone, and a negative count moves down.
  public static func << (value: UInt256, count: Int) -> UInt256 {
    switch count {
    case ..<0: value >> (count == .min ? .max : -count)
    case 0: value
    case 1..<128:
      UInt256(
        high: value.high << UInt128(count) | value.low >> UInt128(128 - count),
        low: value.low << UInt128(count))
    case 128..<256: UInt256(high: value.low << UInt128(count - 128), low: 0)
    default: .min
    }
  }

  /// The bits moved down, zeros from above; from 256 on all are gone, and a negative count moves up.
  public static func >> (value: UInt256, count: Int) -> UInt256 {
    switch count {
    case ..<0: value << (count == .min ? .max : -count)
    case 0: value
    case 1..<128:
      UInt256(
        high: value.high >> UInt128(count),
        low: value.low >> UInt128(count) | value.high << UInt128(128 - count))
    case 128..<256: UInt256(low: value.high >> UInt128(count - 128))
    default: .min
    }
  }

  /// How many zeros stand above the highest set bit: 256 for zero.
  public var leadingZeroBitCount: Int {
    high == 0 ? 128 + low.leadingZeroBitCount : high.leadingZeroBitCount
  }

  /// How many zeros stand below the lowest set bit: 256 for zero.
  public var trailingZeroBitCount: Int {
    low == 0 ? 128 + high.trailingZeroBitCount : low.trailingZeroBitCount
  }

  /// How many bits are set.
  public var nonzeroBitCount: Int { high.nonzeroBitCount + low.nonzeroBitCount }
}
