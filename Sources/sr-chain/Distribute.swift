import ArgumentParser
import Commands
import Marketplace
import MarketplaceClient
import Records
import Sending

/// `sr-chain distribute`: has a job's escrow paid out.
struct Distribute: JobVerb {
  static let configuration = CommandConfiguration(
    abstract: "Have the escrow of jobs paid out once their verdict is final, and add 'settlement'.",
    discussion: """
      $ sr-chain distribute 0x… | jq -c '.settlement.payments[]'
      $ sr-chain distribute --jobs 20 --unordered <posted.jsonl
      Anyone can. A record is held until the challenge window is over, or the challenge settled, \
      and settled where nobody has. Ends with 1 where there was no quorum.
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
    let end = try await settling(hand, parts).distributed(
      hand.escrow.jobId, isPatient: !holding.now, within: parts.timeout)
    return try await told(hand, end)
  }
}
