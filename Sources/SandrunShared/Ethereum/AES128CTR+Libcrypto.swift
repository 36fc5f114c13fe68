internal import CCrypto

/// AES-128 in counter mode, which is its own inverse.
enum AES128CTR {
  /// Adds the key stream to the bytes: encrypts or decrypts; the C function is `EVP_EncryptUpdate`.
  ///
  /// The key is the first 16 bytes of `key`; the counter starts at the 16 bytes of `iv`.
  static func apply(
    key: borrowing SecretBytes, iv: [UInt8], to input: borrowing SecretBytes
  ) -> SecretBytes {
    precondition(key.count >= 16 && iv.count == 16, "AES-128 takes 16 bytes of key and of counter")
    let count = input.count
    return unsafe SecretBytes(count: count) { output in
      let context = unsafe EVP_CIPHER_CTX_new()
      // Freeing a context wipes the key schedule.
      defer { unsafe EVP_CIPHER_CTX_free(context) }
      var written: Int32 = 0
      let isReady = unsafe key.withUnsafePointer { key in
        unsafe EVP_EncryptInit_ex(context, EVP_aes_128_ctr(), nil, key, iv) == 1
      }
      let isDone = unsafe input.withUnsafePointer { input in
        unsafe EVP_EncryptUpdate(context, output, &written, input, Int32(count)) == 1
      }
      precondition(isReady && isDone && Int(written) == count, "libcrypto cannot run AES-128-CTR")
    }
  }
}

/// Whether two sequences are the same, in a time that depends on their lengths alone; the C function is `CRYPTO_memcmp`.
func isSameInConstantTime(_ left: [UInt8], _ right: [UInt8]) -> Bool {
  unsafe left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
}
