import ArgumentParser
import Commands
import Ethereum
import MarketplaceClient
import Records
import Sending
import WideInteger

/// `sr-chain withdraw`: takes out what is ours.
struct Withdraw: StreamingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Withdraw what is credited to an account, or the stake of its retired node.",
    discussion: """
      $ sr-chain withdraw | jq .withdrawal
      $ sr-chain withdraw --token 0x…
      $ sr-chain withdraw --stake --node 7
      Takes no records: all credits of one currency, at once. Ends with 1 where there is nothing.
      """)

  @Option(
    help: ArgumentHelp("Withdraw the ERC-20 at <address>, not ETH.", valueName: "address"),
    transform: { text in
      do { return try Address(parsing: text) } catch {
        throw ValidationError("'\(text)' is no address: \(error)")
      }
    })
  var token: Address?

  @Flag(help: "Withdraw the stake of a node that has retired and is unbonded.")
  var stake = false

  @Option(
    help: ArgumentHelp(
      "With --stake, that of the node <number>, not of the one that the key operates.",
      valueName: "number"),
    transform: { text in
      guard let number = try? UInt256(decimal: text) else {
        throw ValidationError("'\(text)' is no node's number")
      }
      return number
    })
  var node: UInt256?

  @OptionGroup var market: MarketOptions
  @OptionGroup var sending: SendingOptions
  @OptionGroup var stream: StreamOptions

  func validate() throws {
    guard !stake || token == nil else {
      throw ValidationError("a stake is ETH: --token does not go with --stake")
    }
    guard stake || node == nil else { throw ValidationError("--node goes with --stake") }
  }

  func run(in world: World) async throws(Failure) -> Failure.Status {
    let parts = try await market.parts(sending, in: world)
    let pipeline = pipeline(in: world, operands: [Record().line])
    return try await parts.whileWorking { () throws(Failure) in
      try await pipeline.run { _, emitter throws(Failure) in
        let record = try await world.interruptible { () throws(Failure) in
          let withdrawing = Withdrawing(try await parts.finder.market(), parts.sender)
          return stake
            ? try await withdrawing.stake(of: node) : try await withdrawing.credits(in: token)
        }
        try emitter.emit(record)
        try emitter.flush()
      }
    }
  }
}
