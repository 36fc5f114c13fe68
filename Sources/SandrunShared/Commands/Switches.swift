import ArgumentParser

/// Options such as `--pin`, `--pin=true` and `--pin=false`.
///
/// ArgumentParser takes one whose value it cannot read for one without a value, so that `--pin=no` would mean yes.
enum Switches {
  /// Throws where one of them has a value that is neither; the words behind `--` are operands.
  static func check(_ names: [String], in words: [String]) throws {
    for word in words.prefix(while: { $0 != "--" }) {
      guard let mark = word.firstIndex(of: "="), names.contains(String(word[..<mark])) else {
        continue
      }
      guard ["true", "false"].contains(word[word.index(after: mark)...]) else {
        throw ValidationError("\(word[..<mark]) takes =true or =false, not \(word[mark...])")
      }
    }
  }
}
