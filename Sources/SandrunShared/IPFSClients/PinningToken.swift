internal import Records
internal import Subprocess
internal import Synchronization
internal import SystemPackage

/// Where a service's token comes from: a file or a command, never an argument.
///
/// It is read when it is first needed, and wiped with the last reference; nothing prints it.
public final class PinningToken: Sendable {
  /// The two ways in.
  public enum Source: Sendable {
    /// The first line of a file that nobody else can read, or of a descriptor: `/dev/fd/3`.
    case file(String)
    /// The first line that a shell's command prints.
    case command(String)
  }

  private struct Held {
    var token: Secret?
    var reading: Task<Failure?, Never>?
  }

  /// The longest token.
  static let limit = 16 << 10
  /// How long a command may take, a person's answer to it included.
  private static let commandTime = Duration.seconds(120)

  /// Where it comes from.
  public let source: Source
  private let environment: [String: String]
  private let held = Mutex(Held())

  /// A token that is read later.
  public init(_ source: Source, environment: [String: String]) {
    self.source = source
    self.environment = environment
  }

  /// What to call the source in messages; a command may hold secrets itself.
  public var place: String {
    switch source {
    case .file(let path): path
    case .command: "its command"
    }
  }

  /// Reads it where that was not done yet, once however many ask at a time; 75, 77 or 78.
  func prepare(for service: String) async throws(Failure) {
    let reading = held.withLock { held -> Task<Failure?, Never>? in
      guard held.token == nil else { return nil }
      if let reading = held.reading { return reading }
      let reading = Task { await self.load(for: service) }
      held.reading = reading
      return reading
    }
    guard let reading else { return }
    let failure = await withTaskCancellationHandler {
      await reading.value
    } onCancel: {
      reading.cancel()
    }
    // A later call may fare better.
    held.withLock { $0.reading = nil }
    if let failure { throw failure }
  }

  private func load(for service: String) async -> Failure? {
    do throws(Failure) {
      var bytes: [UInt8]
      switch source {
      case .file(let path):
        bytes = try Secret.read(
          FilePath(path), limit: Self.limit, as: Secret.Name(noun: "token", whose: "of \(service)"))
      case .command(let command): bytes = try await run(command, for: service)
      }
      defer { Secret.wipe(&bytes) }
      var token = Array(bytes.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") })
      // RFC 6750: what can neither end a header field nor start another.
      guard !token.isEmpty, token.allSatisfy({ (0x21...0x7e).contains($0) }) else {
        Secret.wipe(&token)
        throw Failure(
          .configuration, "what \(place) gives as the token of \(service) is none",
          code: "bad-token", hint: "a token is one line of visible ASCII characters")
      }
      let secret = Secret(&token)
      held.withLock { $0.token = secret }
      return nil
    } catch {
      return error
    }
  }

  /// The token; empty before it was read.
  var text: String { held.withLock { $0.token?.text ?? "" } }

  // MARK: A command

  private func run(_ command: String, for service: String) async throws(Failure) -> [UInt8] {
    var variables: [Environment.Key: String] = [:]
    for (name, value) in environment {
      if let key = Environment.Key(rawValue: name) { variables[key] = value }
    }
    var platform = PlatformOptions()
    platform.teardownSequence = [
      .send(signal: .terminate, allowedDurationToNextStep: .seconds(1))
    ]
    let (settings, shell) = (Environment.custom(variables), platform)
    let result = await withTaskGroup(of: Result<[UInt8], Failure>?.self) { group in
      group.addTask { await Self.output(of: command, settings, shell, for: service) }
      group.addTask {
        try? await Task.sleep(for: Self.commandTime)
        return nil
      }
      let first = await group.next() ?? nil
      group.cancelAll()
      await group.waitForAll()
      return first
    }
    guard let result else {
      throw Failure(
        .temporary, "the command for the token of \(service) gave none in time", code: "no-token")
    }
    return try result.get()
  }

  private static func output(
    of command: String, _ environment: Environment, _ platform: PlatformOptions, for service: String
  ) async -> Result<[UInt8], Failure> {
    do {
      let result = try await Subprocess.run(
        .path("/bin/sh"), arguments: ["-c", command], environment: environment,
        platformOptions: platform, input: .none, output: .bytes(limit: limit),
        error: .currentStandardError)
      guard result.terminationStatus.isSuccess else {
        return .failure(
          Failure(
            .permission, "the command for the token of \(service) failed", code: "no-token"))
      }
      return .success(result.standardOutput)
    } catch {
      return .failure(
        Failure(
          .configuration, "the command for the token of \(service) cannot be run, or says too much",
          code: "no-token"))
    }
  }
}
