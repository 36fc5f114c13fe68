import ABI
import Commands
import Ethereum
import Marketplace
import MarketplaceClient
import Records
import Sending
import WideInteger

/// Registers a node at NodeRegistry, changes what it tells there, and retires it; what is so already is told.
struct ChainRegistration: Sendable {
  let finder: MarketFinder
  let sender: MarketSender
  let signing: DescriptorSigning
  let world: World

  /// The marketplace, and the node that the account operates there, as of a block; nil where it has none.
  func current() async throws(Failure) -> (market: Market, node: ListedNode?, block: UInt64) {
    let market = try await finder.market().forRecord()
    let directory = NodeDirectory(client: market.client, registry: market.nodeRegistry) {
      world.detail($0)
    }
    let listing = try await directory.listing(.operators([try sender.account()]))
    return (market, listing.nodes.first, listing.block)
  }

  /// Registers the node of a record, or tells that it is.
  func register(
    _ record: Record, stake: UInt256?, owner: Address?
  ) async throws(Failure) -> Record {
    let descriptor = try signing.descriptor(of: record)
    var (market, node, block) = try await current()
    var act = MarketAct(
      "register", .nodeRegistry, NodeRegistry.register, [], in: market,
      onceFor: "\(descriptor.address)", subject: "node \(descriptor.address)", seen: block)
    // What an earlier run has sent, and was killed behind, may be on its way.
    if node == nil, try await sender.finishEarlier(&act, in: market) {
      (market, node, block) = try await current()
      act.seen = block
    }
    if let node {
      if let known = try same(node, as: descriptor, owner: owner, stake: stake) {
        world.note("\(node.address) is node \(node.number) already, as it would be registered")
        return try record.settingNode(known)
      }
      throw Failure(
        .answerNo,
        node.registered.isActive
          ? "\(node.address) is node \(node.number) already, registered otherwise"
          : "\(node.address) is node \(node.number), which is retired",
        code: "registered",
        hint: node.registered.isActive
          ? "'sr-node update' changes endpoint and descriptor, NodeRegistry.addStake the stake"
          : "'sr-chain withdraw --stake' frees the account for a new node, once unbonding is over")
    }
    let least = try await market.call(.nodeRegistry, NodeRegistry.minimumStake)
    guard case .uint(let minimum)? = least.first else { return record }
    if let stake, stake < minimum {
      throw Failure(
        .data, "a stake of \(Amount.shown(stake)) is below the minimum of \(Amount.shown(minimum))",
        code: "stake-too-low")
    }
    let (cid, signed) = try signed(descriptor, of: record)
    let owner = owner ?? descriptor.address
    act.arguments = [.address(owner), .string(descriptor.endpoint), .string("\(cid)")]
    act.value = stake ?? minimum
    let outcome = try await send(act, keeping: signed)
    var members = signed.map(Self.members) ?? [:]
    members["owner"] = .string("\(owner)")
    members["stake"] = .string("\(stake ?? minimum)")
    members["active"] = true
    return try told(outcome, in: record, members, market) { receipt in
      guard let number = receipt.number(of: NodeRegistry.nodeRegistered, in: market) else {
        return [:]
      }
      return ["number": .integer(number)]
    }
  }

  /// Tells the chain what a record says of its node now, or that it does already.
  func update(_ record: Record) async throws(Failure) -> Record {
    let descriptor = try signing.descriptor(of: record)
    let (market, found, _) = try await current()
    let node = try Self.registered(found, descriptor.address)
    if let known = try same(node, as: descriptor, owner: nil, stake: nil) {
      world.note("node \(node.number), \(node.address), says the same already")
      return try record.settingNode(known)
    }
    guard node.registered.isActive else {
      throw Failure(
        .answerNo, "\(node.address) is node \(node.number), which is retired", code: "retired")
    }
    let (cid, signed) = try signed(descriptor, of: record)
    let act = MarketAct(
      "update", .nodeRegistry, NodeRegistry.update,
      [
        .uint(UInt256(low: UInt128(node.number))), .string(descriptor.endpoint),
        .string("\(cid)"),
      ], in: market, subject: "node \(descriptor.address)")
    var members = signed.map(Self.members) ?? [:]
    for member in Self.state(of: node).members { members[member.name] = member.value }
    return try told(try await send(act, keeping: signed), in: record, members, market) { _ in [:] }
  }
}
