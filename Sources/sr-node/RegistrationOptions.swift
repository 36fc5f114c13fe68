import ArgumentParser
import Commands
import EthereumRPC
import MarketplaceClient
import NodeClient
import Records
import Sending
import Signing

/// The options of the verbs that register a node, on the chain or in a pool.
struct RegistrationOptions: ParsableArguments {
  @Option(help: "Speak to the pool at <url>, not to the chain.")
  var pool: String?

  @OptionGroup(title: "Chain") var market: MarketOptions
  @OptionGroup(title: "Chain") var sending: SendingOptions

  func validate() throws {
    guard let pool else { return }
    guard Endpoint(pool) != nil else {
      throw ValidationError("--pool takes http://host:port or https://host:port, not '\(pool)'")
    }
    if sending.dryRun || sending.once != nil || market.marketplace != nil {
      throw ValidationError("--dry-run, --once and --marketplace are of the chain, not of a pool")
    }
  }

  /// The pool; nil where it is the chain.
  func poolClient(in world: World) throws(Failure) -> PoolClient? {
    guard let endpoint = pool.flatMap({ Endpoint($0) }) else { return nil }
    return try PoolClient(endpoint, sending.chain.network, in: world)
  }

  /// What makes descriptors and signs them.
  func descriptorSigning(in world: World) throws(Failure) -> DescriptorSigning {
    try DescriptorSigning(sending.signing.signatory(in: world), in: world)
  }

  /// Does a verb's work with what sends its transactions.
  func onChain<Value: Sendable>(
    signedBy signature: DescriptorSigning, in world: World,
    _ body: @escaping @Sendable (ChainRegistration) async throws(Failure) -> Value
  ) async throws(Failure) -> Value {
    let parts = try await sending.parts(
      .init(waits: !sending.dryRun), signatory: signature.signatory, in: world)
    let registration = ChainRegistration(
      finder: try market.finder(parts.client, in: world),
      sender: MarketSender(sending, parts, in: world), signing: signature, world: world)
    return try await parts.whileWorking { () throws(Failure) in try await body(registration) }
  }
}
