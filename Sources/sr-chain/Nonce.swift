import ArgumentParser
import Commands
import EthereumRPC
import Records

/// `sr-chain nonce`: the number of an account's next transaction.
struct Nonce: StreamingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Tell the nonce of the next transaction of accounts.",
    discussion: """
      Counts what waits in the node's pool, unless --block says otherwise: with --block latest it \
      counts what is mined, and adds 'block' as well.
      """)
  static let operandMember: String? = "address"

  @Argument(
    help:
      "The addresses, ENS names or registered contracts; none: records or lines on standard input.")
  var operands: [String] = []

  @Option(help: "Tell the nonce at <block>: a tag, a number or a hash (pending).")
  var block = BlockReference.tag(.pending)

  @OptionGroup var chain: ChainOptions
  @OptionGroup var options: StreamOptions

  var stream: StreamOptions { options.together(operands) }

  func run(in world: World) async throws(Failure) -> Failure.Status {
    let reading = try AccountReading(
      "eth_getTransactionCount", at: block, chain, breadth: stream.jobs, in: world)
    return try await pipeline(in: world).run { input, emitter throws(Failure) in
      let (record, answer) = try await world.interruptible { () throws(Failure) in
        try await reading.read(input)
      }
      let nonce: UInt64
      do throws(RPCError) { nonce = try answer.value.number() } catch { throw Failure(error) }
      try emitter.emit(record.setting("nonce", to: .integer(nonce)).settingBlock(answer.block))
    }
  }
}
