import Commands
import Hashing
import Marketplace
import MarketplaceClient
import Records
import Synchronization

/// How far `run` has come with a job: the record as it is, and where its payment is.
final class JobProgress: Sendable {
  private enum Payment {
    /// None is on the chain, or it was paid out.
    case settled
    /// Its post may be on its way.
    case leaving(Digest32)
    /// In escrow; without a quorum it can be given back from a time on.
    case held(Digest32, unclaimed: UInt64, undecided: UInt64)
    /// In escrow, and nodes agree.
    case earned(Digest32)
  }

  private let emitter: Emitter
  private let payment = Mutex(Payment.settled)

  init(_ emitter: Emitter) { self.emitter = emitter }

  /// What a failure from here on rides on.
  func reached(_ record: Record) { emitter.keep(record) }

  /// The post of a job is about to be sent.
  func isPosting(_ jobId: Digest32) { payment.withLock { $0 = .leaving(jobId) } }

  /// A job is in escrow.
  func isPosted(_ job: MarketJob) {
    let windows = job.posted.windows
    let unclaimed = job.rounds[0].state.claimDeadline
    let undecided = [windows.commit, windows.open].reduce(unclaimed) { time, window in
      let (sum, overflow) = time.addingReportingOverflow(window)
      return overflow ? .max : sum
    }
    payment.withLock { payment in
      payment = .held(job.jobId, unclaimed: unclaimed, undecided: undecided)
    }
  }

  /// Nodes agree on a job's result.
  func isAgreed(_ jobId: Digest32) { payment.withLock { $0 = .earned(jobId) } }

  /// The escrow is paid out.
  func isSettled() { payment.withLock { $0 = .settled } }

  /// A failure that says how the payment comes back.
  func told(_ failure: Failure) -> Failure {
    guard !failure.isFatal, let words = words(failure) else { return failure }
    var failure = failure
    failure.message += "; \(words)"
    if failure.isRetryable { failure.hint = "feed the record to 'sr-job run' again to go on" }
    return failure
  }

  private func words(_ failure: Failure) -> String? {
    switch payment.withLock({ $0 }) {
    case .settled: return nil
    case .leaving(let jobId):
      // What the chain or the account refused was not posted.
      guard failure.isRetryable else { return nil }
      return "its post may be on its way: where job \(jobId) is on the chain, "
        + "'sr-chain refund \(jobId)' gives its payment back"
    case .held(let jobId, let unclaimed, let undecided):
      return "its payment is in escrow: 'sr-chain refund \(jobId)' gives it back after "
        + "\(Timestamp(blockTime: unclaimed)) where no node claimed it, after "
        + "\(Timestamp(blockTime: undecided)) where nodes do not agree"
    case .earned(let jobId):
      return
        "its payment is in escrow, and nothing was released: nodes agree, and are paid once the "
        + "challenge window is over, unless 'sr-chain challenge \(jobId)' disputes their result"
    }
  }
}
