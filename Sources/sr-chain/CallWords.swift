import ArgumentParser

/// The words of the one call that a verb may be given in place of records.
struct CallWords: ParsableArguments {
  @Argument(
    parsing: .allUnrecognized,
    help: "One call: whom, then a function's signature and arguments; else records.")
  var words: [String] = []

  func validate() throws { _ = try words.arguments() }

  /// The words; none where records are read.
  var call: [String] { (try? words.arguments()) ?? [] }
}
