import ArgumentParser
import Commands

/// Words of a command line that are arguments of a contract, among them negative numbers.
///
/// They are parsed as `.allUnrecognized`, so that a marked number is one, and options that do not exist come here too.
extension [String] {
  /// The words without a `--`; in front of it, what begins with a dash and is no number is refused as an option.
  func arguments() throws -> [String] {
    var words: [String] = []
    for (index, word) in enumerated() {
      if word == "--" { return words + self[(index + 1)...] }
      let plain = NegativeNumbers.plain(word)
      guard plain != word || !word.hasPrefix("-") || word == "-" else {
        throw ValidationError("Unknown option '\(word)'; what is no option goes behind --")
      }
      words.append(plain)
    }
    return words
  }
}
