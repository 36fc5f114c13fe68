import Commands
import Records
import Subprocess
import SystemPackage

/// A chain's program while it runs: it never outlives this process.
struct DevProcess: Sendable {
  private let program: DevProgram
  private let readiness: DevReadiness?
  private let world: World

  /// How long the program and its keeper may take to end once they are asked to.
  private static let grace = Duration.seconds(20)

  // Ends the program when its standard input does, which it does even where this process is killed; a program that
  // was not written for it would not notice.
  private static let keeper = """
    exec 3<&0
    "$@" </dev/null 3<&- &
    child=$!
    (
      read -r _ <&3
      kill "$child" 2>/dev/null
      for second in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
        kill -0 "$child" 2>/dev/null || exit
        sleep 1
      done
      kill -KILL "$child" 2>/dev/null
    ) >/dev/null 2>&1 &
    watch=$!
    wait "$child"
    status=$?
    kill "$watch" 2>/dev/null
    exit "$status"
    """

  init(_ program: DevProgram, _ options: DevOptions, in world: World) throws(Failure) {
    self.program = program
    readiness = try program.port.map { port throws(Failure) in
      try DevReadiness(port: port, options)
    }
    self.world = world
  }

  /// Runs the program until a signal asks for its end; `isReady` is called once, with the chain's own record.
  func run(
    isReady: @escaping @Sendable (JSONObject) throws(Failure) -> Void
  ) async throws(Failure) {
    let talk = DevTalk(program.name, in: world, isReady: isReady)
    var platform = PlatformOptions()
    // A terminal's Ctrl-C is for this process, which ends the other in order.
    platform.createSession = true
    var variables: [Environment.Key: String] = [:]
    for (name, value) in program.environment where !name.hasPrefix("SANDRUN_") {
      if let key = Environment.Key(rawValue: name) { variables[key] = value }
    }
    let status: TerminationStatus
    do {
      status = try await Subprocess.run(
        .path("/bin/sh"), arguments: Arguments(["-c", Self.keeper, "sh"] + program.words),
        environment: .custom(variables), platformOptions: platform, input: .inputWriter,
        output: .sequence, error: .sequence
      ) { execution in
        await withTaskGroup(of: Bool.self) { group in
          group.addTask {
            await talk.hear(record: execution.standardOutput, isExpected: readiness == nil)
            return true
          }
          group.addTask {
            await talk.hear(errors: execution.standardError, isShown: readiness == nil)
            return true
          }
          if let readiness {
            group.addTask {
              do throws(Failure) {
                talk.ready(try await readiness.chain())
              } catch {
                // Where the program ended, that is what there is to tell.
                if !Task.isCancelled { talk.stop(error) }
              }
              return false
            }
          }
          group.addTask {
            await talk.wait()
            // The keeper takes this as the word to end the program.
            try? await execution.standardInputWriter.finish()
            try? await Task.sleep(for: Self.grace)
            if !Task.isCancelled { try? execution.send(signal: .kill, toProcessGroup: true) }
            return false
          }
          // Both streams end with the program.
          var open = 2
          while open > 0, let isStream = await group.next() { open -= isStream ? 1 : 0 }
          group.cancelAll()
        }
      }.terminationStatus
    } catch {
      throw Failure(.unavailable, "cannot start \(program.name): \(error)")
    }
    try talk.judge(status)
  }
}
