import ArgumentParser
import Commands
import Records
import Sending

/// `sr-chain cancel`: uses the nonces of transactions that wait for nothing.
struct Cancel: StreamingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Put a transaction that does nothing in the place of each one that waits.",
    discussion: """
      $ sr-chain cancel 0x… --until-mined
      'tx' becomes a transfer of nothing to the sender, with the same nonce and higher fees.
      Ends with 1 where what was to be cancelled is in a block already.
      """)
  static let operandMember: String? = "hash"

  @OptionGroup var replacing: ReplacingOptions
  @OptionGroup var stream: StreamOptions

  @Argument(help: "A transaction's hash.")
  var operands: [String] = []

  func run(in world: World) async throws(Failure) -> Failure.Status {
    try await replacing.run(.cancel, operands, in: world) { pipeline(in: world, operands: $0) }
  }
}
