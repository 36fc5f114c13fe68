import ArgumentParser
import Commands
import Ethereum
import Files
import Proofs
import Records
import Signing
import Synchronization
import SystemPackage

struct Build: StreamingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make a signed proof of each record's run, and add it to 'proofs'.",
    discussion: """
      Reads the trace that result.trace names, which must lie in our own state folder, and writes \
      proof.jsonl.zst beside it.
      """)

  @OptionGroup var key: KeyOptions
  @OptionGroup var stream: StreamOptions

  func run(in world: World) async throws(Failure) -> Failure.Status {
    let signer = SharedSigner(key, world)
    return try await pipeline(in: world).run { input, emitter throws(Failure) in
      try emitter.emit(try await build(input, signer, in: world))
    }
  }

  private func build(
    _ input: Record, _ signer: SharedSigner, in world: World
  ) async throws(Failure) -> Record {
    let record = try RunRecord(input)
    // A record that cannot take a proof is refused before anything is written.
    _ = try input.addingProof([:])
    guard let trace = record.result?["trace"] else {
      throw Failure(.data, "the record has no 'result.trace'", hint: "run 'sr-node exec' first")
    }
    let folders = try world.folders
    guard let found = trace.string.flatMap({ ProofLocation.openOwn($0, in: folders) }) else {
      throw Failure(
        .missingInput, "no trace of ours: \(trace)",
        hint: "'sr-node exec' leaves its traces in \(folders.state)")
    }
    defer { try? found.descriptor.close() }
    let name = Files.parent(of: found.path).appending("proof.jsonl.zst")
    let attestation = try await write(name, of: found, record, signer)
    world.detail("wrote \(name), trace root \(attestation.statement.traceRoot)")
    return try input.addingProof(attestation.entry(path: name.string))
  }

  /// Writes the whole proof under a temporary name; the key is unlocked meanwhile.
  private func write(
    _ name: FilePath, of trace: (descriptor: FileDescriptor, path: FilePath), _ record: RunRecord,
    _ signer: SharedSigner
  ) async throws(Failure) -> Attestation {
    try signer.requireKey()
    async let unlocked = signer.unlock()
    let file: NewFile
    do { file = try NewFile(at: name) } catch { throw Failure(.cannotCreate, "\(error)") }
    var writer = ProofWriter(file.descriptor, named: name)
    let facts: ProofTrace
    do {
      facts = try await writer.add(trace: trace.descriptor, named: trace.path)
    } catch {
      throw Failure(error, in: trace.path)
    }
    let attestation = try writer.attest(record, facts, signedBy: try await unlocked.get())
    do { try file.publish() } catch { throw Failure(.cannotCreate, "\(error)") }
    return attestation
  }
}

/// The key of a whole stream: asked for and unlocked once, when the first record needs it.
private final class SharedSigner: Sendable {
  private let options: KeyOptions
  private let world: World
  private let result = Mutex<Result<Signer, Failure>?>(nil)

  init(_ options: KeyOptions, _ world: World) {
    self.options = options
    self.world = world
  }

  /// Sees, before any work, that there is a key: 77 where there is none.
  func requireKey() throws(Failure) {
    do throws(Failure) {
      _ = try options.keystore(in: world)
    } catch {
      guard error.status == .missingInput else { throw error }
      throw Failure(.permission, error.message, hint: error.hint)
    }
  }

  func unlock() -> Result<Signer, Failure> {
    result.withLock { result in
      if let result { return result }
      let found: Result<Signer, Failure>
      do throws(Failure) {
        found = .success(try options.signer(in: world))
      } catch {
        found = .failure(error)
      }
      result = found
      return found
    }
  }
}
