internal import Files
internal import Glibc
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
    var token: [UInt8]?
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

  deinit {
    held.withLock { held in
      guard var bytes = held.token.take() else { return }
      Self.wipe(&bytes)
    }
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
      case .file(let path): bytes = try Self.read(path, for: service)
      case .command(let command): bytes = try await run(command, for: service)
      }
      defer { Self.wipe(&bytes) }
      var token = Array(bytes.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") })
      // RFC 6750: what can neither end a header field nor start another.
      guard !token.isEmpty, token.allSatisfy({ (0x21...0x7e).contains($0) }) else {
        Self.wipe(&token)
        throw Failure(
          .configuration, "what \(place) gives as the token of \(service) is none",
          code: "bad-token", hint: "a token is one line of visible ASCII characters")
      }
      held.withLock { $0.token = token }
      return nil
    } catch {
      return error
    }
  }

  /// The token; empty before it was read.
  var text: String { held.withLock { String(decoding: $0.token ?? [], as: UTF8.self) } }

  // MARK: A file

  private static func read(_ path: String, for service: String) throws(Failure) -> [UInt8] {
    let named = FilePath(path)
    do {
      let descriptor = try FileDescriptor.open(named, .readOnly, options: [.closeOnExec])
      defer { try? descriptor.close() }
      var status = stat()
      guard unsafe fstat(descriptor.rawValue, &status) == 0 else { throw Errno(rawValue: errno) }
      if status.st_mode & S_IFMT == S_IFREG, status.st_mode & 0o077 != 0 {
        throw Failure(
          .permission,
          "others than its owner may use \(path), the token of \(service): its mode is 0\(String(status.st_mode & 0o777, radix: 8))",
          code: "exposed-token", hint: "chmod 600 \(path), and have the service make a new token")
      }
      return try Files.read(descriptor, named: named, limit: limit)
    } catch let failure as Failure {
      throw failure
    } catch let error as FileError {
      throw Failure(.configuration, "cannot read the token of \(service): \(error)")
    } catch {
      let errno = error as? Errno ?? .ioError
      throw Failure(
        errno == .permissionDenied ? .permission : .configuration,
        "cannot read the token of \(service) from \(path): \(errno)", code: "no-token")
    }
  }

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

  private static func wipe(_ bytes: inout [UInt8]) {
    unsafe bytes.withUnsafeMutableBytes { bytes in
      if let base = bytes.baseAddress { unsafe explicit_bzero(base, bytes.count) }
    }
  }
}
