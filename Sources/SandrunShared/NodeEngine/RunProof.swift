internal import Ethereum
internal import Files
internal import IPFS
internal import Proofs
internal import Records
internal import SystemPackage

/// Why no proof was made of a run, and what is to be done about it.
struct RunProofError: Error {
  enum Blame {
    /// It will be the same each time.
    case job
    /// The machine lacks something that it may have later: room, descriptors, memory.
    case machine
    /// A device that fails, or only what this job left on it.
    case unclear
  }

  var blame: Blame
  var message: String

  init(_ blame: Blame, _ message: String) {
    self.blame = blame
    self.message = message
  }

  init(_ error: FileError) {
    let blame: Blame =
      switch error.errno {
      case .noSpace, .diskQuotaExceeded, .tooManyOpenFiles, .tooManyOpenFilesInSystem, .noMemory,
        .resourceTemporarilyUnavailable, .interrupted:
        .machine
      case .noSuchFileOrDirectory, .notDirectory, .tooManySymbolicLinkLevels: .job
      default: .unclear
      }
    self.init(blame, "\(error)")
  }

  init(_ error: ProofError, in path: FilePath) {
    if case .file(let error) = error {
      self.init(error)
    } else {
      self.init(.job, Failure(error, in: path).message)
    }
  }

  init(_ error: ImportError) {
    switch error {
    case .file(let error): self.init(error)
    // The commit of all says the same, and all wait for it.
    case .repository: self.init(.machine, "\(error)")
    default: self.init(.unclear, "\(error)")
    }
  }
}

/// The proof of a run, made of the trace that the worker left in the run's folder.
struct RunProof {
  let folder: FilePath

  /// The trace's name in the folder.
  static let trace: FilePath.Component = "trace.jsonl.zst"

  /// Makes the proof and adds it to content, which the caller commits.
  func make(
    of record: RunRecord, signedBy signer: Signer, into batch: Batch
  ) throws(RunProofError) -> (Attestation, CID) {
    let path = folder.appending(Self.trace)
    let trace: FileDescriptor
    do {
      trace = try FileDescriptor.open(path, .readOnly, options: [.noFollow, .closeOnExec])
    } catch {
      throw RunProofError(FileError("open", path, error as? Errno ?? .ioError))
    }
    defer { try? trace.close() }
    let name = folder.appending("proof.jsonl.zst")
    let file: FileDescriptor
    do {
      file = try FileDescriptor.open(
        name, .readWrite, options: [.create, .truncate, .closeOnExec],
        permissions: .ownerReadWrite)
    } catch {
      throw RunProofError(FileError("create", name, error as? Errno ?? .ioError))
    }
    defer { try? file.close() }
    var writer = ProofWriter(file, named: name)
    let facts: ProofTrace
    do throws(ProofError) { facts = try writer.addInTurn(trace: trace, named: path) } catch {
      throw RunProofError(error, in: path)
    }
    let attestation: Attestation
    do throws(Failure) { attestation = try Attestation(record, facts, signedBy: signer) } catch {
      throw RunProofError(.job, error.message)
    }
    // Its bytes go into the content, and are synced there.
    do throws(ProofError) {
      try writer.finish(attestation: attestation.line, isSynced: false)
    } catch {
      throw RunProofError(error, in: name)
    }
    do throws(ImportError) {
      return (attestation, try Importer(into: batch).add(file: name).cid)
    } catch {
      throw RunProofError(error)
    }
  }
}
