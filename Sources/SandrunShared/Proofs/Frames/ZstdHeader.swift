internal import CZstd

/// What can be read off a compressed frame without decompressing it (RFC 8878, section 3.1.1).
enum ZstdHeader {
  /// The longest header, magic number included, in bytes.
  static let longest = 18

  /// The first four bytes of a zstd frame.
  static let magic: UInt32 = 0xFD2F_B528

  /// The content size that the header states; nil where it states none, has no checksum, or wants a dictionary.
  ///
  /// The corresponding C function is `ZSTD_getFrameContentSize`.
  static func contentSize(_ frame: Span<UInt8>) -> UInt64? {
    // Frame_Header_Descriptor: bit 2 is the checksum, bits 0 and 1 the length of the dictionary's id.
    guard frame.count > 4, frame[4] & 0b111 == 0b100 else { return nil }
    let size = unsafe frame.withUnsafeBytes { bytes in
      unsafe ZSTD_getFrameContentSize(bytes.baseAddress, bytes.count)
    }
    // The two highest values stand for unknown and for an error.
    return size < UInt64.max - 1 ? size : nil
  }

  /// The length of the whole first frame; nil where the bytes end before it does.
  ///
  /// The corresponding C function is `ZSTD_findFrameCompressedSize`, which reads only the blocks' headers.
  static func frameLength(_ bytes: Span<UInt8>) throws(ZstdError) -> Int? {
    let status = unsafe bytes.withUnsafeBytes { bytes in
      unsafe ZSTD_findFrameCompressedSize(bytes.baseAddress, bytes.count)
    }
    if ZSTD_getErrorCode(status) == ZSTD_error_srcSize_wrong { return nil }
    return try check(status)
  }

  /// The most bytes that a frame of so much text can have; the corresponding C function is `ZSTD_compressBound`.
  static func longestFrame(ofText size: Int) -> Int { ZSTD_compressBound(size) }
}
