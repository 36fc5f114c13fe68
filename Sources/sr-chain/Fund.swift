import ArgumentParser
import Commands
import Marketplace
import MarketplaceClient
import Records
import Sending
import WideInteger

/// `sr-chain fund`: adds to a job's payment.
struct Fund: JobVerb {
  static let configuration = CommandConfiguration(
    abstract: "Add to the payment of jobs that you posted, until they are first settled.",
    discussion: """
      $ sr-chain fund --amount 0.05ETH 0x… | jq -r .escrow.payment
      Once for a job: to add again, say --once with another ID. A token's amount is in its smallest \
      unit; it is approved before.
      """)

  @Argument(help: "A job's id: 0x and 64 hexadecimal digits.")
  var operands: [String] = []

  @Option(help: "Add <amount>, in the job's currency.")
  var amount: String

  @OptionGroup var market: MarketOptions
  @OptionGroup var sending: SendingOptions
  @OptionGroup var stream: StreamOptions

  func validate() throws {
    do {
      guard try Amount.parse(amount) > 0 else { throw ValidationError("--amount is nothing") }
    } catch let error as UnitError { throw ValidationError("--amount: \(error)") }
  }

  func answer(
    _ hand: JobInHand, _ parts: MarketParts, in world: World
  ) async throws(Failure) -> JobAnswer {
    let job = try await hand.job()
    let amount = try job.terms.amount(amount, "--amount")
    let dry = try await JobFunding(hand.market, parts.sender).fund(job, with: amount)
    if let dry { return (try hand.record.setting(transactionOf: dry), .done) }
    return (try await hand.told(try await hand.job()), .done)
  }
}
