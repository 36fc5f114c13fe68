public import ABI
public import Commands
public import Ethereum
internal import Hashing
public import Records

/// Makes addresses of names, and data of functions and their arguments.
public struct BuildingCalls: Sendable {
  private let client: EthereumClient
  private let resolver: AddressResolver
  private let registry: ContractRegistry
  private let explain: @Sendable (String) -> Void

  /// With a node that is asked for names, and the user's own registry of contracts.
  public init(
    _ client: EthereumClient, _ resolver: AddressResolver, in world: World
  ) throws(Failure) {
    self.client = client
    self.resolver = resolver
    registry = ContractRegistry(try world.folders)
    explain = { world.detail($0) }
  }

  /// The members with an address in `to` and the call in `data`, and the contract's ABI where it is registered.
  ///
  /// A name costs a look-up before all else: a contract's once for the chain's identity, an ENS name two. Throws 65 where
  /// a name or a function means nothing, 66 where the contract is registered on other chains alone.
  public func resolved(
    _ members: TransactionFields
  ) async throws(Failure) -> (fields: TransactionFields, abi: ContractABI?) {
    var fields = members
    var abi: ContractABI?
    guard members.to != nil else { throw Failure(TransactionMemberError("to", nil)) }
    if case .name(let text) = members.to {
      if let found = try await contract(text) {
        fields.to = .address(found.contract.address)
        abi = found.contract.abi
        guard found.method == nil || fields.function == nil else {
          throw Failure(.data, "tx.to names a method, and tx.function does too")
        }
        fields.function = fields.function ?? found.method
        explain("\(text) is \(found.contract.address), as registered")
      } else {
        let address = try await resolver.resolve(text)
        fields.to = .address(address)
        explain("\(text) is \(address), as ENS says")
      }
    }
    guard let function = fields.function else {
      guard fields.args == nil else { throw Failure(.data, "tx.args without tx.function") }
      return (fields, abi)
    }
    if abi == nil, case .address(let address) = fields.to {
      do throws(ContractRegistryError) { abi = try registered(at: address) } catch {
        throw Failure(error)
      }
    }
    let data: [UInt8]
    do throws(ContractRegistryError) {
      let call = try ContractCall(
        function, arguments: .array(fields.args ?? []), abi: abi, registry: registry)
      data = try call.data()
    } catch { throw Failure(error) }
    guard fields.data == nil || fields.data == data else {
      throw Failure(.data, "tx.data is not the call that tx.function and tx.args make")
    }
    fields.data = data
    return (fields, abi)
  }

  /// The ABI of the contract at an address, where exactly one is registered there.
  public func abi(at address: Address) -> ContractABI? { try? registered(at: address) }

  private func contract(
    _ text: String
  ) async throws(Failure) -> (contract: RegisteredContract, method: String?)? {
    do throws(ContractRegistryError) {
      guard try registry.mayHold(text) else { return nil }
    } catch { throw Failure(error) }
    explain("asking which chain it is, since a contract is named")
    let chain: ChainIdentity
    do throws(RPCError) { chain = try await client.identity() } catch { throw Failure(error) }
    do throws(ContractRegistryError) { return try registry.find(text, on: chain) } catch {
      throw Failure(error)
    }
  }

  private func registered(at address: Address) throws(ContractRegistryError) -> ContractABI? {
    var found: ContractABI?
    for path in try registry.paths() {
      guard let contract = try registry.read(path), contract.address == address else { continue }
      // One address may hold different contracts on different chains.
      guard found == nil || found == contract.abi else { return nil }
      found = contract.abi
    }
    return found
  }

  // MARK: Parameters

  /// The members of a call as a command line names it: `TO [SIGNATURE [ARGUMENT …]]`, or `CONTRACT.METHOD [ARGUMENT …]`.
  ///
  /// No node is asked. Throws 64 where the words make no call.
  public func members(_ parameters: [String]) throws(Failure) -> JSONObject {
    guard let to = parameters.first else { return [:] }
    var members: JSONObject = ["to": .string(to)]
    var words = parameters.dropFirst()
    let call: ContractCall
    do throws(ContractRegistryError) {
      if let found = try registry.find(to), found.method != nil {
        members["to"] = .string("\(found.contract.name)")
        call = try ContractCall(to, parsing: Array(words), registry: registry)
      } else {
        guard let function = words.popFirst() else { return members }
        let abi = try Address(to).flatMap { (address) throws(ContractRegistryError) in
          try registered(at: address)
        }
        call = try ContractCall(
          function, parsing: Array(words), to: to, abi: abi, registry: registry)
      }
    } catch {
      let failure = Failure(error)
      throw Failure(
        failure.status == .data ? .usage : failure.status, failure.message, hint: failure.hint)
    }
    members["function"] = .string(call.function.signature)
    members["args"] = .array(call.arguments.map(\.json))
    return members
  }
}
