internal import CZstd

/// A libzstd compression context that turns each text into one frame with its size and checksum.
///
/// Move-only: the context is freed exactly once.
@safe
struct ZstdCompressor: ~Copyable {
  private let context: OpaquePointer

  /// The corresponding C functions are `ZSTD_createCCtx` and `ZSTD_CCtx_setParameter`.
  init(level: Int = 3) throws(ZstdError) {
    guard let context = unsafe ZSTD_createCCtx() else { throw ZstdError("out of memory") }
    do throws(ZstdError) {
      _ = try check(
        unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, Int32(level)))
      _ = try check(unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1))
    } catch {
      unsafe ZSTD_freeCCtx(context)
      throw error
    }
    unsafe self.context = context
  }

  deinit { unsafe ZSTD_freeCCtx(context) }

  /// One whole frame; the corresponding C function is `ZSTD_compress2`.
  borrowing func frame(of text: Span<UInt8>) throws(ZstdError) -> [UInt8] {
    var status = 0
    let frame = unsafe [UInt8](unsafeUninitializedCapacity: ZSTD_compressBound(text.count)) {
      output, count in
      status = unsafe text.withUnsafeBytes { input in
        unsafe ZSTD_compress2(
          context, output.baseAddress, output.count, input.baseAddress, input.count)
      }
      count = ZSTD_isError(status) == 0 ? status : 0
    }
    _ = try check(status)
    return frame
  }
}
