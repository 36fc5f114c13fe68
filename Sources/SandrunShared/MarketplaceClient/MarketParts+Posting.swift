public import Commands
internal import Marketplace
public import Records

extension MarketParts {
  /// Posts the job of a record on chosen terms, once, and adds `escrow`; with `draws`, has its nodes drawn.
  ///
  /// With `dryRun` the record has what would be sent in `tx`, and `isPosted` is false.
  public func posted(
    _ input: Record, _ choice: JobPosting.Choice, draws: Bool, _ emitter: Emitter, in world: World
  ) async throws(Failure) -> (record: Record, isPosted: Bool) {
    let known = try input.escrow()
    let post = try JobPosting(input, known?.terms.map(choice.filled) ?? choice)
    let market = try await finder.market()
    if let known {
      try known.check(market)
      let jobId = try post.key(in: market, by: try sender.account()).jobId
      guard known.jobId == jobId else {
        throw Failure(
          .data, "the record is job \(known.jobId) already, which is not this account's post of it",
          code: "posted-otherwise", hint: "'jq del(.escrow)' makes it a job to be posted")
      }
    }
    for warning in post.terms.warnings(timeout: post.job.timeout) {
      world.note("job \(post.job.id): \(warning)")
    }
    let poster = JobPoster(market, sender, in: world)
    let end: JobPoster.End
    if post.terms.token == nil {
      end = try await poster.post(post, draws: draws, into: known)
    } else {
      // Two approvals of one token must not take each other's place.
      end = try await emitter.inTurn { () throws(Failure) in
        try await poster.post(post, draws: draws, into: known)
      }
    }
    switch end {
    case .dry(let record): return (try input.setting(transactionOf: record), false)
    case .posted(let escrow): return (input.setting(escrow), true)
    }
  }
}
