public import ArgumentParser
public import Commands
public import Ethereum
public import EthereumRPC
public import Records

/// The option of every verb of the marketplace: which one it acts on.
public struct MarketOptions: ParsableArguments, Sendable {
  /// Where the jobs are; nil for the contract that is registered by its name.
  @Option(
    help: ArgumentHelp(
      "Act on the JobMarketplace at <address>, not on the one registered by that name.",
      valueName: "address"),
    transform: { text in
      do { return try Address(parsing: text) } catch {
        throw ValidationError("'\(text)' is no address: \(error)")
      }
    })
  public var marketplace: Address?

  /// Made by ArgumentParser.
  public init() {}

  /// What finds the marketplace on a client's chain, when it is first asked for.
  public func finder(
    _ client: EthereumClient, in world: World
  ) throws(Failure) -> MarketFinder {
    MarketFinder(client, at: marketplace, ContractRegistry(try world.folders))
  }
}
