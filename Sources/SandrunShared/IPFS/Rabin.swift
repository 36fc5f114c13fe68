/// Content-defined chunking by a Rabin fingerprint: the last 16 bytes as a polynomial over GF(2), modulo a fixed one.
enum Rabin {
  /// How many bytes the fingerprint is of.
  static let window = 16

  /// The irreducible polynomial of Kubo's chunker, of degree 53.
  private static let polynomial: UInt64 = 0x3d_f305_dfb2_a805
  private static let degree: UInt64 = 53

  /// What each byte adds to the fingerprint when it is the highest of a shifted one, and when it leaves the window.
  private static let tables: (shifted: [UInt64], leaving: [UInt64]) = {
    let shifted = (0..<256).map { byte in
      // The byte itself goes, and its remainder comes in its place.
      let high = UInt64(byte) << degree
      return remainder(high) ^ high
    }
    let leaving = (0..<256).map { byte in
      (1..<window).reduce(remainder(UInt64(byte))) { value, _ in remainder(value << 8) }
    }
    return (shifted, leaving)
  }()

  /// The length of the first chunk of `bytes`.
  static func cut(_ bytes: Span<UInt8>, minimum: Int, average: Int, maximum: Int) -> Int {
    let end = min(bytes.count, maximum)
    guard minimum < end else { return end }
    // As many bits must be zero as make a boundary once in `average` bytes, rounded down to a power of two.
    let mask = (UInt64(1) << UInt64(Int.bitWidth - 1 - average.leadingZeroBitCount)) - 1
    let (shifted, leaving) = tables
    let (shiftedSpan, leavingSpan) = (shifted.span, leaving.span)
    var fingerprint: UInt64 = 0
    for index in minimum - window..<minimum {
      fingerprint = appended(bytes[index], to: fingerprint, shiftedSpan)
    }
    var index = minimum
    while index < end, fingerprint & mask != 0 {
      fingerprint ^= leavingSpan[Int(bytes[index - window])]
      fingerprint = appended(bytes[index], to: fingerprint, shiftedSpan)
      index += 1
    }
    return index
  }

  @inline(__always)
  private static func appended(
    _ byte: UInt8, to fingerprint: UInt64, _ shifted: Span<UInt64>
  ) -> UInt64 {
    let high = Int(truncatingIfNeeded: fingerprint >> (degree - 8))
    return (fingerprint << 8 | UInt64(byte)) ^ shifted[high]
  }

  /// A polynomial of up to 64 bits, modulo ours.
  private static func remainder(_ value: UInt64) -> UInt64 {
    var value = value
    while value >> degree != 0 {
      let shift = UInt64(63 - value.leadingZeroBitCount) - degree
      value ^= polynomial << shift
    }
    return value
  }
}
