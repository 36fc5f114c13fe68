import ArgumentParser
import Commands
import Records
import Sending

/// `sr-chain bump`: offers more for transactions that wait.
struct Bump: StreamingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Offer more for each transaction that waits: the same again, with higher fees.",
    discussion: """
      $ sr-chain bump 0x…
      $ sr-chain bump --until-mined --max-fee 80gwei <stuck.jsonl
      'tx' becomes the new transaction; where one was mined meanwhile, that one, with 'receipt'.
      """)
  static let operandMember: String? = "hash"

  @OptionGroup var replacing: ReplacingOptions
  @OptionGroup var stream: StreamOptions

  @Argument(help: "A transaction's hash.")
  var operands: [String] = []

  func run(in world: World) async throws(Failure) -> Failure.Status {
    try await replacing.run(.bump, operands, in: world) { pipeline(in: world, operands: $0) }
  }
}
