import ArgumentParser
import Commands
import Marketplace
import MarketplaceClient
import Records
import Sending

/// `sr-chain refund`: gives a payment back.
struct Refund: JobVerb {
  static let configuration = CommandConfiguration(
    abstract: "Have the payment of jobs given back that found no quorum, and add 'settlement'.",
    discussion: """
      $ sr-chain refund 0x… && sr-chain withdraw
      Anyone can; the payment is credited to the submitter. A record is held until no quorum is \
      possible any more. Ends with 1 where there is one.
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
    let end = try await settling(hand, parts).refunded(
      hand.escrow.jobId, isPatient: !holding.now, within: parts.timeout)
    // Here a refund is what was asked for.
    return (try await told(hand, end).record, .done)
  }
}
