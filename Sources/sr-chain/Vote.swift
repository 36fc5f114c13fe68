import ArgumentParser
import Commands
import Marketplace
import MarketplaceClient
import Records
import Sending

/// `sr-chain vote`: opens what `prove` committed to.
struct Vote: StreamingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Open our node's commitment to each record's result, once that is allowed.",
    discussion: """
      $ … | sr-chain prove | sr-chain vote --unordered | sr-node publish
      Holds a record until all slots have commitments, or no more can follow. With --unordered any \
      number of records are held, and none waits for another.
      """)

  @OptionGroup var market: MarketOptions
  @OptionGroup var sending: SendingOptions
  @OptionGroup var stream: StreamOptions

  func run(in world: World) async throws(Failure) -> Failure.Status {
    var verb = self
    verb.stream.holdAny()
    return try await verb.open(in: world)
  }

  private func open(in world: World) async throws(Failure) -> Failure.Status {
    let parts = try await market.parts(sending, in: world)
    let opening = try Opening(parts, in: world)
    let pipeline = pipeline(in: world)
    return try await parts.whileWorking { () throws(Failure) in
      try await pipeline.run { input, emitter throws(Failure) in
        let result = try JobResult(of: input, by: opening.node)
        let outcome = try await world.interruptible { () throws(Failure) in
          let escrow = try input.escrow(in: try await parts.finder.market())
          return (escrow, try await opening.open(escrow, result, within: parts.timeout))
        }
        var (escrow, done) = outcome
        switch done {
        case .opened(let vote):
          escrow.add(vote)
          try emitter.emit(input.setting(escrow))
        case .dry(let record): try emitter.emit(input.telling(record))
        }
        try emitter.flush()
      }
    }
  }
}
