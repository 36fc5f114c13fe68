internal import Ethereum
public import Hashing
public import WideInteger

/// The draw that admits nodes to a round of several slots one by one, so that sybils cannot simply be first.
public enum Sortition {
  /// A node's place in the draw: the upper half of keccak256 of the ABI encoding of (seed, registration number).
  public static func ticket(seed: Digest32, number: UInt256) -> UInt128 {
    let words = Keccak256.hash(seed.bytes + number.bytes).words
    return UInt128(words.0.bigEndian) << 64 | UInt128(words.1.bigEndian)
  }

  /// From when a round that started then admits a node: uniform over the first half of the claim window.
  ///
  /// A time beyond the largest number is the largest.
  public static func admittedFrom(
    seed: Digest32, number: UInt256, startedAt: UInt64, claimWindow: UInt64
  ) -> UInt64 {
    let ticket = ticket(seed: seed, number: number)
    // 128 bits and 64: the product cannot overflow, and 129 off it leaves less than the window's half.
    let delay = (UInt256(low: ticket) * UInt256(low: UInt128(claimWindow))) >> 129
    let (time, overflow) = startedAt.addingReportingOverflow(UInt64(truncatingIfNeeded: delay.low))
    return overflow ? .max : time
  }
}
