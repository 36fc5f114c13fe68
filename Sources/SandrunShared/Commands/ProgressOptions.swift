public import ArgumentParser
public import Records

/// The options of a verb that may take long.
public struct ProgressOptions: ParsableArguments, Sendable {
  /// Where events go; none unless asked for.
  @Option(
    name: .customLong("progress"),
    help: "Append events of what is done to <file>, JSON Lines; - is stderr.",
    completion: .file())
  public var file: String?

  /// Made by ArgumentParser.
  public init() {}

  /// Refuses a name that can be no file's.
  public func validate() throws {
    if let file, file.isEmpty || file.utf8.contains(0) {
      throw ValidationError("--progress takes a path, or -")
    }
  }

  /// Starts to follow a verb's run; the caller ends it with `finish`.
  ///
  /// A verb that `writesBytes` and no records has no bar while standard output is a terminal: the two would mix.
  public func begin(
    _ verb: String, in world: World, writesBytes: Bool = false
  ) throws(Failure) -> Progress {
    let events: ProgressEvents? =
      switch file {
      case nil: nil
      case "-": ProgressEvents(world.errors, until: world.interruption)
      case let path?: try ProgressEvents(appendingTo: path)
      }
    let hasBar =
      world.verbosity != .quiet && file != "-" && world.environment["TERM"] != "dumb"
      && world.errors.columns != nil && !(writesBytes && world.output.columns != nil)
    return Progress(verb, in: world, bar: hasBar ? ProgressBar(world.errors) : nil, events)
  }
}
