import ArgumentParser
import Commands
import EthereumRPC
import Records
import WideInteger

/// `sr-chain balance`: what accounts hold.
struct Balance: StreamingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Tell the balance of accounts, in wei.",
    discussion: """
      $ sr-chain balance vitalik.eth | jq -r .balance
      Adds 'balance' and 'block', the number of the block that the balance is of. Many addresses \
      given as arguments cost one round trip; of addresses on standard input --jobs are asked for \
      together.
      """)
  static let operandMember: String? = "address"

  @Argument(
    help:
      "The addresses, ENS names or registered contracts; none: records or lines on standard input.")
  var operands: [String] = []

  @Option(help: "Tell the balance at <block>: a tag, a number or a hash.")
  var block = BlockReference.latest

  @OptionGroup var chain: ChainOptions
  @OptionGroup var options: StreamOptions

  var stream: StreamOptions { options.together(operands) }

  func run(in world: World) async throws(Failure) -> Failure.Status {
    let reading = try AccountReading(
      "eth_getBalance", at: block, chain, breadth: stream.jobs, in: world)
    return try await pipeline(in: world).run { input, emitter throws(Failure) in
      let (record, answer) = try await world.interruptible { () throws(Failure) in
        try await reading.read(input)
      }
      let balance: UInt256
      do throws(RPCError) { balance = try answer.value.quantity() } catch { throw Failure(error) }
      try emitter.emit(
        record.setting("balance", to: .string("\(balance)")).settingBlock(answer.block))
    }
  }
}

extension Record {
  /// The record with the number of the block that its answer is of.
  func settingBlock(_ number: UInt64?) -> Record {
    number.map { setting("block", to: .integer($0)) } ?? self
  }
}
