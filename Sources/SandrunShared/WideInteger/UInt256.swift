/// An unsigned integer of 256 bits: amounts in wei, contract words.
///
/// `+`, `-`, `*` and the conversions trap on overflow as Swift's own integers do; the reporting and wrapping forms have
/// the standard names. Not a `FixedWidthInteger`: what Ethereum needs is here, and nothing is slower than it looks.
public struct UInt256: Hashable, Sendable {
  // Words of 64 bits: an argument aligned to 16 bytes spoils an async function's stack (Swift 6.3.1).
  private var highest: UInt64
  private var higher: UInt64
  private var lower: UInt64
  private var lowest: UInt64

  /// The upper 128 bits.
  public var high: UInt128 {
    get { UInt128(highest) &<< 64 | UInt128(higher) }
    set {
      highest = UInt64(truncatingIfNeeded: newValue &>> 64)
      higher = UInt64(truncatingIfNeeded: newValue)
    }
  }

  /// The lower 128 bits.
  public var low: UInt128 {
    get { UInt128(lower) &<< 64 | UInt128(lowest) }
    set {
      lower = UInt64(truncatingIfNeeded: newValue &>> 64)
      lowest = UInt64(truncatingIfNeeded: newValue)
    }
  }

  /// Makes a value from its halves.
  public init(high: UInt128 = 0, low: UInt128) {
    highest = UInt64(truncatingIfNeeded: high &>> 64)
    higher = UInt64(truncatingIfNeeded: high)
    lower = UInt64(truncatingIfNeeded: low &>> 64)
    lowest = UInt64(truncatingIfNeeded: low)
  }

  /// Makes a value from four words, the most significant first.
  public init(words: (UInt64, UInt64, UInt64, UInt64)) {
    (highest, higher, lower, lowest) = words
  }

  /// The value as four words, the most significant first.
  public var words: (UInt64, UInt64, UInt64, UInt64) { (highest, higher, lower, lowest) }

  /// Zero.
  public static let min = UInt256(low: 0)
  /// 2²⁵⁶ − 1.
  public static let max = UInt256(high: .max, low: .max)
  /// 256.
  public static let bitWidth = 256
}

extension UInt256: Comparable {
  /// Whether one value is less than another.
  public static func < (left: UInt256, right: UInt256) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }
}

extension UInt256: ExpressibleByIntegerLiteral {
  /// A literal of any length; traps where it is negative or over 256 bits.
  public init(integerLiteral value: StaticBigInt) {
    // The width counts the sign.
    precondition(value.signum() >= 0 && value.bitWidth <= 257, "literal does not fit UInt256")
    self.init(words: value)
  }

  /// The lowest 256 bits of a literal in two's complement.
  init(words value: StaticBigInt) {
    var halves: (low: UInt128, high: UInt128) = (0, 0)
    let width = UInt.bitWidth
    for index in 0..<(128 / width) {
      halves.low |= UInt128(value[index]) << UInt128(index * width)
      halves.high |= UInt128(value[index + 128 / width]) << UInt128(index * width)
    }
    self.init(high: halves.high, low: halves.low)
  }
}

extension UInt256 {
  /// The same value from an integer of another type; nil where it is negative or too wide.
  public init?(exactly value: some BinaryInteger) {
    if let low = UInt128(exactly: value) {
      self.init(low: low)
    } else {
      guard value.signum() > 0 else { return nil }
      guard let high = UInt128(exactly: value >> 128) else { return nil }
      self.init(high: high, low: UInt128(truncatingIfNeeded: value))
    }
  }

  /// The same value from an integer of another type; traps where it is negative or too wide.
  public init(_ value: some BinaryInteger) {
    guard let same = UInt256(exactly: value) else {
      preconditionFailure("value does not fit UInt256")
    }
    self = same
  }

  /// The bits of a signed value.
  public init(bitPattern value: Int256) { self = value.bits }

  /// The same value; nil where it is negative.
  public init?(exactly value: Int256) {
    guard !value.isNegative else { return nil }
    self = value.bits
  }
}

extension FixedWidthInteger {
  /// The same value from 256 bits; nil where this type cannot hold it.
  public init?(exactly value: UInt256) {
    guard value.high == 0 else { return nil }
    self.init(exactly: value.low)
  }
}
