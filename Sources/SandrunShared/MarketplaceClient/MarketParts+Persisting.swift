public import Commands
public import Hashing
public import Records

extension MarketParts {
  /// How long until another try, at first and at most.
  private static let pauses = (first: Duration.seconds(1), most: Duration.seconds(15))

  /// Does something about a job until it is done, where what fails may pass: nobody lets go of a job over an outage.
  ///
  /// That is so once the job was seen on the chain, or until a `deadline` of the node's own claim. The body gets what is
  /// left of `--timeout`. It must be such that done twice is done once; so it is not tried again without a journal.
  public func persisting<Value>(
    with jobId: Digest32?, until deadline: UInt64? = nil, in world: World,
    _ body: (Duration?) async throws(Failure) -> Value
  ) async throws(Failure) -> Value {
    let end = timeout.map { ContinuousClock.now + $0 }
    var pause = Self.pauses.first
    while true {
      let failure: Failure
      do throws(Failure) {
        return try await body(end.map { max($0 - .now, .milliseconds(1)) })
      } catch { failure = error }
      let isBound =
        deadline.map { Int(clamping: $0) > world.now().seconds } ?? false
        || jobId.map { watch.hasFound($0) } ?? false
      guard failure.mayPass, isBound, sender.repeats, end.map({ $0 > .now }) ?? true else {
        throw failure
      }
      world.note("\(failure.message); trying again in \(pause.components.seconds) s")
      let next = ContinuousClock.now + pause
      do {
        try await Task.sleep(until: end.map { min($0, next) } ?? next, clock: .continuous)
      } catch {
        throw .interrupted
      }
      pause = min(pause * 2, Self.pauses.most)
    }
  }
}

extension Failure {
  /// Whether it is of the way to the chain, and no answer about the job.
  fileprivate var mayPass: Bool {
    switch code {
    case "interrupted", "not-yet", "no-such-job": false
    case "not-rpc", "bad-answer", "no-such-state": true
    default: isRetryable
    }
  }
}
