import Records

/// The words of a command line.
enum Arguments {
  /// The process's own, without the tool's name; 64 where one is not UTF-8.
  ///
  /// `CommandLine.arguments` puts U+FFFD in place of such bytes, and what is signed or sent would not be what was typed.
  static func ofProcess() throws(Failure) -> [String] {
    var words: [String] = []
    // The first is the tool's name; a program may be started without even that.
    for index in 0..<Int(CommandLine.argc) {
      guard let bytes = unsafe CommandLine.unsafeArgv[index] else { break }
      guard let word = unsafe String(validatingCString: bytes) else {
        // A name that cannot be read is nobody's mistake here, and is not used.
        guard index > 0 else { continue }
        throw Failure(.usage, "argument \(index) is not UTF-8")
      }
      if index > 0 { words.append(word) }
    }
    return words
  }
}

/// A verb with words that may be negative numbers, read by `numbersShown`.
///
/// ArgumentParser takes `-10` for the options `-1` and `-0`, of which the second exists.
public protocol TakesNumbers: Command {}

extension [String] {
  /// No word of a command line has it.
  private static var mark: Character { "\u{0}" }

  /// The words with a mark before those that are negative numbers; nil where there are none.
  ///
  /// What follows an option may be its value, and is left alone.
  var numbersHidden: [String]? {
    var hidden = self
    for (index, word) in enumerated() {
      if word == "--" { break }
      let digits = word.utf8.dropFirst()
      guard word.hasPrefix("-"), let first = digits.first, first != UInt8(ascii: "0"),
        digits.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }),
        index > 0,
        !self[index - 1].hasPrefix("-") || self[index - 1].dropFirst().allSatisfy(\.isNumber)
      else { continue }
      hidden[index] = "\(Self.mark)\(word)"
    }
    return hidden == self ? nil : hidden
  }

  /// The words as they were typed.
  public var numbersShown: [String] {
    map { $0.first == Self.mark ? String($0.dropFirst()) : $0 }
  }
}
