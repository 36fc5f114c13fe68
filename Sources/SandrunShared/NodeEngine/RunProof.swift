internal import Ethereum
internal import Files
internal import IPFS
internal import Proofs
internal import Records
internal import SystemPackage

/// The proof of a run, made of the trace that the worker left in the run's folder.
struct RunProof {
  let folder: FilePath

  /// The trace's name in the folder.
  static let trace: FilePath.Component = "trace.jsonl.zst"

  /// Makes the proof and adds it to content, which the caller commits.
  func make(
    of record: RunRecord, signedBy signer: Signer, into batch: Batch
  ) throws(Failure) -> (Attestation, CID) {
    let path = folder.appending(Self.trace)
    let trace: FileDescriptor
    do {
      trace = try FileDescriptor.open(path, .readOnly, options: [.noFollow, .closeOnExec])
    } catch {
      throw Failure(.internalError, "the worker left no trace: \(error)")
    }
    defer { try? trace.close() }
    let name = folder.appending("proof.jsonl.zst")
    let file: FileDescriptor
    do {
      file = try FileDescriptor.open(
        name, .readWrite, options: [.create, .truncate, .closeOnExec],
        permissions: .ownerReadWrite)
    } catch {
      throw Failure(.cannotCreate, "\(FileError("create", name, error as? Errno ?? .ioError))")
    }
    defer { try? file.close() }
    var writer = ProofWriter(file, named: name)
    let facts: ProofTrace
    do throws(ProofError) { facts = try writer.addInTurn(trace: trace, named: path) } catch {
      throw Failure(error, in: path)
    }
    // Its bytes go into the content, and are synced there.
    let attestation = try writer.attest(record, facts, signedBy: signer, isSynced: false)
    do throws(ImportError) {
      return (attestation, try Importer(into: batch).add(file: name).cid)
    } catch {
      throw Failure(.io, "\(error)")
    }
  }
}
