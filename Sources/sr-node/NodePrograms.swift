import Commands
import NodeEngine
import Sandbox
import SystemPackage

/// The processes that a node starts for what must not be done where the key is: this same program, with other verbs.
struct NodePrograms {
  let node: NodeFolder
  let world: World

  /// Runs jobs.
  func worker(_ sandbox: SandboxKind) -> WorkerProgram {
    program(["work", "--sandbox", sandbox.rawValue, "--runs", node.path.appending("runs").string])
  }

  /// Unpacks archives.
  var unpacker: WorkerProgram { program(["unpack"]) }

  /// Tells what jobs find on this machine.
  var describer: WorkerProgram { program(["describe"]) }

  private func program(_ arguments: [String]) -> WorkerProgram {
    var arguments = arguments
    switch world.verbosity {
    case .quiet: arguments.append("--quiet")
    case .verbose: arguments.append("--verbose")
    case .normal: break
    }
    return WorkerProgram(
      path: "/proc/self/exe", name: world.tool, arguments: arguments,
      environment: world.environment.filter { Self.variables.contains($0.key) })
  }

  /// Named one by one: where a passphrase or a token is, some variable may tell.
  private static let variables: Set<String> = [
    "PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "TZ", "XDG_CONFIG_HOME", "XDG_DATA_HOME",
    "XDG_STATE_HOME",
  ]
}
