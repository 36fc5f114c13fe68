public import ArgumentParser
import CLinux
import Dispatch
public import Records

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The entry of a tool: its verbs are its subcommands.
public protocol Tool: AsyncParsableCommand {}

extension Tool {
  /// Runs the tool on the process's own arguments and world, and ends the process.
  ///
  /// Each tool's `static func main()` calls this: left to itself `@main` picks ArgumentParser's own. It is not async,
  /// so that help, version and a wrong command line are answered before the concurrency runtime starts its threads.
  public static func start() -> Never {
    let world = World.live(tool: _commandName)
    let parsed: Parsed
    do throws(Failure) {
      try checkDescriptors()
      parsed = try parse(Arguments.ofProcess(), in: world)
    } catch {
      world.report(error)
      Glibc.exit(error.status.rawValue)
    }
    guard case .verb(let verb) = parsed else { Glibc.exit(Failure.Status.done.rawValue) }
    // The root of all structured tasks; the main thread has nothing else to do.
    Task {
      let status = await finish(verb, in: world)
      if Interruption.signal != 0, !type(of: verb).endsBySignal {
        Interruption.die(of: Interruption.signal)
      }
      Glibc.exit(status.rawValue)
    }
    dispatchMain()
  }

  /// Throws 74 where so few files may be open that the runtime itself could not go on; the C function is `getrlimit`.
  private static func checkDescriptors() throws(Failure) {
    var limit = rlimit()
    guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    guard limit.rlim_cur >= 16 else {
      throw Failure(
        .io, "no more than \(limit.rlim_cur) files may be open at once, which is too few",
        hint: "raise the limit: ulimit -n 1024")
    }
  }

  /// Parses arguments, runs the verb in a world, reports what failed and gives the status.
  public static func start(_ arguments: [String], in world: World) async -> Failure.Status {
    do throws(Failure) {
      guard case .verb(let verb) = try parse(arguments, in: world) else { return .done }
      return await finish(verb, in: world)
    } catch {
      world.report(error)
      return error.status
    }
  }

  private static func finish(_ verb: any Command, in world: World) async -> Failure.Status {
    var world = world
    world.verbosity = verb.common.verbosity
    do throws(Failure) {
      return try await verb.run(in: world)
    } catch {
      world.report(error)
      return error.status
    }
  }

  /// Finds the verb, or answers what was asked of the tool itself.
  private static func parse(
    _ arguments: [String], in world: World
  ) throws(Failure) -> Parsed {
    do {
      var command = try parseAsRoot(NegativeNumbers.marked(arguments))
      if let verb = command as? any Command {
        try Switches.check(type(of: verb).switches, in: arguments)
        return .verb(verb)
      }
      try runBuiltIn(&command)
      return .answered
    } catch {
      try answer(error, to: arguments, in: world)
      return .answered
    }
  }

  /// Runs what is no verb of ours: ArgumentParser's `help`, or a bare tool or group name.
  private static func runBuiltIn(_ command: inout any ParsableCommand) throws {
    let subcommands = type(of: command).configuration.subcommands
    guard !subcommands.isEmpty else { return try command.run() }
    // Those that are no user's business are not told.
    let names = subcommands.filter { $0.configuration.shouldDisplay }.map { $0._commandName }
      .joined(separator: ", ")
    throw ValidationError("a verb is missing: one of \(names)")
  }

  /// Help and version are errors to ArgumentParser, but answers to a user.
  private static func answer(
    _ error: any Error, to words: [String], in world: World
  ) throws(Failure) {
    if exitCode(for: error) == .success {
      return try world.output.write(Array((fullMessage(for: error) + "\n").utf8))
    }
    let text = NegativeNumbers.told(message(for: error), of: words)
    if text.hasPrefix("Unexpected argument"), let unknown = unknownVerb(words) {
      throw Failure(
        .usage, unknown.message,
        hint: unknown.meant.map { "did you mean '\($0)'?" } ?? hint(in: fullMessage(for: error)))
    }
    let first = text.prefix { $0 != "\n" }
    throw Failure(
      .usage, first.prefix(1).lowercased() + first.dropFirst(),
      hint: hint(in: fullMessage(for: error)))
  }
}

extension Tool {
  /// ArgumentParser's last line knows which verb's help would help.
  fileprivate static func hint(in text: String) -> String {
    let line = text.split(separator: "\n").last { $0.contains("See '") }
    let quoted = line?.split(separator: "'").dropFirst().first
    return "see '\(quoted ?? "\(_commandName) --help")'"
  }
}

private enum Parsed {
  case verb(any Command)
  case answered
}
