import ArgumentParser
import Commands
import Marketplace
import MarketplaceClient
import Records
import Sending

/// `sr-chain post`: puts jobs on the chain, with their payment in escrow.
struct Post: StreamingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Post the job of each record with its payment in escrow, and add 'escrow'.",
    discussion: """
      $ sr-job new hello.py --payment 0.1ETH --consensus 2-of-3 | sr-ipfs add | sr-chain post
      $ sr-chain post --dry-run --bond 0.2ETH --challenge-window 1d <jobs.jsonl
      Once for a job: a record that is fed again takes up what was posted. A token is approved \
      before, for exactly the payment. Then the job's nodes are drawn.
      """)

  @OptionGroup var posting: PostingOptions
  @OptionGroup var market: MarketOptions
  @OptionGroup var sending: SendingOptions
  @OptionGroup var stream: StreamOptions

  func run(in world: World) async throws(Failure) -> Failure.Status {
    try world.expectStream(insteadOfJobs: [])
    let choice: JobPosting.Choice
    do { choice = try posting.choice() } catch { throw Failure(.usage, "\(error)") }
    let parts = try await market.parts(sending, in: world)
    let pipeline = pipeline(in: world)
    return try await parts.whileWorking { () throws(Failure) in
      try await pipeline.run { input, emitter throws(Failure) in
        let record = try await world.interruptible { () throws(Failure) in
          try await post(input, choice, parts, emitter, in: world)
        }
        try emitter.emit(record)
        try emitter.flush()
      }
    }
  }

  private func post(
    _ input: Record, _ choice: JobPosting.Choice, _ parts: MarketParts, _ emitter: Emitter,
    in world: World
  ) async throws(Failure) -> Record {
    let post = try JobPosting(input, choice)
    let market = try await parts.finder.market()
    let known = try input.escrow()
    if let known {
      try known.check(market)
      let jobId = try post.key(in: market, by: try parts.sender.account()).jobId
      guard known.jobId == jobId else {
        throw Failure(
          .data, "the record is job \(known.jobId) already, which is not this account's post of it",
          code: "posted-otherwise", hint: "'jq del(.escrow)' makes it a job to be posted")
      }
    }
    for warning in post.terms.warnings(timeout: post.job.timeout) {
      world.note("job \(post.job.id): \(warning)")
    }
    let poster = JobPoster(market, parts.sender, in: world)
    let end: JobPoster.End
    if post.terms.token == nil {
      end = try await poster.post(post, draws: !posting.noDraw, into: known)
    } else {
      // Two approvals of one token must not take each other's place.
      end = try await emitter.inTurn { () throws(Failure) in
        try await poster.post(post, draws: !posting.noDraw, into: known)
      }
    }
    switch end {
    case .dry(let record): return try input.setting(transactionOf: record)
    case .posted(let escrow): return input.setting(escrow)
    }
  }
}
