internal import CCrypto

/// Authentication of a message under a secret: HMAC with SHA-256 (RFC 2104).
public enum HMACSHA256 {
  /// The 32 bytes of a message's code.
  ///
  /// Neither the key nor the message is copied. The C function is `HMAC`.
  public static func code(key: Span<UInt8>, of message: Span<UInt8>) -> Digest32 {
    var output = InlineArray<32, UInt8>(repeating: 0)
    var span = output.mutableSpan
    let isDone = unsafe key.withUnsafeBufferPointer { key in
      unsafe message.withUnsafeBufferPointer { message in
        unsafe span.withUnsafeMutableBufferPointer { output in
          unsafe HMAC(
            EVP_sha256(), key.baseAddress, Int32(key.count), message.baseAddress, message.count,
            output.baseAddress, nil) != nil
        }
      }
    }
    // It fails only without memory or with a libcrypto that has no SHA-256: nothing could go on.
    precondition(isDone, "libcrypto cannot run HMAC-SHA-256")
    return Digest32(output)
  }
}
