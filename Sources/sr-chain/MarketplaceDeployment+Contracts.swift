import Ethereum
import EthereumRPC
import Hashing
import Marketplace
import Records
import Sending

extension MarketplaceDeployment {
  /// How the four are wired that an account makes from a nonce on.
  func wiring(_ sender: Address, _ nonce: UInt64) throws(Failure) -> MarketplaceWiring {
    guard
      let wiring = MarketplaceWiring(
        createdBy: sender, from: nonce, minimumStake: options.stake, unbonding: options.seconds)
    else { throw Failure(.data, "\(sender) has used up all nonces (EIP-2681)") }
    return wiring
  }

  /// The records of the four creations by an account, from a nonce on.
  func records(_ sender: Address, _ nonce: UInt64) throws(Failure) -> [Record] {
    let wiring = try wiring(sender, nonce)
    return try artefacts.map { (artefact) throws(Failure) in
      let arguments: [UInt8]
      do throws(MarketplaceWiringError) {
        arguments = try wiring.arguments(of: artefact.contract, abi: artefact.abi)
      } catch { throw Failure(.data, "\(error)") }
      let data = Hex.encode(artefact.bytes + arguments)
      let made = try broadcasting.record(["to": .null, "data": .string(data)], in: world)
      let contract: JSON = [
        "name": .string(artefact.contract.name),
        "address": .string("\(wiring.address(of: artefact.contract))"),
      ]
      return Record(["contract": contract])
        .setting("tx", toText: try made.objectText("tx")?.bytes ?? [])
    }
  }

  /// What is registered of them.
  func contracts(
    _ place: TransactionSeries.Place
  ) throws(Failure) -> [RegisteredContract] {
    let wiring = try wiring(place.sender, place.firstNonce)
    return try artefacts.map { (artefact) throws(Failure) in
      guard let name = ContractName(artefact.contract.name) else {
        throw Failure(.internalError, "\(artefact.contract.name) is no name")
      }
      do {
        return try RegisteredContract(
          name, on: place.chain, at: wiring.address(of: artefact.contract),
          abi: artefact.definitions)
      } catch { throw Failure(.data, "\(artefact.contract.name): \(error)") }
    }
  }

  /// Why the registry does not give them their names; where others have them, who that is.
  func failure(_ error: ContractRegistryError) -> Failure {
    var failure = Failure(error)
    guard case .taken(let name, let chain) = error else { return failure }
    if let holder = try? registry.read(registry.path(of: name, on: chain)) {
      failure.message += ", at \(holder.address)"
    }
    failure.hint =
      "another set has these names: 'sr-chain contract list' shows it; "
      + "with --replace it loses them, and what goes by name goes to the new set"
    return failure
  }
}
