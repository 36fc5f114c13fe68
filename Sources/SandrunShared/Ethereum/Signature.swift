public import Hashing
public import WideInteger

/// An ECDSA signature by secp256k1 from which the signer can be recovered; S is low (EIP-2), so there is one for a nonce.
public struct Signature: Hashable, Sendable {
  /// The x coordinate of the nonce's point.
  public let r: UInt256
  /// The proof, at most half of the group's order.
  public let s: UInt256
  /// The parity of the nonce's point's y: 0 or 1.
  public let yParity: UInt8

  /// The group's order.
  static let order: UInt256 =
    0xffff_ffff_ffff_ffff_ffff_ffff_ffff_fffe_baae_dce6_af48_a03b_bfd2_5e8c_d036_4141

  /// Checks the ranges: r from 1 to the order less 1, s from 1 to half of the order, the parity 0 or 1.
  public init(r: UInt256, s: UInt256, yParity: UInt8) throws(SignatureError) {
    guard r > 0, r < Self.order, s > 0, s < Self.order else { throw .outOfRange }
    guard s <= Self.order >> 1 else { throw .highS }
    guard yParity <= 1 else { throw .badRecovery(yParity) }
    self.r = r
    self.s = s
    self.yParity = yParity
  }

  /// Reads 65 bytes: r, s, v, where v is 27 or 28, or 0 or 1.
  public init(bytes: [UInt8]) throws(SignatureError) {
    guard bytes.count == 65, let r = try? UInt256(bytes: bytes[..<32]),
      let s = try? UInt256(bytes: bytes[32..<64])
    else { throw .badLength(bytes.count) }
    switch bytes[64] {
    case 0, 1: try self.init(r: r, s: s, yParity: bytes[64])
    case 27, 28: try self.init(r: r, s: s, yParity: bytes[64] - 27)
    default: throw .badRecovery(bytes[64])
    }
  }

  /// Reads `0x` and the 130 digits of the 65 bytes.
  public init(parsing text: String) throws(SignatureError) {
    let bytes: [UInt8]
    do { bytes = try Hex.decode(text) } catch { throw .notHex(error) }
    try self.init(bytes: bytes)
  }

  /// 27 or 28, as contracts take it.
  public var v: UInt8 { 27 + yParity }

  /// The 65 bytes: r, s, v with v 27 or 28.
  public var bytes: [UInt8] { r.bytes + s.bytes + [v] }

  /// The key that made this signature of a hash; nil where there is none.
  ///
  /// Recovery is not verification: some key can be recovered for almost any signature, so compare it.
  public func signer(of digest: Digest32) -> PublicKey? {
    Secp256k1.shared.recover(r.bytes + s.bytes, parity: Int32(yParity), digest: digest.bytes)
      .map(PublicKey.init(point:))
  }

  /// Whether the account of an address made this signature of a hash.
  public func isValid(for digest: Digest32, by address: Address) -> Bool {
    signer(of: digest)?.address == address
  }
}

extension Signature: CustomStringConvertible {
  /// `0x` and 130 lower-case digits: r, s, v with v 27 or 28.
  public var description: String { Hex.encode(bytes) }
}

/// Why bytes or text are no signature.
public enum SignatureError: Error, Equatable, Sendable, CustomStringConvertible {
  /// So many bytes where 65 were wanted.
  case badLength(Int)
  /// The text is not `0x` and pairs of digits.
  case notHex(BaseError)
  /// r or s is zero, or not below the group's order.
  case outOfRange
  /// s is above half of the group's order: the twin of a signature, which anyone can compute.
  case highS
  /// A v that is none of 0, 1, 27, 28.
  case badRecovery(UInt8)

  /// What is wrong, in a few words.
  public var description: String {
    switch self {
    case .badLength(let count): "\(count) bytes, not 65"
    case .notHex: "not 0x and pairs of hexadecimal digits"
    case .outOfRange: "r or s out of range"
    case .highS: "s above half of the group's order"
    case .badRecovery(let value): "v is \(value), none of 0, 1, 27, 28"
    }
  }
}
