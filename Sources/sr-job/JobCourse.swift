import Commands
import EscrowedJobs
import IPFS
import Marketplace
import MarketplaceClient
import NodeClient
import Proofs
import Records
import SystemPackage

/// The stages of `run`, one after the other; each is done once, whenever the record is fed again.
struct JobCourse: Sendable {
  /// What comes of a job: the record, and the status that it stands for.
  typealias End = (record: Record, status: Failure.Status)

  let nodes: Nodes
  let escrowed: EscrowedJobs
  let parts: MarketParts
  let choice: JobPosting.Choice
  let draws: Bool
  let output: FilePath?
  let world: World

  /// All of it.
  func run(
    _ input: Record, _ emitter: Emitter, _ progress: JobProgress
  ) async throws(Failure) -> End {
    guard let object = try input.object("job") else {
      throw Failure(.data, "the record has no 'job'", hint: "make one with 'sr-job new'")
    }
    let job: Job
    do throws(JobError) { job = try Job(object) } catch { throw Failure(.data, "\(error)") }
    let record = try added(input)
    progress.reached(record)
    if job.payment != nil || record.has("escrow") {
      return try await paid(record, emitter, progress)
    }
    return try await unpaid(record, progress)
  }

  private func unpaid(_ input: Record, _ progress: JobProgress) async throws(Failure) -> End {
    guard !parts.sender.isDryRun else {
      world.note("would post nothing: the job has no payment")
      return (input, .done)
    }
    var record = input
    if !record.has("run") {
      record = try await nodes.submit(record, demanding: nil, packing: Archive(in: world).pack)
      progress.reached(record)
    }
    record = try await nodes.wait(for: record)
    progress.reached(record)
    record = try verified(record)
    progress.reached(record)
    let status = record.verdictStatus
    guard status == .done else {
      throw Failure(
        status, "the proof of the result does not hold", code: "verdict-no",
        hint: "'sr-proof verify' tells each check", isRetryable: status == .missingInput)
    }
    return try await fetched(record)
  }

  // MARK: Stages

  /// With the CIDs of code and specification, which are in the local repository.
  private func added(_ input: Record) throws(Failure) -> Record {
    guard !input.has("code") else { return input }
    let batch = try nodes.repository().batch()
    let record = try input.addingCode(try world.folders, ImportOptions(.unixfsV1)) { batch }
    do throws(RepositoryError) { try batch.commit() } catch { throw Failure(error) }
    return record
  }

  /// With `verdict`: each proof judged.
  func verified(_ record: Record) throws(Failure) -> Record {
    let location = try ProofLocation(try world.folders)
    let run = try RunRecord(record)
    let verification = Verification(
      record: run, signers: run.nodes, repository: location.repository)
    return try verification.judged(record, at: location) { world.note($0) }
  }

  /// With `path`, where the files are to be on disk.
  func fetched(_ record: Record) async throws(Failure) -> End {
    guard let output else { return (record, record.jobStatus) }
    return (try await nodes.get(record, into: output), record.jobStatus)
  }
}
