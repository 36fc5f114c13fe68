/// Numbers below zero among the words of a command line.
///
/// ArgumentParser takes `-10` for the short options -1 and -0, and obeys those of them that exist. So such a word is
/// marked before it parses, as a long option that nobody can type: no argument of a process holds a NUL.
public enum NegativeNumbers {
  private static let mark = "--\u{0}"

  /// The words, those marked that are negative numbers; behind `--` none is touched.
  static func marked(_ words: [String]) -> [String] {
    let end = words.firstIndex(of: "--") ?? words.endIndex
    return words[..<end].map { isNumber($0) ? mark + $0 : $0 } + words[end...]
  }

  /// The word as it was typed.
  public static func plain(_ word: String) -> String {
    word.hasPrefix(mark) ? String(word.unicodeScalars.dropFirst(mark.unicodeScalars.count)) : word
  }

  /// A message of the parser as it would be had nothing been marked; an option that got such a number is told which.
  static func told(_ message: String, of words: [String]) -> String {
    let message = String(String.UnicodeScalarView(message.unicodeScalars.filter { $0 != "\u{0}" }))
      .replacing("'---", with: "'-")
    guard message.hasPrefix("Missing value for '"),
      let name = message.split(separator: "'").dropFirst().first
    else { return message }
    let option = name.prefix { $0 != " " }
    let value = zip(words, words.dropFirst()).first { $0 == option && isNumber($1) }?.1
    return value.map { "'\($0)' is no value for '\(name)'" } ?? message
  }

  /// Whether a word is a number rather than short options: of those one is a digit, -0.
  private static func isNumber(_ word: String) -> Bool {
    let digits = word.utf8.dropFirst()
    guard word.hasPrefix("-"), let first = digits.first, first &- 0x30 < 10, word != "-0" else {
      return false
    }
    if word.hasPrefix("-0x") { return digits.dropFirst(2).allSatisfy(isHexadecimal) }
    return digits.allSatisfy { $0 &- 0x30 < 10 || $0 == UInt8(ascii: ".") }
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    byte &- 0x30 < 10 || (byte | 0x20) &- UInt8(ascii: "a") < 6
  }
}
