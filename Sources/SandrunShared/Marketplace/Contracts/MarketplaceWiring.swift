public import ABI
public import Ethereum
public import WideInteger

/// What the four contracts are told of each other, and what a node has to stake.
///
/// Nobody can change it later: constructors take it, and getters of the same names give it back.
public struct MarketplaceWiring: Sendable {
  /// What each contract is told: the names of the constructor's parameters, in their order, and the values.
  public typealias Part = (name: String, type: ABIType, value: ABIValue)

  /// Where the four lie, in their order.
  public let addresses: [Address]
  /// What a node stakes at least, in wei.
  public let minimumStake: UInt256
  /// The seconds for which the stake of a node that has retired stays.
  public let unbonding: UInt256

  /// The wiring of four contracts that an account makes by its transactions from one nonce on; nil where it has not so
  /// many nonces left.
  public init?(
    createdBy sender: Address, from nonce: UInt64, minimumStake: UInt256, unbonding: UInt256
  ) {
    let count = UInt64(MarketplaceContract.allCases.count)
    let (end, isOver) = nonce.addingReportingOverflow(count)
    guard !isOver else { return nil }
    addresses = (nonce..<end).map { Address(createdBy: sender, nonce: $0) }
    self.minimumStake = minimumStake
    self.unbonding = unbonding
  }

  /// Where a contract lies.
  public func address(of contract: MarketplaceContract) -> Address {
    let place = MarketplaceContract.allCases.firstIndex(of: contract) ?? 0
    return addresses[place]
  }

  /// What a contract is told.
  public func parts(of contract: MarketplaceContract) -> [Part] {
    switch contract {
    case .nodeRegistry:
      [
        part("marketplace", .jobMarketplace), part("consensus", .consensusManager),
        ("minimumStake", .uint(256), .uint(minimumStake)),
        ("unbonding", .uint(256), .uint(unbonding)),
      ]
    case .jobMarketplace:
      [part("registry", .nodeRegistry), part("consensus", .consensusManager)]
    case .proofVerification: [part("marketplace", .jobMarketplace)]
    case .consensusManager:
      [
        part("registry", .nodeRegistry), part("marketplace", .jobMarketplace),
        part("proofs", .proofVerification),
      ]
    }
  }

  private func part(_ name: String, _ contract: MarketplaceContract) -> Part {
    (name, .address, .address(address(of: contract)))
  }

  /// The arguments of a contract's constructor, encoded; throws where its ABI tells another constructor, or lacks a getter.
  public func arguments(
    of contract: MarketplaceContract, abi: ContractABI
  ) throws(MarketplaceWiringError) -> [UInt8] {
    let parts = parts(of: contract)
    let inputs = abi.constructor?.inputs ?? []
    // Vyper wants parameters to have other names than getters: there is an underscore in front or behind.
    let names = inputs.map { $0.name.filter { $0 != "_" } }
    guard inputs.map(\.type) == parts.map(\.type), names == parts.map(\.name) else {
      let found = inputs.map { "\($0.name): \($0.type)" }.joined(separator: ", ")
      throw .otherConstructor(contract, found: "(\(found))")
    }
    for part in parts { _ = try getter(part, of: contract, abi: abi) }
    do throws(ABIError) { return try ABI.encode(parts.map(\.value), as: inputs) } catch {
      throw .otherConstructor(contract, found: "\(error)")
    }
  }

  /// The function by which a contract tells a part.
  public func getter(
    _ part: Part, of contract: MarketplaceContract, abi: ContractABI
  ) throws(MarketplaceWiringError) -> ABIFunction {
    let found = abi.functions.first { $0.name == part.name && $0.inputs.isEmpty }
    guard let found, found.outputs.map(\.type) == [part.type] else {
      throw .noGetter(contract, part.name)
    }
    return found
  }
}

/// Why an artefact is none of the contract that it should be.
public enum MarketplaceWiringError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Its constructor takes other parameters.
  case otherConstructor(MarketplaceContract, found: String)
  /// It does not tell what it was told.
  case noGetter(MarketplaceContract, String)

  /// What is wrong, naming the contract.
  public var description: String {
    switch self {
    case .otherConstructor(let contract, let found):
      "the constructor of \(contract.name) is another: \(found)"
    case .noGetter(let contract, let name): "\(contract.name) has no function \(name)()"
    }
  }
}
