import Commands
import Files
import Hashing
import IPFS
import Marketplace
import Proofs
import Records
import Sandbox
import SystemPackage

/// The outputs of a job, stored: their folder's CID, and each file's facts.
struct JobOutputs: Sendable {
  var folder: CID?
  var files: [TraceOutput] = []

  var json: JSON {
    let files = files.map { file in
      JSON.object([
        "path": .string(file.path), "size": .integer(file.size),
        "sha256": .string(Hex.digits(file.sha256.bytes)), "cid": .string(file.cid),
      ])
    }
    return ["cid": folder.map { .string($0.description) } ?? .null, "files": .array(files)]
  }
}

extension JobRun {
  /// Takes the outputs out of the sandbox and stores them as one folder, with the default profile.
  func store(
    _ run: FinishedRun, of command: SandboxedCommand, _ staging: Staging,
    _ repository: Repository, _ ending: inout Ending
  ) throws(Failure) -> JobOutputs {
    let folder = staging.path.appending("outputs")
    do throws(FileError) { try Files.makeDirectories(folder) } catch {
      throw Failure(.cannotCreate, "\(error)")
    }
    let selection = OutputSelection(
      patterns: order.patterns, source: command.files, inputs: command.inputs.map(\.name),
      limit: command.limits.disk)
    let collected: CollectedOutputs
    do throws(SandboxError) {
      collected = try run.workspace.collect(selection, into: folder)
    } catch {
      switch error {
      case .filesTooLarge, .badFile:
        // The job's own doing: no error of this node, and no result to agree on.
        note("its outputs are not taken: \(Failure(error).message)")
        ending.refuse(.disk)
        return JobOutputs()
      default: throw Failure(error)
      }
    }
    for path in collected.skipped.prefix(10) {
      note("left out \(path)")
    }
    if collected.skipped.count > 10 {
      note("left out \(collected.skipped.count - 10) more")
    }
    var files = collected.files.map { ($0.path.string, folder.pushing($0.path)) }
    // The name stands for the stream, and nothing that a job writes may pass for it.
    if files.contains(where: { $0.0 == Job.standardOutput }) {
      note("left out its file \(Job.standardOutput)")
      files.removeAll { $0.0 == Job.standardOutput }
    }
    if order.keepsStandardOutput {
      files.append((Job.standardOutput, staging.path.appending("stdout")))
    }
    return try add(files, to: repository)
  }

  private func note(_ text: String) {
    if !isSealed { world.note("job \(order.job.id): \(text)") }
  }

  private func add(
    _ files: [(path: String, file: FilePath)], to repository: Repository
  ) throws(Failure) -> JobOutputs {
    let batch = repository.batch()
    let importer = Importer(into: batch)
    do throws(ImportError) {
      let (root, imported) = try importer.add(tree: files)
      var outputs = JobOutputs(folder: root.cid)
      for (file, content) in zip(files, imported) {
        outputs.files.append(
          TraceOutput(
            path: file.path, size: Int(content.size), sha256: try Self.digest(of: file.file),
            cid: content.cid.description))
      }
      do throws(RepositoryError) { try batch.commit() } catch {
        throw ImportError.repository(error)
      }
      return outputs
    } catch {
      throw Failure(error)
    }
  }

  private static func digest(of path: FilePath) throws(ImportError) -> Digest32 {
    var hasher = SHA256()
    do {
      let file = try FileDescriptor.open(path, .readOnly, options: [.noFollow, .closeOnExec])
      defer { try? file.close() }
      var buffer = [UInt8](repeating: 0, count: 1 << 18)
      while true {
        let count = try unsafe buffer.withUnsafeMutableBytes { try unsafe file.read(into: $0) }
        if count == 0 { return hasher.finish() }
        hasher.update(buffer.span.extracting(0..<count))
      }
    } catch {
      throw .file(FileError("read", path, error as? Errno ?? .ioError))
    }
  }
}
