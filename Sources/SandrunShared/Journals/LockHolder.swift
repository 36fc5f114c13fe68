internal import Files
internal import SystemPackage

/// Finds out who has the lock of a file.
enum LockHolder {
  /// The process that holds a file's `flock`, by `/proc/locks`; nil where that does not tell.
  static func process(of file: OpenFile) -> Int32? {
    guard let number = try? file.number(),
      let table = try? Files.read("/proc/locks", limit: 1 << 20)
    else { return nil }
    // 1: FLOCK  ADVISORY  WRITE 4711 08:01:1835023 0 EOF
    for line in String(decoding: table, as: UTF8.self).split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count >= 6, words[1] == "FLOCK",
        words[5].split(separator: ":").last.flatMap({ UInt64($0) }) == number
      else { continue }
      return Int32(words[4])
    }
    return nil
  }
}
