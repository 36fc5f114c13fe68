import Marketplace
import MarketplaceClient
import NodeClient
import Records

extension Discover.Candidate {
  /// What is known of it before its descriptor is.
  var members: JSONObject {
    switch self {
    case .listed(let node): node.members
    case .member(.success(let member)):
      ["address": .string("\(member.descriptor.descriptor.address)")]
    case .member(.failure): [:]
    case .missing(.address(let address)): ["address": .string("\(address)")]
    case .missing(.number(let number)): ["number": .integer(number)]
    }
  }

  /// What people know it by.
  var name: String {
    switch self {
    case .listed(let node): "\(node.address)"
    case .member(.success(let member)): "\(member.descriptor.descriptor.address)"
    case .member(.failure): "a node of the pool"
    case .missing(let reference): "\(reference)"
    }
  }
}

extension PoolClient.Telling {
  /// Whether it is among nodes that are named; all are where none is.
  func isWanted(_ wanted: [NodeReference]) -> Bool {
    guard !wanted.isEmpty else { return true }
    guard case .success(let member) = self else { return false }
    return wanted.contains(.address(member.descriptor.descriptor.address))
  }
}
