internal import ABI
public import Ethereum
public import EthereumRPC
internal import Hashing
internal import Marketplace
public import Records
internal import Synchronization

/// Finds the marketplace of a chain: its contracts are read, and held against each other, once.
public final class MarketFinder: Sendable {
  private let client: EthereumClient
  private let address: Address?
  private let registry: ContractRegistry
  private let found = Mutex<Market?>(nil)

  /// A finder of the JobMarketplace at an address, or of the one that the registry has under that name.
  public init(_ client: EthereumClient, at address: Address?, _ registry: ContractRegistry) {
    self.client = client
    self.address = address
    self.registry = registry
  }

  /// The marketplace; nothing is asked where it was found before.
  ///
  /// Throws 66 where none is registered on the chain, 76 where the four contracts do not name each other.
  public func market() async throws(Failure) -> Market {
    if let known = found.withLock({ $0 }) { return known }
    let client = client.forRecord()
    let chain: ChainIdentity
    do throws(RPCError) { chain = try await client.identity() } catch { throw Failure(error) }
    let marketplace = if let address { address } else { try registered(on: chain) }
    var market = try await wired(marketplace, chain, asking: client)
    market.client = self.client
    found.withLock { $0 = market }
    return market
  }

  private func registered(on chain: ChainIdentity) throws(Failure) -> Address {
    let name = MarketplaceContract.jobMarketplace.name
    guard let name = ContractName(name) else { preconditionFailure("\(name) is a name") }
    do throws(ContractRegistryError) {
      return try registry.contract(name, on: chain).address
    } catch {
      var failure = Failure(error)
      if failure.status == .missingInput {
        failure.hint = "'sr-chain contract add' registers it; or name it with --marketplace"
      }
      throw failure
    }
  }

  // MARK: The wiring

  private func wired(
    _ marketplace: Address, _ chain: ChainIdentity, asking client: EthereumClient
  ) async throws(Failure) -> Market {
    let first = try await told(
      [
        (.jobMarketplace, marketplace, JobMarketplace.registry),
        (.jobMarketplace, marketplace, JobMarketplace.consensus),
      ], asking: client)
    let (registry, consensus) = (first[0], first[1])
    let second = try await told(
      [
        (.consensusManager, consensus, ConsensusManager.proofs),
        (.consensusManager, consensus, ConsensusManager.marketplace),
        (.consensusManager, consensus, ConsensusManager.registry),
        (.nodeRegistry, registry, NodeRegistry.marketplace),
        (.nodeRegistry, registry, NodeRegistry.consensus),
      ], asking: client)
    let proofs = second[0]
    let third = try await told(
      [(.proofVerification, proofs, ProofVerification.marketplace)], asking: client)
    let market = Market(
      client: client, chain: chain, nodeRegistry: registry, jobMarketplace: marketplace,
      proofVerification: proofs, consensusManager: consensus)
    let claims: [(MarketplaceContract, String, Address, Address)] = [
      (.consensusManager, "marketplace", second[1], marketplace),
      (.consensusManager, "registry", second[2], registry),
      (.nodeRegistry, "marketplace", second[3], marketplace),
      (.nodeRegistry, "consensus", second[4], consensus),
      (.proofVerification, "marketplace", third[0], marketplace),
    ]
    for (contract, getter, told, expected) in claims where told != expected {
      throw Failure(
        .protocolViolation,
        "\(getter)() of \(contract.name) at \(market.address(of: contract)) is \(told), not \(expected): these are no four contracts of one marketplace",
        code: "bad-wiring", hint: "see --marketplace, and 'sr-chain contract list'")
    }
    return market
  }

  private typealias Getter = (
    contract: MarketplaceContract, address: Address, function: ABIFunction
  )

  /// What getters give, asked in one batch.
  private func told(
    _ getters: [Getter], asking client: EthereumClient
  ) async throws(Failure) -> [Address] {
    let requests = getters.map { getter in
      ContractQuery(to: getter.address, data: getter.function.selector).request(at: .latest)
    }
    let results: [Result<JSON, RPCFailure>]
    do throws(RPCError) { results = try await client.batch(requests) } catch {
      throw Failure(error)
    }
    var addresses: [Address] = []
    for (getter, (request, result)) in zip(getters, zip(requests, results)) {
      var data: [UInt8] = []
      if case .failure(let refusal) = result, refusal.isRevert {
        // As where there is no contract.
      } else {
        do throws(RPCError) { data = try result.answer(to: request).data() } catch {
          throw Failure(error)
        }
      }
      let values = try? getter.function.decodeResult(data)
      guard case .address(let address)? = values?.first else {
        throw Failure(
          .protocolViolation,
          "there is no \(getter.contract.name) at \(getter.address): \(getter.function.name)() gives no address",
          code: "bad-wiring",
          hint: "is it this chain? see --marketplace, and 'sr-chain contract list'"
        )
      }
      addresses.append(address)
    }
    return addresses
  }
}
