internal import CZstd

/// A libzstd decompression context for frames whose content size is known and was found small enough.
///
/// Move-only: the context is freed exactly once.
@safe
struct ZstdDecompressor: ~Copyable {
  private let context: OpaquePointer

  /// The corresponding C function is `ZSTD_createDCtx`.
  init() throws(ZstdError) {
    guard let context = unsafe ZSTD_createDCtx() else { throw ZstdError("out of memory") }
    unsafe self.context = context
  }

  deinit { unsafe ZSTD_freeDCtx(context) }

  /// Appends the text of one frame, which must be of exactly this size; the corresponding C function is
  /// `ZSTD_decompressDCtx`.
  borrowing func append(
    _ frame: Span<UInt8>, holding size: Int, to text: inout [UInt8]
  ) throws(ZstdError) {
    let start = text.count
    text.append(contentsOf: repeatElement(0, count: size))
    var status = 0
    unsafe text.withUnsafeMutableBytes { output in
      let room = unsafe UnsafeMutableRawBufferPointer(rebasing: output[start...])
      status = unsafe frame.withUnsafeBytes { input in
        unsafe ZSTD_decompressDCtx(
          context, room.baseAddress, room.count, input.baseAddress, input.count)
      }
    }
    do throws(ZstdError) {
      guard try check(status) == size else { throw ZstdError("content of another size") }
    } catch {
      text.removeLast(size)
      throw error
    }
  }
}
