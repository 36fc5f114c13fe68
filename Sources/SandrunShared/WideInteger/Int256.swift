/// A signed integer of 256 bits in two's complement.
public struct Int256: Hashable, Sendable {
  /// The two's complement.
  public var bits: UInt256

  /// A value from its two's complement.
  public init(bitPattern bits: UInt256) { self.bits = bits }

  /// −2²⁵⁵.
  public static let min = Int256(bitPattern: UInt256(high: 1 << 127, low: 0))
  /// 2²⁵⁵ − 1.
  public static let max = Int256(bitPattern: UInt256(high: .max >> 1, low: .max))
  /// 256.
  public static let bitWidth = 256

  /// Whether the value is below zero.
  public var isNegative: Bool { bits.high >> 127 == 1 }

  /// The distance from zero.
  public var magnitude: UInt256 { isNegative ? .min &- bits : bits }
}

extension Int256: Comparable {
  /// Whether one value is less than another.
  public static func < (left: Int256, right: Int256) -> Bool {
    left.isNegative == right.isNegative ? left.bits < right.bits : left.isNegative
  }
}

extension Int256: ExpressibleByIntegerLiteral {
  /// A literal of any length; traps where 256 bits cannot hold it.
  public init(integerLiteral value: StaticBigInt) {
    precondition(value.bitWidth <= 256, "literal does not fit Int256")
    self.init(bitPattern: UInt256(words: value))
  }
}

extension Int256 {
  /// The same value from an integer of another type; nil where it is too wide.
  public init?(exactly value: some BinaryInteger) {
    if let low = Int128(exactly: value) {
      self.init(
        bitPattern: UInt256(high: low < 0 ? .max : 0, low: UInt128(truncatingIfNeeded: low)))
    } else {
      guard let high = Int128(exactly: value >> 128) else { return nil }
      self.init(
        bitPattern: UInt256(
          high: UInt128(bitPattern: high), low: UInt128(truncatingIfNeeded: value)))
    }
  }

  /// The same value from an integer of another type; traps where it is too wide.
  public init(_ value: some BinaryInteger) {
    guard let same = Int256(exactly: value) else {
      preconditionFailure("value does not fit Int256")
    }
    self = same
  }

  /// The same value; nil from 2²⁵⁵ on.
  public init?(exactly value: UInt256) {
    self.init(bitPattern: value)
    if isNegative { return nil }
  }

  /// A magnitude and a sign; nil where 256 bits cannot hold the value.
  init?(magnitude: UInt256, isNegative: Bool) {
    self.init(bitPattern: isNegative ? .min &- magnitude : magnitude)
    // Zero has no sign, so it may disagree with the one that was asked for.
    guard self.isNegative == isNegative || magnitude == .min else { return nil }
  }
}

extension FixedWidthInteger {
  /// The same value from 256 bits; nil where this type cannot hold it.
  public init?(exactly value: Int256) {
    let low = Int128(truncatingIfNeeded: value.bits.low)
    if value.bits.high == (low < 0 ? UInt128.max : 0) {
      self.init(exactly: low)
    } else {
      guard let bits = UInt256(exactly: value) else { return nil }
      self.init(exactly: bits)
    }
  }
}
