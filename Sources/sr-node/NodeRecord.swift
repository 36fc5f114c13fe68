import Marketplace
import MarketplaceClient
import Records
import WideInteger

extension ListedNode {
  /// What the chain says of the node, as the beginning of a record's `node`.
  var members: JSONObject {
    var members: JSONObject = [
      "address": .string("\(address)"), "number": .integer(number), "owner": .string("\(owner)"),
      "endpoint": .string(endpoint), "descriptor": .string(descriptor),
      "active": .bool(registered.isActive), "stake": .string("\(registered.stake)"),
      "freeStake": .string("\(registered.freeStake)"),
      "openClaims": .integer(registered.openClaims),
    ]
    members["reputation"] = [
      "score": registered.reputation.map { .integer($0) } ?? .null,
      "done": .integer(registered.done), "agreed": .integer(registered.agreed),
      "failed": .integer(registered.failed), "slashed": .integer(registered.slashed),
    ]
    return members
  }
}

extension JSONObject {
  /// The members with what a node says of itself; `version` and `signature` stay in its block.
  func adding(_ signed: SignedDescriptor) -> JSONObject {
    var members = self
    for member in signed.descriptor.json.members where member.name != "version" {
      members[member.name] = member.value
    }
    members["descriptor"] = .string("\(signed.cid)")
    return members
  }
}
