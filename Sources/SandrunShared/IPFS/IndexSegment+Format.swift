internal import Hashing

extension IndexSegment {
  /// The pages of entries that are sorted by digest.
  static func pages(of entries: [IndexEntry]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(pages(for: entries.count) * pageLength)
    var index = 0
    while index < entries.count {
      let end = min(entries.count, index + entriesPerPage)
      appendPage(entries[index..<end], to: &bytes)
      index = end
    }
    return bytes
  }

  static func appendPage(_ entries: ArraySlice<IndexEntry>, to bytes: inout [UInt8]) {
    let start = bytes.count
    for entry in entries { entry.append(to: &bytes) }
    bytes += [UInt8](repeating: 0, count: start + 1008 - bytes.count)
    LittleEndian.append(UInt32(entries.count), to: &bytes)
    LittleEndian.append(UInt64(0), to: &bytes)
    let checksum = unsafe CRC32C.checksum(bytes.span.bytes.extracting(start..<start + 1020))
    LittleEndian.append(checksum, to: &bytes)
  }

  /// Whether a page's checksum is right and its count possible.
  static func isWhole(_ bytes: [UInt8], page: Int) -> Bool {
    let start = page * pageLength
    let count = LittleEndian.uint32(bytes, at: start + 1008)
    let checksum = unsafe CRC32C.checksum(bytes.span.bytes.extracting(start..<start + 1020))
    return count > 0 && count <= UInt32(entriesPerPage)
      && checksum == LittleEndian.uint32(bytes, at: start + 1020)
  }

  /// The coverage and the footer: what follows the pages.
  static func tail(count: Int, coverage: [Coverage]) -> [UInt8] {
    var bytes: [UInt8] = []
    for stretch in coverage { stretch.append(to: &bytes) }
    let checksum = CRC32C.checksum(bytes)
    var footer = magic
    LittleEndian.append(UInt64(count), to: &footer)
    LittleEndian.append(UInt32(coverage.count), to: &footer)
    LittleEndian.append(UInt32(0), to: &footer)
    LittleEndian.append(checksum, to: &footer)
    LittleEndian.append(CRC32C.checksum(footer), to: &footer)
    return bytes + footer
  }

  static func parse(footer: [UInt8]) -> (count: Int, stretches: Int)? {
    guard footer.count == footerLength, Array(footer[..<8]) == magic,
      unsafe CRC32C.checksum(footer.span.bytes.extracting(0..<28))
        == LittleEndian.uint32(footer, at: 28)
    else { return nil }
    // Beyond any disk: kept from overflowing what is computed of it.
    let count = LittleEndian.uint64(footer, at: 8)
    guard count < 1 << 40 else { return nil }
    return (Int(count), Int(LittleEndian.uint32(footer, at: 16)))
  }

  static func parse(coverage table: [UInt8]) -> [Coverage] {
    stride(from: 0, to: table.count, by: Coverage.length).map { offset in
      Coverage(
        pack: LittleEndian.uint32(table, at: offset),
        start: Int(truncatingIfNeeded: LittleEndian.uint64(table, at: offset + 8)),
        end: Int(truncatingIfNeeded: LittleEndian.uint64(table, at: offset + 16)))
    }
  }
}
