import Commands
import Records
import Subprocess
import SystemPackage

/// The program git, run where nothing of the caller's own repositories reaches it and nothing asks a person.
struct Git {
  private let world: World
  private let environment: Environment

  /// What one run of git said.
  struct Answer: Sendable {
    var isSuccess: Bool
    var output: String
    var errors: String

    /// The first line that tells why it failed.
    var reason: String {
      let lines = errors.split(separator: "\n").map(String.init)
      let told = lines.first { line in
        !line.lowercased().hasPrefix("warning:") && !line.hasPrefix("Cloning into")
      }
      guard let told else { return "no reason given" }
      return told.hasPrefix("fatal: ") ? String(told.dropFirst("fatal: ".count)) : told
    }
  }

  /// What stays of the caller's `GIT_…` variables: how a server is reached, never which repository or configuration.
  private static func isKept(_ name: String) -> Bool {
    !name.hasPrefix("GIT_") || name.hasPrefix("GIT_SSL_")
      || ["GIT_SSH_COMMAND", "GIT_SSH", "GIT_SSH_VARIANT", "GIT_ASKPASS", "GIT_PROXY_COMMAND"]
        .contains(name)
  }

  /// Takes the environment of the world; one that is to speak ssh has it ask nothing.
  init(for url: String, in world: World) async throws(Failure) {
    var variables = world.environment.filter { Self.isKept($0.key) }
    variables["GIT_ALLOW_PROTOCOL"] = "https:ssh:file"
    variables["GIT_TERMINAL_PROMPT"] = "0"
    variables["GIT_LFS_SKIP_SMUDGE"] = "1"
    // Its messages are read for what went wrong.
    variables["LC_ALL"] = "C"
    let asIs = Git(world: world, variables)
    if url.hasPrefix("ssh:"), variables["GIT_SSH_COMMAND"] == nil, variables["GIT_SSH"] == nil,
      // The variable would beat what the user has configured.
      try await !asIs.run(["config", "--get", "core.sshCommand"]).isSuccess
    {
      variables["GIT_SSH_COMMAND"] = "ssh -o BatchMode=yes"
    }
    self.init(world: world, variables)
  }

  private init(world: World, _ variables: [String: String]) {
    self.world = world
    var pairs: [Environment.Key: String] = [:]
    for (name, value) in variables {
      if let key = Environment.Key(rawValue: name) { pairs[key] = value }
    }
    environment = .custom(pairs)
  }

  private enum Event: Sendable {
    case ended(Result<Answer, Failure>)
    case interrupted
  }

  /// Runs git to its end; a request to stop kills it with all that it started.
  func run(_ arguments: [String]) async throws(Failure) -> Answer {
    let (environment, interruption) = (environment, world.interruption)
    let event = await withTaskGroup(of: Event.self) { group in
      group.addTask { .ended(await Self.execute(arguments, environment)) }
      group.addTask {
        while !Task.isCancelled, !interruption.isRequested {
          try? await Task.sleep(for: .milliseconds(50))
        }
        return .interrupted
      }
      let first = await group.next()
      group.cancelAll()
      await group.waitForAll()
      return first ?? .interrupted
    }
    switch event {
    case .ended(let result): return try result.get()
    case .interrupted:
      throw Failure(
        .temporary, "interrupted while git was at work", code: "interrupted", isRetryable: false)
    }
  }

  private static func execute(
    _ arguments: [String], _ environment: Environment
  ) async -> Result<Answer, Failure> {
    var platform = PlatformOptions()
    // A session of its own has no terminal to ask at, and is one process group to kill.
    platform.createSession = true
    platform.teardownSequence = [
      .send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .seconds(1))
    ]
    let settings = [
      "core.hooksPath=/dev/null", "submodule.recurse=false", "http.lowSpeedLimit=1000",
      "http.lowSpeedTime=60",
    ]
    do {
      let result = try await Subprocess.run(
        .name("git"), arguments: Arguments(settings.flatMap { ["-c", $0] } + arguments),
        environment: environment, platformOptions: platform, output: .string(limit: 1 << 20),
        error: .string(limit: 1 << 20))
      return .success(
        Answer(
          isSuccess: result.terminationStatus.isSuccess, output: result.standardOutput,
          errors: result.standardError))
    } catch let error as SubprocessError where error.code == .executableNotFound {
      return .failure(
        Failure(.unavailable, "git is not on PATH", hint: "install git", isRetryable: false))
    } catch {
      return .failure(Failure(.unavailable, "cannot run git: \(error)", isRetryable: false))
    }
  }
}
