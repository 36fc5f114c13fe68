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
          try await parts.posted(
            input, choice, draws: !posting.noDraw, emitter, in: world
          ).record
        }
        try emitter.emit(record)
        try emitter.flush()
      }
    }
  }
}
