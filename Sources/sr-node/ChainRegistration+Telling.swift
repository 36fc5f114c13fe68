import Commands
import Ethereum
import IPFS
import Marketplace
import MarketplaceClient
import Records
import Sending
import WideInteger

extension ChainRegistration {
  /// What is told of a node that is registered as it would be; nil where it is registered otherwise.
  func same(
    _ node: ListedNode, as descriptor: NodeDescriptor, owner: Address?, stake: UInt256?
  ) throws(Failure) -> JSONObject? {
    guard node.registered.isActive, owner == nil || owner == node.owner,
      stake ?? 0 <= node.registered.stake,
      let known = signing.registered(
        as: node.descriptorCID, at: node.endpoint, alike: descriptor)
    else { return nil }
    var members = Self.members(of: known)
    for member in Self.state(of: node).members { members[member.name] = member.value }
    return members
  }

  static func registered(
    _ node: ListedNode?, _ address: Address
  ) throws(Failure) -> ListedNode {
    if let node { return node }
    throw Failure(
      .missingInput, "\(address) is no registered node", code: "not-registered",
      hint: "'sr-node register' makes it one")
  }

  static func members(of signed: SignedDescriptor) -> JSONObject {
    [
      "address": .string("\(signed.descriptor.address)"),
      "endpoint": .string(signed.descriptor.endpoint),
      "issuedAt": .string("\(signed.descriptor.issuedAt)"),
      "descriptor": .string("\(signed.cid)"),
    ]
  }

  /// What NodeRegistry keeps of a node that a record of one tells.
  static func state(of node: ListedNode) -> JSONObject {
    [
      "owner": .string("\(node.owner)"), "stake": .string("\(node.registered.stake)"),
      "active": .bool(node.registered.isActive), "number": .integer(node.number),
    ]
  }

  /// The descriptor with its signature, and its CID; in a dry run nothing is signed, and the CID of what would be stands for it.
  func signed(
    _ descriptor: NodeDescriptor, of record: Record
  ) throws(Failure) -> (cid: CID, SignedDescriptor?) {
    guard sender.isDryRun else {
      let signed = try signing.sign(descriptor, of: record)
      return (signed.cid, signed)
    }
    world.note("nothing is signed in a dry run: another CID stands for the descriptor's")
    return (CID(hashing: JSON.object(descriptor.json).bytes, codec: .raw), nil)
  }

  /// The descriptor is kept before anybody can ask for it by its CID.
  func send(
    _ act: MarketAct, keeping signed: SignedDescriptor?
  ) async throws(Failure) -> MarketSender.Outcome {
    if let signed { try signing.keep(signed) }
    return try await sender.send(act)
  }

  func told(
    _ outcome: MarketSender.Outcome, in record: Record, _ members: JSONObject, _ market: Market,
    _ more: (TransactionReceipt) -> JSONObject
  ) throws(Failure) -> Record {
    switch outcome {
    case .dry(let dry):
      guard let tx = try dry["tx"] else { return record }
      return record.setting("tx", to: tx)
    case .sent(let sent):
      var members = members
      for member in more(sent.receipt).members { members[member.name] = member.value }
      members["registry"] = .string("\(market.nodeRegistry)")
      members["tx"] = .string("\(sent.tx)")
      members["block"] = .integer(sent.block)
      return try record.settingNode(members)
    }
  }
}
