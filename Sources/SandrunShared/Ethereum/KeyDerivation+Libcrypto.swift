internal import CCrypto

/// How a passphrase becomes a key: the two functions that V3 keystores use.
public enum KeyDerivation: Hashable, Sendable {
  /// RFC 7914: `n` is the cost, a power of two; memory is 128·n·r bytes.
  case scrypt(n: Int, r: Int, p: Int)
  /// RFC 8018 with HMAC-SHA-256.
  case pbkdf2(rounds: Int)

  /// What new keys get: about a second and 256 MiB.
  public static let standard = KeyDerivation.scrypt(n: 1 << 18, r: 8, p: 1)
  /// Milliseconds: for tests, since it protects nothing.
  public static let light = KeyDerivation.scrypt(n: 1 << 12, r: 8, p: 1)

  /// The most memory that scrypt may take, in bytes.
  static let memoryLimit = 1 << 30
  /// The most memory that scrypt's lanes, 128·r·p bytes, may take beside it.
  static let laneLimit = 1 << 27
  /// The most work that scrypt may do, as n·r·p: eight times the standard.
  static let workLimit = 1 << 24
  /// The most rounds of PBKDF2: some ten seconds.
  static let roundLimit = 10_000_000

  /// Why these parameters are refused, nil where they are not: senseless, or so large that they would eat memory or hours.
  var objection: KeystoreError? {
    switch self {
    case .scrypt(let n, let r, let p):
      guard n > 1, n & (n - 1) == 0 else { return .malformed("kdfparams.n", "no power of two") }
      guard r > 0 else { return .malformed("kdfparams.r", "not above 0") }
      guard p > 0 else { return .malformed("kdfparams.p", "not above 0") }
      let (block, tooWide) = n.multipliedReportingOverflow(by: r)
      guard !tooWide, block <= Self.memoryLimit / 128 else {
        return .excessive("scrypt with n=\(n), r=\(r) takes more than 1 GiB of memory")
      }
      let (lanes, tooLong) = r.multipliedReportingOverflow(by: p)
      let (work, tooMuch) = block.multipliedReportingOverflow(by: p)
      guard !tooLong, lanes <= Self.laneLimit / 128, !tooMuch, work <= Self.workLimit else {
        return .excessive("scrypt with n=\(n), r=\(r), p=\(p) would take minutes")
      }
    case .pbkdf2(let rounds):
      guard rounds > 0 else { return .malformed("kdfparams.c", "not above 0") }
      guard rounds <= Self.roundLimit else {
        return .excessive("pbkdf2 with c=\(rounds) does more than \(Self.roundLimit) rounds")
      }
    }
    return nil
  }

  /// Derives `count` bytes; the C functions are `EVP_PBE_scrypt` and `PKCS5_PBKDF2_HMAC`.
  public func derive(
    _ count: Int, from passphrase: borrowing SecretBytes, salt: [UInt8]
  ) throws(KeystoreError) -> SecretBytes {
    if let objection { throw objection }
    let length = passphrase.count
    var status: Int32 = 0
    let key = unsafe SecretBytes(count: count) { output in
      unsafe passphrase.withUnsafePointer { text in
        unsafe text.withMemoryRebound(to: CChar.self, capacity: length) { text in
          switch self {
          case .scrypt(let n, let r, let p) where Scrypt.isBeyondLibcrypto(n: n, r: r):
            let isDone = unsafe Scrypt.derive(
              n: n, r: r, p: p, passphrase: text, length: length, salt: salt, output: output,
              count: count)
            status = isDone ? 1 : 0
          case .scrypt(let n, let r, let p):
            unsafe status = EVP_PBE_scrypt(
              text, length, salt, salt.count, UInt64(n), UInt64(r), UInt64(p),
              UInt64(Self.memoryLimit) * 2, output, count)
          case .pbkdf2(let rounds):
            unsafe status = PKCS5_PBKDF2_HMAC(
              text, Int32(length), salt, Int32(salt.count), Int32(rounds), EVP_sha256(),
              Int32(count), output)
          }
        }
      }
    }
    guard status == 1 else { throw .derivationFailed }
    return key
  }
}
