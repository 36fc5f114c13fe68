internal import CCrypto

/// SHA-512, for blocks that others named by it; the corresponding C function is `EVP_Digest`.
public enum SHA512 {
  /// The digest's length in bytes.
  public static let length = 64

  // Fetched once: naming the algorithm anew costs more than hashing a small block.
  private static let algorithm: Algorithm = unsafe Algorithm(
    pointer: required(EVP_MD_fetch(nil, "SHA512", nil)))

  /// The digest of one message.
  public static func hash(_ bytes: RawSpan) -> [UInt8] {
    let algorithm = unsafe algorithm.pointer
    return unsafe [UInt8](unsafeUninitializedCapacity: length) { output, count in
      unsafe bytes.withUnsafeBytes { buffer in
        let status = unsafe EVP_Digest(
          buffer.baseAddress, buffer.count, output.baseAddress, nil, algorithm, nil)
        precondition(status == 1, "libcrypto cannot compute SHA-512")
      }
      count = length
    }
  }

  /// The digest of one message.
  public static func hash(_ bytes: [UInt8]) -> [UInt8] {
    unsafe hash(bytes.span.bytes)
  }

  private static func required(_ pointer: OpaquePointer?) -> OpaquePointer {
    guard let pointer = unsafe pointer else {
      preconditionFailure("libcrypto cannot compute SHA-512")
    }
    return unsafe pointer
  }

  // An EVP_MD is never changed once fetched, so every thread may read it.
  @safe
  private struct Algorithm: @unchecked Sendable {
    let pointer: OpaquePointer
  }
}
