import ArgumentParser
import Commands
import EthereumRPC
import Marketplace
import MarketplaceClient
import Networking
import NodeClient
import Records

/// Where nodes are looked for, and how each is looked at: what `discover` and `info` share.
struct NodeSearch: ParsableArguments {
  @Flag(help: "Ask each node for its health, and add it with the latency.")
  var probe = false

  @OptionGroup(title: "Chain") var market: MarketOptions
  @OptionGroup(title: "Chain") var chain: ChainOptions

  /// The nodes of the chain's registry.
  func directory(in world: World) async throws(Failure) -> NodeDirectory {
    let client = try chain.client(in: world)
    let found = try await market.finder(client, in: world).market()
    return NodeDirectory(client: client, registry: found.nodeRegistry) { world.detail($0) }
  }

  /// What looks at each of them.
  func look(in world: World) throws(Failure) -> Look {
    Look(
      fetching: try DescriptorFetching(chain.network, in: world),
      prober: probe ? try NodeProbe(chain.network, in: world) : nil)
  }

  /// Looks at nodes one by one.
  struct Look: Sendable {
    let fetching: DescriptorFetching
    let prober: NodeProbe?

    /// The members with the node's health, where that is wanted; a node that serves nobody has none.
    func probed(_ members: JSONObject, _ signed: SignedDescriptor) async -> JSONObject {
      guard let prober else { return members }
      var members = members
      members["health"] =
        if let endpoint = Endpoint(signed.descriptor.endpoint) {
          await prober.health(of: signed.descriptor.address, at: endpoint)
        } else { ["status": "unreachable", "reason": "it serves nobody"] }
      return members
    }
  }
}
