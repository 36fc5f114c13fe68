import ArgumentParser
import Commands
import Records
import Sandbox

/// How jobs are kept apart from the machine: an option of every verb that runs some.
struct ConfinementOptions: ParsableArguments {
  @Option(help: "How to confine jobs: bubblewrap, or none for jobs that are trusted.")
  var sandbox: String?

  func validate() throws {
    guard sandbox.map({ SandboxKind(rawValue: $0) != nil }) ?? true else {
      throw ValidationError("--sandbox takes \(SandboxKind.names)")
    }
  }

  /// The executor that the flag, the environment or the configuration names.
  func executor(in world: World) throws(Failure) -> Executor {
    let name = try world.setting(.sandbox, flag: sandbox) ?? SandboxKind.bubblewrap.rawValue
    guard let kind = SandboxKind(rawValue: name) else {
      throw Failure(
        .configuration, "the sandbox is set to \(JSON.string(name).text)",
        hint: "it is one of \(SandboxKind.names)")
    }
    do {
      return try Executor(kind: kind, path: world.environment["PATH"] ?? "")
    } catch {
      throw Failure(error)
    }
  }
}

extension SandboxKind {
  static let names = allCases.map(\.rawValue).joined(separator: ", ")
}
