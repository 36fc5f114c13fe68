internal import CSecp256k1

/// The curve: the one context of libsecp256k1, and the calls made through it.
///
/// The context is blinded with random bytes when it is made and never changed afterwards, so every thread may use it.
@safe
struct Secp256k1: @unchecked Sendable {
  // Sendable: libsecp256k1 takes a constant context from any number of threads.
  private let context: OpaquePointer

  static let shared = Secp256k1()

  private init() {
    guard let context = unsafe secp256k1_context_create(UInt32(SECP256K1_CONTEXT_NONE)) else {
      preconditionFailure("libsecp256k1 makes no context")
    }
    let seed = SecretBytes.random(count: 32)
    let status = unsafe seed.withUnsafePointer { unsafe secp256k1_context_randomize(context, $0) }
    precondition(status == 1, "libsecp256k1 takes no seed")
    unsafe self.context = context
  }

  /// Whether 32 bytes are a private key: from 1 to the group's order less 1.
  func isPrivateKey(_ secret: borrowing SecretBytes) -> Bool {
    guard secret.count == 32 else { return false }
    return unsafe secret.withUnsafePointer { unsafe secp256k1_ec_seckey_verify(context, $0) } == 1
  }

  /// The point of a private key, 65 bytes; the C function is `secp256k1_ec_pubkey_create`.
  func point(of secret: borrowing SecretBytes) -> [UInt8] {
    var point = secp256k1_pubkey()
    let status = unsafe secret.withUnsafePointer {
      unsafe secp256k1_ec_pubkey_create(context, &point, $0)
    }
    precondition(status == 1, "a checked key has a point")
    return serialize(point, isCompressed: false)
  }

  /// The sum of a private key and the number in 32 bytes, modulo the group's order; nil where there is none.
  ///
  /// The C function is `secp256k1_ec_seckey_tweak_add`.
  func sum(_ secret: borrowing SecretBytes, _ tweak: borrowing SecretBytes) -> SecretBytes? {
    var status: Int32 = 0
    let sum = secret.withSpan { secret in
      unsafe SecretBytes(count: 32) { base in
        for index in 0..<32 { unsafe base[index] = secret[index] }
        unsafe status = tweak.withUnsafePointer {
          unsafe secp256k1_ec_seckey_tweak_add(context, base, $0)
        }
      }
    }
    guard status == 1 else { return nil }
    return sum
  }

  /// A point of the curve from its 33 or 65 bytes, as 65 bytes; nil for anything else, the hybrid form included.
  func point(parsing bytes: [UInt8]) -> [UInt8]? {
    parse(bytes).map { serialize($0, isCompressed: false) }
  }

  /// The 33 bytes of a point.
  func compress(_ bytes: [UInt8]) -> [UInt8] {
    guard let point = parse(bytes) else { preconditionFailure("a checked point is on the curve") }
    return serialize(point, isCompressed: true)
  }

  /// Signs a hash by RFC 6979, low S; the C function is `secp256k1_ecdsa_sign_recoverable`.
  func sign(
    _ digest: [UInt8], with secret: borrowing SecretBytes
  ) -> (compact: [UInt8], parity: Int32) {
    precondition(digest.count == 32, "a hash has 32 bytes")
    var signature = secp256k1_ecdsa_recoverable_signature()
    let status = unsafe secret.withUnsafePointer { key in
      unsafe secp256k1_ecdsa_sign_recoverable(context, &signature, digest, key, nil, nil)
    }
    precondition(status == 1, "a checked key signs")
    var compact = [UInt8](repeating: 0, count: 64)
    var parity: Int32 = 0
    unsafe secp256k1_ecdsa_recoverable_signature_serialize_compact(
      context, &compact, &parity, &signature)
    return (compact, parity)
  }

  /// The point that signed a hash; nil where none did; the C function is `secp256k1_ecdsa_recover`.
  func recover(_ compact: [UInt8], parity: Int32, digest: [UInt8]) -> [UInt8]? {
    precondition(compact.count == 64 && digest.count == 32, "a signature has 64 bytes, a hash 32")
    var signature = secp256k1_ecdsa_recoverable_signature()
    var point = secp256k1_pubkey()
    guard
      unsafe secp256k1_ecdsa_recoverable_signature_parse_compact(
        context, &signature, compact, parity) == 1,
      unsafe secp256k1_ecdsa_recover(context, &point, &signature, digest) == 1
    else { return nil }
    return serialize(point, isCompressed: false)
  }

  private func parse(_ bytes: [UInt8]) -> secp256k1_pubkey? {
    // libsecp256k1 also takes the hybrid form of X9.62 (06, 07), which nobody writes.
    guard bytes.count == 33 || bytes.count == 65 && bytes.first == 4 else { return nil }
    var point = secp256k1_pubkey()
    guard unsafe secp256k1_ec_pubkey_parse(context, &point, bytes, bytes.count) == 1 else {
      return nil
    }
    return point
  }

  private func serialize(_ point: secp256k1_pubkey, isCompressed: Bool) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: isCompressed ? 33 : 65)
    var count = bytes.count
    var point = point
    let form = isCompressed ? SECP256K1_EC_COMPRESSED : SECP256K1_EC_UNCOMPRESSED
    unsafe secp256k1_ec_pubkey_serialize(context, &bytes, &count, &point, UInt32(form))
    return bytes
  }
}
