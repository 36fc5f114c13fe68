public import Ethereum
public import IPFS
public import Marketplace

/// A node as NodeRegistry has it: what its contract keeps, and what it told last.
public struct ListedNode: Hashable, Sendable {
  /// Its registration number.
  public let number: UInt64
  /// What the contract keeps of it.
  public let registered: RegisteredNode
  /// Where it says it is reached: whatever somebody wrote.
  public let endpoint: String
  /// What it says is the CID of its descriptor: whatever somebody wrote.
  public let descriptor: String

  /// Makes a node from its parts.
  public init(number: UInt64, registered: RegisteredNode, endpoint: String, descriptor: String) {
    self.number = number
    self.registered = registered
    self.endpoint = endpoint
    self.descriptor = descriptor
  }

  /// Who signs and sends for it: what it is named by.
  public var address: Address { registered.operatorAddress }

  /// Who withdraws its stake and gets its pay.
  public var owner: Address { registered.owner }

  /// The CID of its descriptor; nil where the text is none.
  public var descriptorCID: CID? { try? CID(parsing: descriptor) }
}
