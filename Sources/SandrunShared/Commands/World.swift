import CLinux
public import Files
public import Records

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// All that a command touches outside itself; a test puts its own in.
public struct World: Sendable {
  /// How much a tool tells people on stderr.
  public enum Verbosity: Sendable {
    case quiet, normal, verbose
  }

  /// The tool's name, as in messages.
  public var tool: String
  /// Standard input.
  public var input: any ByteSource
  /// Standard output: records and nothing else.
  public var output: any ByteSink
  /// Standard error: people.
  public var errors: any ByteSink
  /// The environment variables.
  public var environment: [String: String]
  /// What time it is.
  public var now: @Sendable () -> Timestamp
  /// Whether a signal asked to stop.
  public var interruption: Interruption
  /// How much to tell on stderr.
  public var verbosity: Verbosity = .normal

  /// A world made of parts.
  public init(
    tool: String, input: any ByteSource, output: any ByteSink, errors: any ByteSink,
    environment: [String: String], now: @escaping @Sendable () -> Timestamp,
    interruption: Interruption = .never
  ) {
    self.tool = tool
    self.input = input
    self.output = output
    self.errors = errors
    self.environment = environment
    self.now = now
    self.interruption = interruption
  }

  /// The process's own world; call it once, at the start.
  static func live(tool: String) -> World {
    occupyClosedStreams()
    // A parent that ignores SIGPIPE (Python's subprocess does) would turn `| head -1` into an error message.
    signal(SIGPIPE, SIG_DFL)
    let interruption = Interruption.install()
    return World(
      tool: tool, input: DescriptorSource(STDIN_FILENO, until: interruption),
      output: DescriptorSink(STDOUT_FILENO, named: "standard output"),
      errors: DescriptorSink(STDERR_FILENO, named: "standard error"),
      environment: variables(), now: systemTime, interruption: interruption)
  }

  /// Takes the places of standard streams that are closed with what can be neither read nor written.
  ///
  /// The next file that the tool opens would take them otherwise: it would wait for input from its own pipe, or write its records into
  /// the repository. As it is, reads and writes fail with `EBADF`, as they do on a closed descriptor.
  private static func occupyClosedStreams() {
    for stream in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO]
    where fcntl(stream, F_GETFD) == -1 && errno == EBADF {
      // The lowest number that is free: those below are taken by now. A job's own programs do not inherit it.
      _ = unsafe Glibc.open("/dev/null", (stream == STDIN_FILENO ? O_WRONLY : O_RDONLY) | O_CLOEXEC)
    }
  }

  private static func variables() -> [String: String] {
    var found: [String: String] = [:]
    var entry = unsafe environ
    while let text = unsafe entry.pointee {
      let variable = unsafe String(cString: text)
      if let equals = variable.firstIndex(of: "=") {
        found[String(variable[..<equals])] = String(variable[variable.index(after: equals)...])
      }
      unsafe entry += 1
    }
    return found
  }

  private static let systemTime: @Sendable () -> Timestamp = {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(seconds: time.tv_sec, nanoseconds: time.tv_nsec)
  }

  /// The user's own folders; 78 where `HOME` is missing.
  public var folders: UserFolders {
    get throws(Failure) {
      guard let folders = UserFolders(environment: environment) else {
        throw Failure(
          .configuration, "HOME is not set to an absolute path",
          hint: "set HOME, or XDG_DATA_HOME, XDG_STATE_HOME and XDG_CONFIG_HOME")
      }
      return folders
    }
  }

  // MARK: Talking to people

  /// Says that something failed, and what can be done: `sr-x: error: …`, `sr-x: hint: …`.
  public func report(_ failure: Failure) {
    say("error: \(failure.message)")
    if let hint = failure.hint { say("hint: \(hint)") }
  }

  /// Says what a user may want to know, unless `-q` was given.
  public func note(_ message: String) {
    if verbosity != .quiet { say(message) }
  }

  /// Says what helps to understand a run, where `-v` was given.
  public func detail(_ message: String) {
    if verbosity == .verbose { say(message) }
  }

  /// What moves the cursor, turns the direction of writing or breaks a line without showing.
  private static let unseen: [Unicode.GeneralCategory] = [
    .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned,
  ]

  private func say(_ message: String) {
    // One line a message, whatever a hostile record put into it: no newline, no terminal control.
    let clean = message.unicodeScalars.map { scalar in
      Self.unseen.contains(scalar.properties.generalCategory)
        ? "\\u{\(String(scalar.value, radix: 16))}" : String(scalar)
    }
    // Where even stderr is gone there is nobody left to tell.
    try? errors.write(Array("\(tool): \(clean.joined())\n".utf8))
  }
}
