internal import Files
internal import SystemPackage

/// Finds out who has the lock of a file.
enum LockHolder {
  /// The process that holds a file's `flock`, by `/proc/locks`; nil where that does not tell.
  static func process(of file: OpenFile) -> Int32? {
    guard let place = try? file.place(), let table = try? Files.read("/proc/locks", limit: 1 << 20)
    else { return nil }
    return process(in: String(decoding: table, as: UTF8.self), at: place)
  }

  /// The process that a table of locks names for a file; nil where it names none, or one of which it has no number (another container's).
  static func process(in table: String, at place: (device: UInt64, number: UInt64)) -> Int32? {
    // Linux has 12 bits of the major number between the minor's lower 8 and upper 12 or more; the rest is on top.
    let major = (place.device >> 8) & 0xfff | (place.device >> 32) & ~0xfff
    let minor = place.device & 0xff | (place.device >> 12) & 0xffff_ff00
    // 1: FLOCK  ADVISORY  WRITE 4711 08:01:1835023 0 EOF
    for line in table.split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count >= 6, words[1] == "FLOCK" else { continue }
      let parts = words[5].split(separator: ":")
      guard parts.count == 3, UInt64(parts[0], radix: 16) == major,
        UInt64(parts[1], radix: 16) == minor, UInt64(parts[2]) == place.number
      else { continue }
      return Int32(words[4]).flatMap { $0 > 0 ? $0 : nil }
    }
    return nil
  }
}
