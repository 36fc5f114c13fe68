internal import ABI

/// A contract of the registry, and perhaps one of its methods, as a user names them: `Market`, `Market.jobs`, `Market.jobs(bytes32)`.
public struct ContractReference: Hashable, Sendable {
  /// The contract's name.
  public var name: ContractName
  /// The method's name or signature.
  public var method: String?

  /// Takes a reference apart; nil for an address, for what ends with `.eth`, and for what has no such form.
  public init?(_ text: String) {
    guard !text.hasSuffix(".eth") else { return nil }
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, let name = ContractName(String(first)) else { return nil }
    self.name = name
    guard parts.count == 2 else { return }
    guard !parts[1].isEmpty else { return nil }
    method = String(parts[1])
  }

  /// Whether the text might as well be a name of ENS, which then goes first where no method fits.
  var isLikeENS: Bool {
    guard let method else { return false }
    return (name.description + method).utf8.allSatisfy { byte in
      byte &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10
        || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    }
  }

  /// Whether the text can only mean a registered contract: no name of ENS is written so, nor an amount.
  var isContractAlone: Bool {
    guard name.description.first?.isNumber == false else { return false }
    guard let method = method?.lowercased() else { return true }
    return !isLikeENS && method != "eth" && !method.hasSuffix(".eth")
  }
}

extension ContractRegistry {
  /// The contract that a text can only mean, and that is registered on no chain; nil for all other texts.
  func missing(_ text: String) throws(ContractRegistryError) -> ContractName? {
    guard let reference = ContractReference(text), reference.isContractAlone,
      try chains(of: reference.name).isEmpty
    else { return nil }
    return reference.name
  }

  /// Whether a text may name a contract here: asked before the chain is, which costs a round trip.
  public func mayHold(_ text: String) throws(ContractRegistryError) -> Bool {
    guard let reference = ContractReference(text) else { return false }
    return try !chains(of: reference.name).isEmpty
  }

  /// The contract that a text names on a chain, and the method behind the dot.
  ///
  /// Nil for an address, for a name of ENS, and where no contract of the name is registered on any chain. One that is
  /// registered on other chains alone is `notFound`, and a method that the ABI does not have is an error too.
  public func find(
    _ text: String, on chain: ChainIdentity
  ) throws(ContractRegistryError) -> (contract: RegisteredContract, method: String?)? {
    guard let reference = ContractReference(text), try mayHold(text) else { return nil }
    let contract: RegisteredContract
    do throws(ContractRegistryError) {
      contract = try self.contract(reference.name, on: chain)
    } catch .notFound where reference.isLikeENS {
      return nil
    }
    guard let method = reference.method else { return (contract, nil) }
    do throws(ABIError) {
      _ = try contract.abi.functions(named: method)
    } catch {
      if reference.isLikeENS { return nil }
      throw .abi(reference.name, error)
    }
    return (contract, method)
  }

  /// The contract that a text names where the chain does not matter, since its address is not used.
  ///
  /// Where several chains have the name, their ABIs must agree.
  public func find(
    _ text: String
  ) throws(ContractRegistryError) -> (contract: RegisteredContract, method: String?)? {
    guard let reference = ContractReference(text) else { return nil }
    var found: (contract: RegisteredContract, method: String?)?
    for chain in try chains(of: reference.name) {
      guard let next = try find(text, on: chain) else { continue }
      if let found, found.contract.abi != next.contract.abi {
        throw .ambiguous(reference.name)
      }
      found = next
    }
    return found
  }
}
