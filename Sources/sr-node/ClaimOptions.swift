import ArgumentParser
import Commands
import Ethereum
import EthereumRPC
import Hashing
import IPFS
import Marketplace
import MarketplaceClient
import Matching
import Networking
import NodeClient
import NodeMarket
import Records
import Sending
import WideInteger

/// The options of `serve` by which a node takes part in a marketplace.
struct ClaimOptions: ParsableArguments {
  @Flag(help: "Claim jobs of the marketplace, run them, commit, open, and see that all are paid.")
  var claim = false

  @Option(help: "Let up to <n> claims lack a commitment.")
  var maxOpen = 1

  @Option(help: "Claim what <n> blocks hold; show a result when as many blocks hold its opening.")
  var confirmations = Claiming.Limits.usualConfirmations

  @Option(help: "End a run <time> before its commitment must be made, or a quarter of the window.")
  var reserve = "2m"

  @Option(help: "Look for jobs from block <n> on at the first start; by itself the last 50000.")
  var fromBlock: UInt64?

  @Option(
    name: [.customLong("rpc-url"), .customLong("rpc")],
    help:
      "Reach the chain's node at <url>; may be given again, for others to ask where it fails.")
  var rpcURLs: [String] = []

  @Option(help: "Speak to the chain with this <id> and to no other.")
  var chain: String?

  @Option(help: "Offer a tip of <amount> for each unit of gas.")
  var tip: String?

  @Option(help: "Pay <amount> at most for each unit of gas.")
  var maxFee: String?

  @OptionGroup var market: MarketOptions
  @OptionGroup var demands: MatchOptions
  @OptionGroup var machine: InventoryOptions

  func validate() throws {
    guard (1...1000).contains(maxOpen) else { throw ValidationError("--max-open takes 1 to 1000") }
    guard (1...1000).contains(confirmations) else {
      throw ValidationError("--confirmations takes 1 to 1000")
    }
    _ = try Bounds.seconds(reserve, "--reserve")
    _ = try sending()
  }

  /// What sends the node's transactions.
  func sending() throws -> SendingOptions {
    var arguments: [String] = []
    for url in rpcURLs { arguments += ["--rpc-url", url] }
    for (name, value) in [("--chain", chain), ("--tip", tip), ("--max-fee", maxFee)] {
      if let value { arguments += [name, value] }
    }
    do { return try SendingOptions.parse(arguments) } catch {
      throw ValidationError(SendingOptions.message(for: error))
    }
  }

  /// What the node takes for its time, asked of the marketplace only where the options do not tell.
  func price(
    _ place: MarketPlace?
  ) throws(Failure) -> @Sendable () async -> NodePrice? {
    if demands.price != nil {
      let price = try demands.policy().price
      return { price }
    }
    if let described = try machine.described() { return { described.price } }
    return { await place?.price() }
  }

  /// How the node takes part.
  var options: NodeKeeper.Options {
    var options = NodeKeeper.Options()
    options.maxOpen = maxOpen
    options.confirmations = confirmations
    let time = (try? Bounds.seconds(reserve, "--reserve")) ?? .zero
    options.reserve = UInt64(clamping: time.components.seconds)
    options.fromBlock = fromBlock
    return options
  }
}
