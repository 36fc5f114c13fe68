import Commands
import Ethereum
import EthereumRPC
import Records

/// The name that a new contract gets.
struct Registering: Sendable {
  private let name: ContractName
  private let definitions: JSON
  private let isReplacing: Bool
  private let registry: ContractRegistry

  init(
    _ name: ContractName, _ code: ContractCode, replacing: Bool, _ file: String, in world: World
  ) throws(Failure) {
    guard let definitions = code.definitions else {
      throw Failure(.usage, "\(file) tells no ABI, and --name needs one", hint: "give --abi")
    }
    self.name = name
    self.definitions = definitions
    isReplacing = replacing
    registry = ContractRegistry(try world.folders)
  }

  /// Refuses a name that is taken on the node's chain.
  func check(_ client: EthereumClient) async throws(Failure) {
    let chain = try await identity(client)
    do throws(ContractRegistryError) {
      guard !isReplacing, try registry.read(registry.path(of: name, on: chain)) != nil else {
        return
      }
      throw .taken(name, chain)
    } catch { throw Failure(error) }
  }

  func add(_ address: Address, on chain: ChainIdentity) throws(Failure) -> JSONObject {
    do {
      let contract = try RegisteredContract(name, on: chain, at: address, abi: definitions)
      try registry.add(contract, replacing: isReplacing)
      return contract.summary
    } catch let error as ContractRegistryError {
      throw Failure(error)
    } catch {
      throw Failure(.data, "\(error)")
    }
  }

  func identity(_ client: EthereumClient) async throws(Failure) -> ChainIdentity {
    do throws(RPCError) { return try await client.identity() } catch { throw Failure(error) }
  }
}
