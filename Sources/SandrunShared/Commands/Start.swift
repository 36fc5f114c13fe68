public import ArgumentParser
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
  /// Each tool's `static func main()` calls this: left to itself `@main` picks ArgumentParser's own.
  public static func start() async -> Never {
    let world = World.live(tool: _commandName)
    let status = await start(Array(CommandLine.arguments.dropFirst()), in: world)
    if Interruption.signal != 0 { Interruption.die(of: Interruption.signal) }
    Glibc.exit(status.rawValue)
  }

  /// Parses arguments, runs the verb in a world, reports what failed and gives the status.
  public static func start(_ arguments: [String], in world: World) async -> Failure.Status {
    do throws(Failure) {
      return try await run(arguments, in: world)
    } catch {
      world.report(error)
      return error.status
    }
  }

  private static func run(
    _ arguments: [String], in world: World
  ) async throws(Failure) -> Failure.Status {
    var command: any ParsableCommand
    do {
      command = try await asyncParseAsRoot(arguments)
      if !(command is any Command) { try await runBuiltIn(&command) }
    } catch {
      return try answer(error, in: world)
    }
    guard let verb = command as? any Command else { return .done }
    var world = world
    world.verbosity = verb.common.verbosity
    return try await verb.run(in: world)
  }

  /// Runs what is no verb of ours: ArgumentParser's `help`, or a bare tool or group name.
  private static func runBuiltIn(_ command: inout any ParsableCommand) async throws {
    guard !type(of: command).configuration.subcommands.isEmpty else { return try command.run() }
    let names = type(of: command).configuration.subcommands.map { $0._commandName }
    throw ValidationError("a verb is missing: one of \(names.joined(separator: ", "))")
  }

  /// Help and version are errors to ArgumentParser, but answers to a user.
  private static func answer(_ error: any Error, in world: World) throws(Failure) -> Failure.Status
  {
    if exitCode(for: error) == .success {
      try world.output.write(Array((fullMessage(for: error) + "\n").utf8))
      return .done
    }
    let text = message(for: error)
    let first = text.prefix { $0 != "\n" }
    throw Failure(
      .usage, first.prefix(1).lowercased() + first.dropFirst(),
      hint: "see '\(_commandName) --help'")
  }
}
