internal import CCrypto

/// The functions of secrets on which wallets stand, of libcrypto.
enum HMACSHA512 {
  /// The 64 bytes of HMAC-SHA-512 (RFC 2104); the C function is `HMAC`.
  static func code(key: borrowing SecretBytes, of message: borrowing SecretBytes) -> SecretBytes {
    let (keyLength, length) = (key.count, message.count)
    return unsafe SecretBytes(count: 64) { output in
      let isDone = unsafe key.withUnsafePointer { key in
        unsafe message.withUnsafePointer { message in
          unsafe HMAC(EVP_sha512(), key, Int32(keyLength), message, length, output, nil) != nil
        }
      }
      precondition(isDone, "libcrypto cannot run HMAC-SHA-512")
    }
  }

  /// The 64 bytes of BIP-39's seed: PBKDF2 (RFC 8018), 2048 rounds; the C function is `PKCS5_PBKDF2_HMAC`.
  static func stretch(
    _ secret: borrowing SecretBytes, salt prefix: String, _ rest: borrowing SecretBytes
  ) -> SecretBytes {
    let start = Array(prefix.utf8)
    let restLength = rest.count
    let salt = rest.withSpan { rest in
      unsafe SecretBytes(count: start.count + restLength) { base in
        for index in start.indices { unsafe base[index] = start[index] }
        for index in 0..<restLength { unsafe base[start.count + index] = rest[index] }
      }
    }
    let (length, saltLength) = (secret.count, salt.count)
    return unsafe SecretBytes(count: 64) { output in
      let status = unsafe secret.withUnsafePointer { secret in
        unsafe salt.withUnsafePointer { salt in
          unsafe secret.withMemoryRebound(to: CChar.self, capacity: length) { secret in
            unsafe PKCS5_PBKDF2_HMAC(
              secret, Int32(length), salt, Int32(saltLength), 2048, EVP_sha512(), 64, output)
          }
        }
      }
      precondition(status == 1, "libcrypto cannot run PBKDF2 with HMAC-SHA-512")
    }
  }
}
