/// A type of the contract ABI (Solidity's ABI specification).
public indirect enum ABIType: Hashable, Sendable {
  /// `uint8` to `uint256`, by its bits.
  case uint(Int)
}
