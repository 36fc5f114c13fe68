public import ArgumentParser
public import Records

/// A verb of a tool: parsed by ArgumentParser, run in a world, ended by a status.
public protocol Command: AsyncParsableCommand, Sendable {
  /// The name by which a record's `error` remembers this verb: `add`, `key new`.
  static var verb: String { get }
  /// Whether a signal to stop is an end like any other, so that the verb's own status counts.
  static var endsBySignal: Bool { get }
  /// The options that are switched by `=true` and `=false`.
  static var switches: [String] { get }
  /// `-q` and `-v`.
  var common: CommonOptions { get }
  /// Does the work; what is thrown is reported and gives the status.
  func run(in world: World) async throws(Failure) -> Failure.Status
}

extension Command {
  /// The last word of the command's name, unless the verb says otherwise.
  public static var verb: String { _commandName }
  /// None.
  public static var switches: [String] { [] }
  /// The shell is to see the signal.
  public static var endsBySignal: Bool { false }
}

/// The options that every verb has.
public struct CommonOptions: ParsableArguments, Sendable {
  /// Whether messages other than errors are left out.
  @Flag(name: [.short, .long], help: "Say nothing on stderr but errors.")
  public var quiet = false

  /// Whether to explain on stderr what is done.
  @Flag(name: [.short, .long], help: "Explain on stderr what is done.")
  public var verbose = false

  /// Made by ArgumentParser.
  public init() {}

  /// Refuses both at once.
  public func validate() throws {
    if quiet && verbose { throw ValidationError("--quiet and --verbose exclude each other") }
  }

  var verbosity: World.Verbosity { quiet ? .quiet : verbose ? .verbose : .normal }
}

/// The options of every verb that takes a stream of records.
public struct StreamOptions: ParsableArguments, Sendable {
  /// How many records may be in hand at once.
  @Option(name: [.short, .long], help: "Work on up to <n> records at once.")
  public var jobs = 1

  /// Whether records leave as they are done.
  @Flag(help: "Let records out as they are done, not in the order of the input.")
  public var unordered = false

  /// Whether the first failure ends the reading.
  @Flag(help: "Read no more after the first failure; finish what is in hand.")
  public var failFast = false

  /// Whether the input's items end with NUL.
  @Flag(
    name: [.customShort("0"), .customLong("null")], help: "Input items end with NUL, not newline.")
  public var isNulSeparated = false

  /// `-q` and `-v`.
  @OptionGroup public var common: CommonOptions

  /// Made by ArgumentParser.
  public init() {}

  /// Refuses a senseless number of jobs.
  public func validate() throws {
    guard (1...1024).contains(jobs) else { throw ValidationError("--jobs takes 1 to 1024") }
  }
}
