import Glibc

/// The small text files of /proc and of control groups.
enum ProcFile {
  /// The whole text, at most 64 KiB; nil where it cannot be read.
  static func text(_ path: String) -> String? {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    let file = Descriptor(owning: descriptor)
    var bytes: [UInt8] = []
    while bytes.count < 1 << 16 {
      guard let more = try? file.read(1 << 12), !more.isEmpty else { break }
      bytes += more
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The number that the text holds.
  static func number(_ path: String) -> Int? {
    text(path).flatMap { Int($0.prefix { $0.isNumber }) }
  }

  /// The number after a word at the start of a line.
  static func number(_ word: String, in path: String) -> Int? {
    text(path).flatMap { number(word, inText: $0) }
  }

  static func number(_ word: String, inText text: String) -> Int? {
    for line in text.utf8.split(separator: UInt8(ascii: "\n")) where line.starts(with: word.utf8) {
      let rest = line.dropFirst(word.utf8.count)
      guard let first = rest.first, first == 0x20 || first == 0x09 || first == 0x3A else {
        continue
      }
      let digits = rest.drop { !(0x30...0x39).contains($0) }.prefix { (0x30...0x39).contains($0) }
      return Int(String(Substring(digits)))
    }
    return nil
  }

  /// Writes a text in one call; says whether it was taken.
  static func write(_ text: String, to path: String) -> Bool {
    let descriptor = unsafe open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    let file = Descriptor(owning: descriptor)
    return (try? file.write(Array(text.utf8))) != nil
  }
}
