public import ArgumentParser
public import Commands
public import EthereumRPC
public import MarketplaceClient
internal import Networking
public import NodeClient
public import Records

/// The options of verbs that follow jobs on nodes and on a chain alike.
public struct EscrowOptions: ParsableArguments, Sendable {
  /// Where the node is reached.
  @Option(help: "Reach the node at <url>; a record's own 'run' goes before it.")
  public var endpoint: String?

  /// Which marketplace on which chain.
  @OptionGroup public var place: ChainPlaceOptions

  /// Made by ArgumentParser.
  public init() {}

  /// Refuses what is no address of a node.
  public func validate() throws {
    if let endpoint, Endpoint(endpoint) == nil {
      throw ValidationError(
        "--endpoint takes http://host:port or https://host:port, not '\(endpoint)'")
    }
  }

  /// What speaks to nodes by these options.
  public func nodes(in world: World) throws(Failure) -> Nodes {
    try Nodes(endpoint: endpoint, place.chain.network, in: world)
  }

  /// What speaks to nodes and the chain by these options; nothing is asked yet.
  public func jobs(of nodes: Nodes, in world: World) throws(Failure) -> EscrowedJobs {
    try place.jobs(of: nodes, in: world)
  }
}

/// The options that say which marketplace on which chain.
public struct ChainPlaceOptions: ParsableArguments, Sendable {
  /// Which marketplace.
  @OptionGroup public var market: MarketOptions

  /// Which chain; times, repetitions, rate.
  @OptionGroup public var chain: ChainOptions

  /// Made by ArgumentParser.
  public init() {}

  /// What speaks to the chain and to the nodes that it names; nothing is asked yet.
  public func jobs(in world: World) throws(Failure) -> EscrowedJobs {
    try jobs(of: try Nodes(endpoint: nil, chain.network, in: world), in: world)
  }

  func jobs(of nodes: Nodes, in world: World) throws(Failure) -> EscrowedJobs {
    // How long a record may take is counted in one place, and it is not the chain's.
    var chain = chain
    chain.network.timeout = nil
    let finder = try market.finder(try chain.client(in: world), in: world)
    return EscrowedJobs(
      nodes, finder, MarketWatch(finder, in: world),
      try ContentSources(chain.network, in: world), in: world)
  }
}
