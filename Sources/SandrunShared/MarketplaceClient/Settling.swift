public import Hashing
internal import Marketplace
public import Records

/// Moves jobs on where nobody has: what anyone can do is done, and what somebody else did first is done too.
public struct Settling: Sendable {
  let market: Market
  let sender: MarketSender
  let watch: MarketWatch

  /// Moves jobs of a marketplace by an account's transactions.
  public init(_ market: Market, _ sender: MarketSender, _ watch: MarketWatch) {
    (self.market, self.sender, self.watch) = (market, sender, watch)
  }

  /// What came of a job.
  public enum End: Sendable {
    /// It is in this state.
    case reached(MarketJob)
    /// Nothing is sent, since nothing is to be: the record of what would be is in `tx`.
    case dry(Record)
  }

  /// Does what the job's state asks for; nil where somebody else did it first.
  ///
  /// With `isMain` false it is but a step on the way: the verb's `--once` does not name it.
  public func perform(
    _ chore: JobChore, of job: MarketJob, isMain: Bool = true
  ) async throws(Failure) -> MarketSender.Outcome? {
    // A challenge's round is settled by itself, and each claim dropped: once means once for each.
    let id =
      switch chore {
      case .settle where job.verdict.stage == .challenged: "\(job.jobId)/1"
      default: "\(job.jobId)"
      }
    var act = MarketAct(
      chore.verb, chore.contract, chore.function, chore.arguments(job.jobId), in: market,
      onceFor: id, subject: "job \(job.jobId)", seen: job.block)
    act.isMain = isMain
    do throws(Failure) { return try await sender.send(act) } catch {
      guard error.code == "reverted",
        let now = try await market.forRecord().job(job.jobId), !now.chores.contains(chore)
      else { throw error }
      return nil
    }
  }

  /// Holds until a job's current round can be settled, and settles it where nobody has; a job that is settled is given
  /// at once.
  ///
  /// Throws 66 where there is no such job; with `isPatient` false, 75 with the time from which it can be settled.
  public func settled(
    _ jobId: Digest32, isPatient: Bool, within limit: Duration?, isMain: Bool = true,
    after seen: Digest32? = nil
  ) async throws(Failure) -> End {
    let main: JobChore? = isMain ? .settle : nil
    return try await moved(
      jobId, isPatient: isPatient, within: limit, by: "settling", main: main, after: seen
    ) { job in
      switch job.verdict.stage {
      case .running, .challenged: job.chores.contains(.settle) ? .does(.settle) : .waits
      case .agreed, .final, .paid, .refunded: .isThere
      }
    }
  }

  /// Holds until a job's verdict is final, and has the escrow distributed where nobody has; settles before where nobody
  /// has.
  public func distributed(
    _ jobId: Digest32, isPatient: Bool, within limit: Duration?
  ) async throws(Failure) -> End {
    try await moved(
      jobId, isPatient: isPatient, within: limit, by: "paying", main: .distribute
    ) { job in
      switch job.verdict.stage {
      case .paid, .refunded: return .isThere
      case .running, .challenged, .agreed, .final:
        let chore = job.chores.first { $0 == .settle || $0 == .distribute }
        return chore.map { .does($0) } ?? .waits
      }
    }
  }

  /// What is to be made of a state.
  private enum Move: Sendable {
    case isThere
    case waits
    case does(JobChore)
  }

  private func moved(
    _ jobId: Digest32, isPatient: Bool, within limit: Duration?, by what: String,
    main: JobChore?, after seen: Digest32? = nil, _ judge: @escaping @Sendable (MarketJob) -> Move
  ) async throws(Failure) -> End {
    let end = limit.map { ContinuousClock.now + $0 }
    // What was done at a block shows at a later one: an endpoint that lags is not asked again and again.
    var seen = seen
    var patience = Patience()
    while true {
      let left = end.map { max($0 - .now, .milliseconds(1)) }
      let (job, chore) = try await watch.held(jobId, after: seen, within: left, awaiting: what) {
        (job) throws(Failure) -> (MarketJob, JobChore?)? in
        guard let job else { throw .noJob(jobId) }
        switch judge(job) {
        case .isThere: return (job, nil)
        case .does(let chore): return (job, chore)
        case .waits:
          guard !isPatient else { return nil }
          throw job.tooEarly(what)
        }
      }
      guard let chore else { return .reached(job) }
      seen = job.blockHash
      do throws(Failure) {
        if case .dry(let record)? = try await perform(chore, of: job, isMain: chore == main) {
          return .dry(record)
        }
      } catch { try patience.wait(after: error) }
    }
  }
}

/// How often a contract's word is taken that somebody else was faster, where no block shows it.
///
/// A node that estimates gas may know of transactions that are in no block yet: the next ones will show them.
struct Patience {
  private static let reasons = ["settled before", "closed", "no live claim"]

  private var left = 3

  /// Returns where the job is to be looked at again at the next block; throws what was refused otherwise.
  mutating func wait(after failure: Failure) throws(Failure) {
    guard left > 0, failure.code == "reverted",
      Self.reasons.contains(where: { failure.message.hasSuffix(": \($0)") })
    else { throw failure }
    left -= 1
  }
}

extension MarketJob {
  /// Why nothing can be done yet, and when it can be at the latest, if nobody does anything before.
  public func tooEarly(_ what: String) -> Failure {
    let until = phase.until.map { ", which is over after \(Timestamp(blockTime: $0))" } ?? ""
    return Failure(
      .temporary, "too early for \(what) of job \(jobId): it is \(phase.step.rawValue)\(until)",
      code: "not-yet", hint: words)
  }
}

extension Failure {
  /// There is no such job on the chain: 66.
  public static func noJob(_ jobId: Digest32) -> Failure {
    Failure(
      .missingInput, "there is no job \(jobId) in this marketplace", code: "no-job",
      hint: "a reorganisation may have taken its post back; see --marketplace and --rpc-url")
  }
}
