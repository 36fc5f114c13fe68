internal import CCrypto

/// A SHA-256 computation, fed piece by piece.
///
/// Move-only: the context is freed exactly once. The corresponding C functions are `EVP_DigestUpdate`
/// and `EVP_DigestFinal_ex`.
@safe
public struct SHA256: ~Copyable {
  // Fetched once: naming the algorithm anew costs more than hashing a small block.
  private static let algorithm: Algorithm = unsafe Algorithm(
    pointer: required(EVP_MD_fetch(nil, "SHA256", nil)))

  private let context: OpaquePointer

  /// Starts an empty computation.
  public init() {
    unsafe context = Self.required(EVP_MD_CTX_new())
    unsafe Self.check(EVP_DigestInit_ex2(context, Self.algorithm.pointer, nil))
  }

  deinit { unsafe EVP_MD_CTX_free(context) }

  /// Takes more of the message.
  public mutating func update(_ bytes: RawSpan) {
    unsafe bytes.withUnsafeBytes { buffer in
      unsafe Self.check(EVP_DigestUpdate(context, buffer.baseAddress, buffer.count))
    }
  }

  /// Takes more of the message.
  public mutating func update(_ bytes: Span<UInt8>) {
    unsafe update(bytes.bytes)
  }

  /// Takes more of the message.
  public mutating func update(_ bytes: [UInt8]) {
    unsafe update(bytes.span.bytes)
  }

  /// The digest of all that was taken; the computation then starts afresh.
  public mutating func finish() -> Digest32 {
    var output = InlineArray<32, UInt8>(repeating: 0)
    var span = output.mutableSpan
    unsafe span.withUnsafeMutableBufferPointer { buffer in
      unsafe Self.check(EVP_DigestFinal_ex(context, buffer.baseAddress, nil))
    }
    unsafe Self.check(EVP_DigestInit_ex2(context, nil, nil))
    return Digest32(output)
  }

  /// The digest of one message.
  public static func hash(_ bytes: RawSpan) -> Digest32 {
    var hasher = SHA256()
    hasher.update(bytes)
    return hasher.finish()
  }

  /// The digest of one message.
  public static func hash(_ bytes: Span<UInt8>) -> Digest32 {
    unsafe hash(bytes.bytes)
  }

  /// The digest of one message.
  public static func hash(_ bytes: [UInt8]) -> Digest32 {
    unsafe hash(bytes.span.bytes)
  }

  // These calls fail only without memory or with a libcrypto that has no SHA-256: nothing could go on.
  private static func check(_ status: Int32) {
    precondition(status == 1, "libcrypto cannot compute SHA-256")
  }

  private static func required(_ pointer: OpaquePointer?) -> OpaquePointer {
    guard let pointer = unsafe pointer else {
      preconditionFailure("libcrypto cannot compute SHA-256")
    }
    return unsafe pointer
  }

  // An EVP_MD is never changed once fetched, so every thread may read it.
  @safe
  private struct Algorithm: @unchecked Sendable {
    let pointer: OpaquePointer
  }
}
