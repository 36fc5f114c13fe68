/// CRC-32C (Castagnoli, reflected, as in RFC 3720): the checksum of the repository's files.
///
/// It finds torn writes and bad disks; against people it guards nothing.
public enum CRC32C {
  /// The checksum of the bytes, or of bytes that follow those of an earlier checksum.
  public static func checksum(_ bytes: RawSpan, continuing earlier: UInt32 = 0) -> UInt32 {
    var crc = ~earlier
    var offset = 0
    // Eight bytes a step: the bounds are checked once, by the loop's condition.
    while offset &+ 8 <= bytes.byteCount {
      let word = unsafe UInt64(
        littleEndian: bytes.unsafeLoadUnaligned(
          fromUncheckedByteOffset: offset, as: UInt64.self))
      let low = UInt32(truncatingIfNeeded: word) ^ crc
      let high = UInt32(truncatingIfNeeded: word &>> 32)
      crc =
        table[7 << 8 | Int(low & 0xff)] ^ table[6 << 8 | Int(low &>> 8 & 0xff)]
        ^ table[5 << 8 | Int(low &>> 16 & 0xff)] ^ table[4 << 8 | Int(low &>> 24)]
        ^ table[3 << 8 | Int(high & 0xff)] ^ table[2 << 8 | Int(high &>> 8 & 0xff)]
        ^ table[1 << 8 | Int(high &>> 16 & 0xff)] ^ table[Int(high &>> 24)]
      offset &+= 8
    }
    while offset < bytes.byteCount {
      let byte = unsafe bytes.unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self)
      crc = table[Int((crc ^ UInt32(byte)) & 0xff)] ^ crc &>> 8
      offset &+= 1
    }
    return ~crc
  }

  /// The checksum of the bytes, or of bytes that follow those of an earlier checksum.
  public static func checksum(_ bytes: [UInt8], continuing earlier: UInt32 = 0) -> UInt32 {
    unsafe checksum(bytes.span.bytes, continuing: earlier)
  }

  /// Eight tables of 256: the k-th gives the effect of a byte that k more bytes follow.
  private static let table: [UInt32] = {
    var table = [UInt32](repeating: 0, count: 8 << 8)
    for byte in 0..<256 {
      var crc = UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0x82f6_3b78 : crc >> 1 }
      table[byte] = crc
    }
    for index in 256..<table.count {
      let earlier = table[index - 256]
      table[index] = earlier >> 8 ^ table[Int(earlier & 0xff)]
    }
    return table
  }()
}
