/// What a CAR of version 2 begins with, behind its first eleven bytes: where the archive of version 1 lies in it, and where its index
/// (IPLD, CARv2 specification).
struct CARv2Header {
  /// The header that says version 2 and nothing else, without its length.
  static let pragma: [UInt8] = [0xa1, 0x67] + Array("version".utf8) + [2]
  /// Characteristics 16, data offset 8, data size 8, index offset 8.
  static let length = 40
  /// The first byte behind it.
  static let end = 1 + pragma.count + length

  /// Whether every block is in the index.
  var isFullyIndexed: Bool
  var dataOffset: Int
  /// Where the archive of version 1 ends.
  var payloadEnd: Int
  /// Where the index lies; 0 where there is none.
  var indexOffset: Int

  /// Reads the forty bytes; `start` is where they lie in the archive.
  init(parsing bytes: [UInt8], at start: Int) throws(CARError) {
    isFullyIndexed = bytes[0] & 0x80 != 0
    // What an unknown characteristic demands of a reader cannot be honoured.
    guard bytes[0] & 0x7f == 0, bytes[1..<16].allSatisfy({ $0 == 0 }) else {
      throw .badCharacteristics(offset: start)
    }
    func number(_ offset: Int) throws(CARError) -> Int {
      guard let value = Int(exactly: LittleEndian.uint64(bytes, at: offset)) else {
        throw .badLayout(offset: start + offset)
      }
      return value
    }
    dataOffset = try number(16)
    let size = try number(24)
    indexOffset = try number(32)
    guard dataOffset >= Self.end else { throw .badLayout(offset: start + 16) }
    let (sum, isOver) = dataOffset.addingReportingOverflow(size)
    // The shortest archive of version 1 has a header.
    guard size > 0, !isOver else { throw .badLayout(offset: start + 24) }
    payloadEnd = sum
    guard indexOffset == 0 ? !isFullyIndexed : indexOffset >= sum else {
      throw .badLayout(offset: start + 32)
    }
  }
}
