import ArgumentParser
import Commands
import EthereumRPC
import Marketplace
import MarketplaceClient
import Records
import Sending

/// A verb that sends transactions about jobs in escrow: of records, or of operands that are jobs' ids.
protocol JobVerb: StreamingCommand {
  var market: MarketOptions { get }
  var sending: SendingOptions { get }
  /// Does it, and gives the record as it is then.
  func answer(
    _ hand: JobInHand, _ parts: MarketParts, in world: World
  ) async throws(Failure) -> JobAnswer
}

/// What comes of a job: the record, and the status that it stands for.
typealias JobAnswer = (record: Record, status: Failure.Status)

extension JobVerb {
  static var operandMember: String? { "jobId" }

  func run(in world: World) async throws(Failure) -> Failure.Status {
    try world.expectStream(insteadOfJobs: operands)
    let parts = try await market.parts(sending, in: world)
    let pipeline = pipeline(in: world)
    return try await parts.whileWorking { () throws(Failure) in
      try await pipeline.run { input, emitter throws(Failure) in
        let answer = try await world.interruptible { () throws(Failure) in
          let hand = try JobInHand(input, in: try await parts.finder.market())
          return try await parts.persisting(with: hand.escrow.jobId, in: world) {
            (left) throws(Failure) in
            var parts = parts
            parts.timeout = left
            return try await self.answer(hand, parts, in: world)
          }
        }
        try emitter.emit(answer.record, status: answer.status)
        try emitter.flush()
      }
    }
  }

  /// What anyone can do for a job.
  func settling(_ hand: JobInHand, _ parts: MarketParts) -> Settling {
    Settling(hand.market, parts.sender, parts.watch)
  }

  /// The record of a job that somebody has moved on: 1 where it ended without a quorum.
  func told(_ hand: JobInHand, _ end: Settling.End) async throws(Failure) -> JobAnswer {
    switch end {
    case .dry(let record): return (try hand.record.setting(transactionOf: record), .done)
    case .reached(let job):
      return (
        try await hand.told(job), job.verdict.stage == .refunded ? .answerNo : .done
      )
    }
  }
}

extension StreamOptions {
  /// Has --unordered hold any number of records where --jobs says nothing else: none waits for another.
  mutating func holdAny() {
    if unordered, jobs == 1 { jobs = 1 << 20 }
  }
}

/// Whether a record is held until the chain allows what it asks for.
struct HoldingOptions: ParsableArguments {
  @Flag(help: "Hold no record: end with 75 where it is too early, and tell from when it is not.")
  var now = false
}
