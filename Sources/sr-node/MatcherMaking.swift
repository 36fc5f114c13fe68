import Commands
import Ethereum
import EthereumRPC
import Marketplace
import MarketplaceClient
import Matching
import NodeClient
import Records
import Synchronization

/// Makes the matcher of a node by its demands and by what it says of itself: `match` once, `serve --claim` for each job.
final class MatcherMaking: Sendable {
  private let demands: MatchOptions
  private let machine: InventoryOptions
  private let sources: ContentSources
  private let world: World
  /// What people were told last: once is enough.
  private let told = Mutex<String?>(nil)

  init(
    _ demands: MatchOptions, _ machine: InventoryOptions, _ sources: ContentSources,
    in world: World
  ) {
    self.demands = demands
    self.machine = machine
    self.sources = sources
    self.world = world
  }

  /// A matcher for the node that an account operates, with its present price and GPUs.
  ///
  /// Throws 78 where the price is registered and cannot be learned.
  func matcher(for account: Address, in market: Market) async throws(Failure) -> JobMatcher {
    let description = try await description(of: account, in: market)
    var policy = try demands.policy()
    if demands.price == nil, let description { policy.price = description.price }
    return JobMatcher(
      market: market, node: account, offer: try machine.offer(description, in: world),
      policy: policy, sources: sources, in: world)
  }

  /// The price that a node has registered, or tells in its options; nil where it tells none.
  func price(of account: Address, in market: Market) async throws(Failure) -> NodePrice? {
    if demands.price != nil { return try demands.policy().price }
    return try await description(of: account, in: market)?.price
  }

  /// What the node says of itself; nil where it says nothing, or where the options say all.
  private func description(
    of account: Address, in market: Market
  ) async throws(Failure) -> NodeDescriptor? {
    if let given = try machine.described() { return given }
    if demands.price != nil, machine.inventory != nil { return nil }
    let directory = NodeDirectory(
      client: market.client.forRecord(), registry: market.nodeRegistry,
      detail: { [world] in world.detail($0) })
    guard let node = try await directory.node(of: account) else { return nil }
    return try await registered(node, in: directory)
  }

  /// The descriptor that is registered: from the local repository, the node itself, other nodes, or gateways.
  private func registered(
    _ node: ListedNode, in directory: NodeDirectory
  ) async throws(Failure) -> NodeDescriptor? {
    let fetching = try DescriptorFetching(sources, in: world)
    do throws(Failure) {
      return try await fetching.descriptor(of: node) { () throws(Failure) in
        try await directory.listing().nodes.compactMap { Endpoint($0.endpoint) }
      }.descriptor
    } catch {
      switch error.code {
      case "bad-descriptor", "bad-content", "content-too-large":
        // Whoever registered it told no price.
        tell(
          "what is registered of \(node.address) is no descriptor of it: \(error.message)", node)
        return nil
      case "not-found-anywhere": break
      default: throw error
      }
      guard demands.price != nil else {
        throw Failure(
          .configuration,
          "the price of \(node.address) is not known: its descriptor is registered, and \(error.message)",
          code: "no-price",
          hint:
            "--price says what it takes, --descriptor names the file; 'sr-node update' registers another"
        )
      }
      tell("the descriptor of \(node.address) is not to be had: \(error.message)", node)
      return nil
    }
  }

  private func tell(_ reason: String, _ node: ListedNode) {
    let isNew = told.withLock { told in
      defer { told = node.descriptor }
      return told != node.descriptor
    }
    guard isNew else { return }
    let price = demands.price == nil ? "no price of it: whatever covers the gas is taken" : nil
    let gpus = machine.inventory == nil ? "none of its GPUs" : nil
    let lacks = [price, gpus].compactMap { $0 }.joined(separator: ", and ")
    world.note("\(reason); it tells \(lacks)")
  }
}
