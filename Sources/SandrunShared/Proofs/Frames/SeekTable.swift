/// The skippable frame at the end of seekable zstd: the sizes and checksums of the frames before it.
///
/// The format is that of zstd's contrib/seekable_format: integers little-endian, one entry a frame, then the number of
/// frames, a descriptor and a magic number as the last nine bytes of the file.
struct SeekTable: Equatable, Sendable {
  /// One frame.
  struct Entry: Equatable, Sendable {
    /// The frame's length in bytes.
    var compressed: UInt32
    /// The length of its text in bytes.
    var text: UInt32
    /// The low half of the text's XXH64, which is also the frame's own last four bytes.
    var checksum: UInt32
  }

  /// The frames in their order.
  var entries: [Entry] = []

  /// The first four bytes of the skippable frame.
  static let skippableMagic: UInt32 = 0x184D_2A5E
  /// The last four bytes of the file.
  static let footerMagic: UInt32 = 0x8F92_EAB1

  /// The bytes before and after the entries.
  static let headerLength = 8
  static let footerLength = 9

  private static let checksumFlag: UInt8 = 0x80

  /// The whole skippable frame.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    Self.append(Self.skippableMagic, to: &bytes)
    Self.append(UInt32(entries.count * 12 + Self.footerLength), to: &bytes)
    for entry in entries {
      Self.append(entry.compressed, to: &bytes)
      Self.append(entry.text, to: &bytes)
      Self.append(entry.checksum, to: &bytes)
    }
    Self.append(UInt32(entries.count), to: &bytes)
    bytes.append(Self.checksumFlag)
    Self.append(Self.footerMagic, to: &bytes)
    return bytes
  }

  /// Whether these bytes are a table, with checksums or without, that describes exactly the frames of this one.
  func isDescribed(by bytes: Span<UInt8>) -> Bool {
    let start = Self.headerLength
    guard bytes.count >= start + Self.footerLength,
      Self.word(bytes, 0) == Self.skippableMagic, Self.word(bytes, 4) == bytes.count - start,
      Self.word(bytes, bytes.count - 4) == Self.footerMagic,
      Self.word(bytes, bytes.count - 9) == entries.count
    else { return false }
    let descriptor = bytes[bytes.count - 5]
    guard descriptor & ~Self.checksumFlag == 0 else { return false }
    let hasChecksums = descriptor == Self.checksumFlag
    let stride = hasChecksums ? 12 : 8
    guard bytes.count == start + entries.count * stride + Self.footerLength else { return false }
    for (index, entry) in entries.enumerated() {
      let at = start + index * stride
      guard Self.word(bytes, at) == entry.compressed, Self.word(bytes, at + 4) == entry.text,
        !hasChecksums || Self.word(bytes, at + 8) == entry.checksum
      else { return false }
    }
    return true
  }

  /// The little-endian word at an offset.
  static func word(_ bytes: Span<UInt8>, _ offset: Int) -> UInt32 {
    var word: UInt32 = 0
    for index in (offset..<offset + 4).reversed() { word = word << 8 | UInt32(bytes[index]) }
    return word
  }

  private static func append(_ word: UInt32, to bytes: inout [UInt8]) {
    for shift in stride(from: 0, to: 32, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: word >> UInt32(shift)))
    }
  }
}
