import Commands
import EscrowedJobs
import Hashing
import Marketplace
import MarketplaceClient
import Proofs
import Records

extension JobCourse {
  /// The content of a job goes to so many nodes at most.
  private static let mostNodes = 16

  /// A job with a payment: on the chain, and on the nodes that claim it there.
  func paid(
    _ input: Record, _ emitter: Emitter, _ progress: JobProgress
  ) async throws(Failure) -> End {
    let market = try await parts.finder.market()
    if !parts.sender.isDryRun {
      let key = try JobPosting(input, choice).key(in: market, by: try parts.sender.account())
      progress.isPosting(key.jobId)
    }
    let posted = try await parts.posted(input, choice, draws: draws, emitter, in: world)
    guard posted.isPosted, !parts.sender.isDryRun else { return (posted.record, .done) }
    var record = posted.record
    progress.reached(record)
    let job = try await JobInHand(record, in: market).job()
    progress.isPosted(job)
    record = try await submitted(record, job)
    progress.reached(record)
    do throws(Failure) { record = try await escrowed.wait(for: record) } catch {
      // Whoever hides what they agree on is paid for it, unless somebody disputes it.
      if error.code == "outputs-missing" { progress.isAgreed(job.jobId) }
      guard JobOutcome.Reason(rawValue: error.code) != nil else { throw error }
      throw try await refunded(record, job.jobId, on: market, after: error, progress)
    }
    progress.isAgreed(job.jobId)
    progress.reached(record)
    let (judged, agreed) = try judged(record)
    record = judged
    progress.reached(record)
    guard let agreed else {
      throw Failure(
        .answerNo, "job \(job.jobId): its proofs do not bear out that nodes agree",
        code: "verdict-no", hint: "'sr-proof verify' tells each check of each proof")
    }
    let settling = Settling(market, parts.sender, parts.watch)
    let end = try await settling.released(job.jobId, for: agreed, within: nil, isPatient: true)
    record = try await told(record, end, on: market)
    progress.isSettled()
    progress.reached(record)
    return try await fetched(record)
  }

  /// With `run`: registered nodes have the content.
  ///
  /// Where none takes it now, somebody may have it already.
  private func submitted(_ record: Record, _ job: MarketJob) async throws(Failure) -> Record {
    let round = job.rounds[0].state
    guard !record.has("run"), job.verdict.stage == .running, round.claims.count < round.slots
    else { return record }
    do throws(Failure) {
      return try await escrowed.submit(record, to: nil, count: Self.mostNodes)
    } catch {
      guard error.status == .unavailable, error.code != Failure.interrupted.code else {
        throw error
      }
      let end = Timestamp(blockTime: round.claimDeadline)
      world.note("\(error.message); where nobody claims until \(end), the payment is given back")
      return record
    }
  }

  /// Judges the proofs and whether enough nodes agree: the result that is to be paid for, nil where none is.
  private func judged(_ input: Record) throws(Failure) -> (record: Record, agreed: Digest32?) {
    let location = try ProofLocation(try world.folders)
    let record = try verified(input)
    let agreement = try Agreement(of: record, try record.quorum(), at: location)
    let (judged, isAgreed) = try agreement.judged(record, at: location) { world.note($0) }
    return (judged, isAgreed ? agreement.resultHash : nil)
  }

  /// Has the payment given back; the failure that the job ends with.
  private func refunded(
    _ record: Record, _ jobId: Digest32, on market: Market, after failure: Failure,
    _ progress: JobProgress
  ) async throws(Failure) -> Failure {
    let settling = Settling(market, parts.sender, parts.watch)
    let end = try await settling.refunded(jobId, isPatient: true, within: nil)
    progress.reached(try await told(record, end, on: market))
    progress.isSettled()
    return Failure(
      failure.status, "\(failure.message); its payment was given back", code: failure.code,
      hint: "'sr-chain withdraw' takes it out; 'sr-job new' makes a job to be posted anew",
      isRetryable: false)
  }

  /// The record with all that the chain tells of the job.
  private func told(
    _ record: Record, _ end: Settling.End, on market: Market
  ) async throws(Failure) -> Record {
    guard case .reached(let job) = end else { return record }
    return try await JobInHand(record, in: market).told(job)
  }
}
