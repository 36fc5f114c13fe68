import ArgumentParser
import Commands
import Marketplace
import MarketplaceClient
import Records
import Sending

/// `sr-chain settle`: has a job's round decided.
struct Settle: JobVerb {
  static let configuration = CommandConfiguration(
    abstract: "Have jobs settled: what the nodes opened decides, as soon as nothing can change it.",
    discussion: """
      $ sr-chain settle 0x… | jq .escrow.decisions
      $ sr-chain settle --now <posted.jsonl
      Anyone can settle, and it comes to the same. A record is held until it can be done; what \
      somebody else settled is settled. Ends with 1 where there was no quorum: the payment went back.
      """)

  @Argument(help: "A job's id: 0x and 64 hexadecimal digits.")
  var operands: [String] = []

  @OptionGroup var holding: HoldingOptions
  @OptionGroup var market: MarketOptions
  @OptionGroup var sending: SendingOptions
  @OptionGroup var stream: StreamOptions

  func answer(
    _ hand: JobInHand, _ parts: MarketParts, in world: World
  ) async throws(Failure) -> JobAnswer {
    let end = try await settling(hand, parts).settled(
      hand.escrow.jobId, isPatient: !holding.now, within: parts.timeout)
    return try await told(hand, end)
  }
}
