internal import Subprocess
internal import SystemPackage

/// A server in Python from `Tests/Peers`, that lives as long as a test talks to it.
public struct Peer: Sendable {
  /// The port on 127.0.0.1 that it listens on.
  public let port: Int

  /// Why there is no peer to talk to.
  public enum Failure: Error {
    /// It did not say which port it listens on.
    case noPort(String?)
  }

  /// Starts the server, talks to it, and lets it end; what the talk brought, and the lines that the server printed.
  public static func run<Value: Sendable>(
    _ script: String, _ arguments: [String] = [], talk: (Peer) async throws -> Value
  ) async throws -> (value: Value, said: [String]) {
    let python = Vectors.checkout.appending(".venv/bin/python")
    let words = [Vectors.checkout.appending("Tests/Peers").appending(script).string] + arguments
    let result = try await Subprocess.run(
      .path(python), arguments: Arguments(words), input: .inputWriter, output: .sequence,
      error: .currentStandardError
    ) { execution in
      var lines = execution.standardOutput.strings().makeAsyncIterator()
      let outcome: Result<Value, any Error>
      do {
        let line = try await lines.next()
        guard let port = line.flatMap({ Int($0) }) else { throw Failure.noPort(line) }
        outcome = .success(try await talk(Peer(port: port)))
      } catch {
        outcome = .failure(error)
      }
      try await execution.standardInputWriter.finish()
      var said: [String] = []
      while let line = try await lines.next() { said.append(line) }
      return (try outcome.get(), said)
    }
    return result.closureResult
  }
}
