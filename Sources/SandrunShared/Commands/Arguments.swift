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
