import Glibc
import SystemPackage

/// Runs commands on this machine, each apart from it and from the others.
public struct Executor: Sendable {
  /// How a command is kept apart.
  public let kind: SandboxKind
  /// Who holds it to its limits.
  public let enforcement: Enforcement
  /// The PATH on which interpreters are looked for.
  public let path: String
  let bubblewrap: String
  let setpriv: String

  /// Finds the programs that the sandbox needs on a PATH; throws `programMissing` where one is not there.
  public init(
    kind: SandboxKind = .bubblewrap, path: String, enforcement: Enforcement = .automatic
  ) throws(SandboxError) {
    self.kind = kind
    self.path = path
    self.enforcement = enforcement
    bubblewrap = try kind == .none ? "" : Self.needed("bwrap", path)
    setpriv = try kind == .none || geteuid() != 0 ? "" : Self.needed("setpriv", path)
  }

  private static func needed(_ name: String, _ path: String) throws(SandboxError) -> String {
    guard let found = HostProgram.onPath(name, path) else { throw .programMissing(name) }
    return found
  }

  /// Runs one command to its end and hands back how it ended and the working directory it left.
  ///
  /// Blocks its thread, which must be the one that lives on until then: the command dies with it. `onEvent` is called
  /// on the same thread. Files and inputs must lie in the staging folder, or, for an ordinary user, anywhere that
  /// user can read. A command that fails is a result; what is thrown means that it never ran.
  public func run(
    _ command: SandboxedCommand, in staging: Staging, until cancellation: Cancellation,
    onEvent: (SandboxEvent) -> Void
  ) throws(SandboxError) -> FinishedRun {
    if command.gpus && !GPUDevices.isPresent { throw .noGPU }
    do throws(SandboxError) {
      let run = try Run(command, by: self, in: staging, until: cancellation)
      return try run.perform(onEvent)
    } catch {
      guard error == Run.groupRefused else { throw error }
      let other = try Executor(kind: kind, path: path, enforcement: .resourceLimits)
      let run = try Run(command, by: other, in: staging, until: cancellation)
      return try run.perform(onEvent)
    }
  }

  /// The environment of every command, before what it asks for itself.
  static func environment(home: String, temporary: String, path: String) -> [String: String] {
    [
      "PATH": path, "HOME": home, "TMPDIR": temporary, "USER": "sandrun", "LOGNAME": "sandrun",
      "LC_ALL": "C.UTF-8", "TZ": "UTC", "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1",
    ]
  }
}

/// A run that is over: how it ended, and the files it left.
public struct FinishedRun: Sendable {
  /// How it ended.
  public var outcome: Outcome
  /// The working directory; it is gone when this is let go.
  public var workspace: Workspace
}
