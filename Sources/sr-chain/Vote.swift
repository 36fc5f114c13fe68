import ArgumentParser
import Commands
import Ethereum
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
          try await parts.persisting(
            with: try input.escrow()?.jobId, until: try input.openDeadline(of: opening.node),
            in: world
          ) { (left) throws(Failure) in
            let escrow = try input.escrow(in: try await parts.finder.market())
            return (escrow, try await opening.open(escrow, result, within: left))
          }
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

extension Record {
  /// When openings are over at the latest, as the record tells it: others may have claimed, and committed, after us.
  fileprivate func openDeadline(of node: Address) throws(Failure) -> UInt64? {
    guard let deadline = try claimDeadline(of: node), let windows = try escrow()?.terms?.windows
    else { return nil }
    return [windows.claim, windows.open].reduce(deadline) {
      let (sum, isOver) = $0.addingReportingOverflow($1)
      return isOver ? .max : sum
    }
  }
}
