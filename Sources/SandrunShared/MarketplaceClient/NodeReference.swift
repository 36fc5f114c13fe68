public import Ethereum
public import Records

/// A node as users name it: by its operator's address, or by its registration number.
public enum NodeReference: Hashable, Sendable, CustomStringConvertible {
  /// The account that operates it.
  case address(Address)
  /// Its number.
  case number(UInt64)

  /// Reads an address, or a decimal number from 1 on; nil for anything else.
  public init?(_ text: String) {
    if let address = Address(text) {
      self = .address(address)
    } else if let number = UInt64(text), number > 0, "\(number)" == text {
      self = .number(number)
    } else {
      return nil
    }
  }

  /// The address, or the number.
  public var description: String {
    switch self {
    case .address(let address): "\(address)"
    case .number(let number): "\(number)"
    }
  }
}

extension NodeDirectory {
  /// The nodes that are meant, in their order; nil where one is not registered.
  public func nodes(_ references: [NodeReference]) async throws(Failure) -> [ListedNode?] {
    var numbers: [UInt64] = []
    var addresses: [Address] = []
    for reference in references {
      switch reference {
      case .number(let number): numbers.append(number)
      case .address(let address): addresses.append(address)
      }
    }
    var found: [NodeReference: ListedNode] = [:]
    if !numbers.isEmpty {
      for node in try await listing(.numbers(Array(Set(numbers)))).nodes {
        found[.number(node.number)] = node
      }
    }
    if !addresses.isEmpty {
      for node in try await listing(.operators(Array(Set(addresses)))).nodes {
        found[.address(node.address)] = node
      }
    }
    return references.map { found[$0] }
  }
}
