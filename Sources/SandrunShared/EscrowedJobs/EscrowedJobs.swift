public import Commands
internal import Ethereum
internal import Hashing
internal import IPFS
internal import Marketplace
public import MarketplaceClient
public import NodeClient
internal import Records

/// What one run of a verb does with jobs in escrow: on their chain, and on the nodes of its marketplace.
public final class EscrowedJobs: Sendable {
  let nodes: Nodes
  let finder: MarketFinder
  let sources: ContentSources
  let world: World
  /// Looks at the chain for all jobs that wait: `whilePolling` is to be around them.
  public let watch: MarketWatch

  /// Puts its parts together.
  public init(
    _ nodes: Nodes, _ finder: MarketFinder, _ watch: MarketWatch, _ sources: ContentSources,
    in world: World
  ) {
    (self.nodes, self.finder, self.watch) = (nodes, finder, watch)
    (self.sources, self.world) = (sources, world)
  }

  /// Who is registered on the marketplace's chain.
  func directory(_ market: Market) -> NodeDirectory {
    NodeDirectory(client: market.client, registry: market.nodeRegistry) { [world] in
      world.detail($0)
    }
  }

  /// The marketplace of a record's job, which must be ours.
  func market(of escrow: EscrowMember) async throws(Failure) -> Market {
    let market = try await finder.market()
    try escrow.check(market)
    return market
  }
}
