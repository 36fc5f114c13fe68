import Commands
import Ethereum
import EthereumRPC
import Marketplace
import MarketplaceClient
import NodeClient
import Records

/// Puts together what a node says of itself and what the chain says of it.
struct NodeSurvey: Sendable {
  let stats: NodeStats
  /// What finds the marketplace; nil where no chain is configured.
  let finder: MarketFinder?
  /// Whether it is an error where there is no marketplace.
  let isChainNeeded: Bool
  let wantsMetrics: Bool
  let world: World

  /// The member `node` of the record.
  ///
  /// Throws 66 where it is not registered, 69 where it cannot be reached, 76 where another one answers.
  func status(of node: NodeOperand) async throws(Failure) -> JSONObject {
    switch node {
    case .endpoint(let endpoint):
      let told = try await stats.stats(at: endpoint)
      var members: JSONObject = ["address": .string("\(told.address)")]
      members["endpoint"] = .string("\(endpoint)")
      for member in told.members.members { members[member.name] = member.value }
      try await addMetrics(to: &members, of: endpoint)
      guard let market = try await market() else { return members }
      let listing = try await listing(of: .address(told.address), in: market)
      guard let listed = listing.nodes.first else {
        members["registered"] = false
        return members
      }
      return try await add(market, listed, at: listing.block, to: members)
    case .registered(let reference):
      guard let market = try await market() else {
        throw Failure(.missingInput, "no chain tells of node \(reference)", code: "no-chain")
      }
      let listing = try await listing(of: reference, in: market)
      guard let listed = listing.nodes.first else {
        throw Failure(.missingInput, "no node \(reference) is registered", code: "not-registered")
      }
      var members: JSONObject = ["address": .string("\(listed.address)")]
      members["endpoint"] = .string(listed.endpoint)
      // A node that runs as a pipe serves nobody.
      if let endpoint = Endpoint(listed.endpoint) {
        let told = try await stats.stats(at: endpoint)
        guard told.address == listed.address else {
          throw Failure(
            .protocolViolation,
            "\(told.address) answers at \(endpoint), where \(listed.address) is registered",
            code: "impostor")
        }
        for member in told.members.members { members[member.name] = member.value }
        try await addMetrics(to: &members, of: endpoint)
      }
      return try await add(market, listed, at: listing.block, to: members)
    }
  }

  private func addMetrics(
    to members: inout JSONObject, of endpoint: Endpoint
  ) async throws(Failure) {
    guard wantsMetrics else { return }
    members["metrics"] = .string(try await stats.metrics(at: endpoint))
  }

  /// The marketplace; nil where there is none and none is needed.
  private func market() async throws(Failure) -> Market? {
    guard let finder else { return nil }
    do throws(Failure) { return try await finder.market() } catch {
      guard !isChainNeeded, error.status == .missingInput else { throw error }
      world.detail("the chain is not asked: \(error.message)")
      return nil
    }
  }

  private func listing(
    of node: NodeReference, in market: Market
  ) async throws(Failure) -> NodeDirectory.Listing {
    let world = world
    let directory = NodeDirectory(client: market.client, registry: market.nodeRegistry) {
      world.detail($0)
    }
    switch node {
    case .address(let address): return try await directory.listing(.operators([address]))
    case .number(let number): return try await directory.listing(.numbers([number]))
    }
  }

  /// The members with what the chain says.
  private func add(
    _ market: Market, _ node: ListedNode, at block: UInt64, to members: JSONObject
  ) async throws(Failure) -> JSONObject {
    var all = members
    all["registered"] = true
    for member in node.members.members where all[member.name] == nil && member.name != "descriptor"
    {
      all[member.name] = member.value
    }
    let world = world
    let earnings = try await market.earnings(of: [node.owner], through: block) { world.detail($0) }
    all["earnings"] = Earnings.json(earnings[node.owner]?.earned ?? [:])
    all["credits"] = Earnings.json(earnings[node.owner]?.credits ?? [:])
    all["block"] = .integer(block)
    return all
  }
}
