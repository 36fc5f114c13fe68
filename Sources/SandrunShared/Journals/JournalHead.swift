internal import Files
internal import Hashing
internal import SystemPackage

/// What is certain of a journal: how long it is, and the checksum of its lines up to there.
///
/// It lies in a file of its own, in one of two places in turn, each in a block of the disk by itself and with a checksum.
/// So a write that is cut off leaves the one before it.
struct JournalHead: Equatable, Sendable {
  /// The number of this state, from 0.
  var sequence: UInt64 = 0
  /// The bytes of the journal that are certain.
  var length = 0
  /// The checksum of the lines in them.
  var checksum: UInt32 = 0

  static let slotLength = 64
  private static let slotDistance = 4096
  private static let magic = Array("srhead1 ".utf8)

  /// Where this state is written.
  var offset: Int { sequence % 2 == 0 ? 0 : Self.slotDistance }

  /// A line of 64 bytes: `srhead1`, then in hexadecimal digits the number, the length, the checksum, and the CRC-32C of all before it.
  var bytes: [UInt8] {
    var bytes = Self.magic
    for (value, digits) in [(sequence, 16), (UInt64(length), 16), (UInt64(checksum), 8)] {
      Self.append(value, digits: digits, to: &bytes)
      bytes.append(UInt8(ascii: " "))
    }
    Self.append(UInt64(CRC32C.checksum(bytes)), digits: 8, to: &bytes)
    bytes += [UInt8](repeating: UInt8(ascii: " "), count: Self.slotLength - 1 - bytes.count)
    return bytes + [UInt8(ascii: "\n")]
  }

  private static func append(_ value: UInt64, digits: Int, to bytes: inout [UInt8]) {
    let text = String(value, radix: 16)
    bytes += [UInt8](repeating: UInt8(ascii: "0"), count: digits - text.utf8.count) + text.utf8
  }

  /// The content of a new head's file.
  static var newFile: [UInt8] {
    JournalHead().bytes + [UInt8](repeating: 0, count: 2 * slotDistance - slotLength)
  }

  init() {}

  /// The state that follows.
  func next(length: Int, checksum: UInt32) -> JournalHead {
    var next = self
    next.sequence += 1
    next.length = length
    next.checksum = checksum
    return next
  }

  /// Reads a slot; nil where it is not to the bit what was written there.
  init?(_ slot: [UInt8], at offset: Int) {
    let words = slot.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: true)
    guard words.count >= 4,
      let sequence = UInt64(String(decoding: words[1], as: UTF8.self), radix: 16),
      let length = Int(String(decoding: words[2], as: UTF8.self), radix: 16),
      let checksum = UInt32(String(decoding: words[3], as: UTF8.self), radix: 16), length >= 0,
      // No journal gets there; others follow.
      sequence < 1 << 63
    else { return nil }
    (self.sequence, self.length, self.checksum) = (sequence, length, checksum)
    guard bytes == slot, self.offset == offset else { return nil }
  }

  /// The last state in a head's file; nil where none can be read.
  static func read(_ file: OpenFile) throws(FileError) -> JournalHead? {
    var latest: JournalHead?
    for offset in [0, slotDistance] {
      let slot = try file.read(at: offset, count: slotLength)
      guard let found = JournalHead(slot, at: offset) else { continue }
      if found.sequence >= latest?.sequence ?? 0 { latest = found }
    }
    return latest
  }
}
