internal import CCrypto

/// scrypt (RFC 7914) for the parameters that libcrypto refuses.
///
/// The RFC wants n below 2^(16·r). The definition of the V3 keystore itself has a file with n = 2^18 and r = 1, so
/// that clients read such files; the function is defined for them just as well.
enum Scrypt {
  /// Whether libcrypto refuses these parameters.
  static func isBeyondLibcrypto(n: Int, r: Int) -> Bool { r <= 3 && n >= 1 << (16 * r) }

  /// Writes `count` bytes to `output`; false where memory lacks.
  static func derive(
    n: Int, r: Int, p: Int, passphrase: UnsafePointer<CChar>, length: Int, salt: [UInt8],
    output: UnsafeMutablePointer<UInt8>, count: Int
  ) -> Bool {
    let blockSize = 128 * r
    guard let memory = ScryptMemory(n: n, r: r) else { return false }
    var isDone = false
    let blocks = unsafe SecretBytes(count: blockSize * p) { blocks in
      unsafe isDone = stretch(passphrase, length, salt, salt.count, blocks, blockSize * p)
      for lane in 0..<p { unsafe memory.mix(blocks + lane * blockSize) }
    }
    return unsafe blocks.withUnsafePointer { blocks in
      unsafe isDone && stretch(passphrase, length, blocks, blockSize * p, output, count)
    }
  }

  private static func stretch(
    _ passphrase: UnsafePointer<CChar>, _ length: Int, _ salt: UnsafePointer<UInt8>,
    _ saltCount: Int, _ output: UnsafeMutablePointer<UInt8>, _ count: Int
  ) -> Bool {
    unsafe PKCS5_PBKDF2_HMAC(
      passphrase, Int32(length), salt, Int32(saltCount), 1, EVP_sha256(), Int32(count), output) == 1
  }
}
