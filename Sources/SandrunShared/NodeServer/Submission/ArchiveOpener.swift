internal import HTTPTypes
internal import NodeEngine
internal import Records
internal import Subprocess
internal import SystemPackage

/// Unpacks an archive in a process of its own, which holds nothing that is worth having.
struct ArchiveOpener: Sendable {
  let program: WorkerProgram
  let maxBytes: Int
  let maxFiles: Int

  /// Unpacks into a folder that is not there yet.
  func open(_ archive: FilePath, named name: String, into folder: FilePath) async throws {
    let arguments =
      program.arguments + [
        "--max-bytes", "\(maxBytes)", "--max-files", "\(maxFiles)", archive.string, folder.string,
      ]
    var environment: [Environment.Key: String] = [:]
    for (name, value) in program.environment {
      environment[Environment.Key(stringLiteral: name)] = value
    }
    let result = try await Subprocess.run(
      .path(program.path), arguments: Arguments(arguments), environment: .custom(environment),
      input: .none, output: .string(limit: 64 << 10), error: .discarded)
    if case .exited(0) = result.terminationStatus { return }
    let answer = try? JSON(parsing: Array(result.standardOutput.utf8))
    if answer?["full"]?.boolean == true { throw RequestError.diskFull }
    guard let reason = answer?["refused"]?.string else {
      // It died: of a limit, or of what the archive did to it. The archive is the one to blame.
      throw RequestError(
        .badRequest, "the archive cannot be unpacked", details: name)
    }
    throw RequestError(.badRequest, "the archive is refused", details: "\(name): \(reason)")
  }
}
