internal import Hashing

/// A point of the curve secp256k1: what signatures are checked against.
public struct PublicKey: Hashable, Sendable {
  /// The 65 bytes: 04, x, y.
  public let uncompressed: [UInt8]

  /// Reads 33 or 65 bytes; nil where they are no point of the curve.
  public init?(bytes: [UInt8]) {
    guard let point = Secp256k1.shared.point(parsing: bytes) else { return nil }
    self.uncompressed = point
  }

  init(point: [UInt8]) { self.uncompressed = point }

  /// The 33 bytes: 02 or 03, x.
  public var compressed: [UInt8] { Secp256k1.shared.compress(uncompressed) }

  /// The last 20 bytes of the hash of the 64 bytes of x and y.
  public var address: Address {
    Address(lastBytesOf: Keccak256.hash(Array(uncompressed.dropFirst())))
  }
}
