public import Commands
internal import EthereumRPC
internal import Networking
public import Records
public import Sending
public import Signing

/// What a run of a marketplace verb works with: made of its options, once.
public struct MarketParts: Sendable {
  /// What sends transactions, and whatever that needs.
  public let sending: SendingOptions.Parts
  /// What finds the marketplace.
  public let finder: MarketFinder
  /// What waits for the chain.
  public let watch: MarketWatch
  /// What sends the transactions of verbs.
  public let sender: MarketSender
  /// Who signs: transactions, and results.
  public let signatory: Signatory
  /// How long a record may be held; nil for as long as it takes.
  public var timeout: Duration?

  /// Does the verb's work: looks at the chain and polls for receipts meanwhile.
  public func whileWorking<Value: Sendable>(
    _ body: @escaping @Sendable () async throws(Failure) -> Value
  ) async throws(Failure) -> Value {
    let watch = watch
    return try await sending.whileWorking { () throws(Failure) in
      try await watch.whilePolling(body)
    }
  }
}

extension MarketOptions {
  /// The parts that the options of a verb make: each of its transactions is waited for.
  public func parts(_ options: SendingOptions, in world: World) async throws(Failure) -> MarketParts
  {
    let signatory = try options.signing.signatory(in: world)
    let sending = try await options.parts(.init(waits: true), signatory: signatory, in: world)
    let finder = try finder(sending.client, in: world)
    return MarketParts(
      sending: sending, finder: finder, watch: MarketWatch(finder, in: world),
      sender: MarketSender(options, sending, in: world), signatory: signatory,
      timeout: try options.chain.network.recordTimeout())
  }
}
