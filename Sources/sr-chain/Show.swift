import ArgumentParser
import Commands
import EthereumRPC
import Marketplace
import MarketplaceClient
import Records

/// `sr-chain show`: what the chain knows of a job.
struct Show: StreamingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Tell the whole state of jobs in escrow, and what happened to them.",
    discussion: """
      $ sr-chain show 0x… | jq -r .state.words
      $ sr-chain show 0x… | jq -c '.history[] | [.event, .block, .tx]'
      Adds 'escrow' as the chain has it, 'state', 'history', and 'settlement' where a job is paid out.
      """)
  static let operandMember: String? = "jobId"

  @Argument(help: "A job's id: 0x and 64 hexadecimal digits.")
  var operands: [String] = []

  @OptionGroup var market: MarketOptions
  @OptionGroup var chain: ChainOptions
  @OptionGroup var stream: StreamOptions

  func run(in world: World) async throws(Failure) -> Failure.Status {
    try world.expectStream(insteadOfJobs: operands)
    let finder = try market.finder(try chain.client(in: world), in: world)
    return try await pipeline(in: world).run { input, emitter throws(Failure) in
      let record = try await world.interruptible { () throws(Failure) in
        let hand = try JobInHand(input, in: try await finder.market())
        return try await hand.shown(try await hand.job())
      }
      try emitter.emit(record)
    }
  }
}
