public import ABI
public import Commands
public import Ethereum
internal import Hashing
public import Records

/// Makes addresses of names, and data of functions and their arguments.
public struct BuildingCalls: Sendable {
  private let resolver: AddressResolver
  let registry: ContractRegistry
  let interfaces: RegisteredInterfaces
  private let explain: @Sendable (String) -> Void
  private let note: @Sendable (String) -> Void

  /// With what resolves names, and the user's own registry of contracts.
  public init(_ resolver: AddressResolver, in world: World) throws(Failure) {
    self.resolver = resolver
    registry = ContractRegistry(try world.folders)
    interfaces = RegisteredInterfaces(registry) { world.note($0) }
    explain = { world.detail($0) }
    note = { world.note($0) }
  }

  /// The members with an address in `to` and the call in `data`, and the contract's ABI where it is registered.
  ///
  /// A name costs a look-up before all else: a contract's once for the chain's identity, an ENS name two; `node` is the
  /// record's own client. Names stand for addresses among the arguments too. Throws 65 where a name or a function means
  /// nothing, 66 where the contract is not registered on the chain.
  public func resolved(
    _ members: TransactionFields, asking node: EthereumClient
  ) async throws(Failure) -> (fields: TransactionFields, abi: ContractABI?) {
    var fields = members
    var abi: ContractABI?
    guard members.to != nil else { throw Failure(TransactionMemberError("to", nil)) }
    if case .name(let text) = members.to {
      if let found = try await contract(text, asking: node) {
        fields.to = .address(found.contract.address)
        abi = found.contract.abi
        guard found.method == nil || fields.function == nil else {
          throw Failure(.data, "tx.to names a method, and tx.function does too")
        }
        fields.function = fields.function ?? found.method
        explain("\(text) is \(found.contract.address), as registered")
      } else {
        fields.to = .address(try await account(text, asking: node))
      }
    }
    guard let function = fields.function else {
      guard fields.args == nil else { throw Failure(.data, "tx.args without tx.function") }
      return (fields, abi)
    }
    if abi == nil, case .address(let address) = fields.to {
      do throws(ContractRegistryError) { abi = try interfaces.abi(at: address) } catch {
        throw Failure(error)
      }
    }
    if let args = fields.args {
      let parameters = ContractCall.parameters(
        function, count: args.count, abi: abi, registry: registry)
      fields.args = try await resolved(args, as: parameters.map(\.type), asking: node)
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
  public func abi(at address: Address) -> ContractABI? { try? interfaces.abi(at: address) }

  /// Refuses a signed transaction whose `function` and `args` tell another call than is signed: 65.
  package func check(_ transaction: TransactionRecord) throws(Failure) {
    if try !transaction.checkCall(interfaces) { note(TransactionRecord.untold) }
  }

  /// The account that a name of ENS stands for, shown to who wants to know.
  private func account(
    _ text: String, asking node: EthereumClient
  ) async throws(Failure) -> Address {
    let address = try await resolver.resolve(text, asking: node)
    explain("\(text) is \(address), as ENS says")
    return address
  }

  /// Values with addresses for the names at their places, however deep; what does not fit the types stays as it is.
  private func resolved(
    _ values: [JSON], as types: [ABIType], asking node: EthereumClient
  ) async throws(Failure) -> [JSON] {
    guard values.count == types.count else { return values }
    var found = values
    for (index, type) in types.enumerated() {
      found[index] = try await resolved(values[index], as: type, asking: node)
    }
    return found
  }

  private func resolved(
    _ value: JSON, as type: ABIType, asking node: EthereumClient
  ) async throws(Failure) -> JSON {
    switch type {
    case .address:
      guard let text = value.string, AddressResolver.isName(text) else { return value }
      return .string("\(try await account(text, asking: node))")
    case .array(let element), .fixedArray(let element, _):
      guard let elements = value.elements else { return value }
      let types = Array(repeating: element, count: elements.count)
      return .array(try await resolved(elements, as: types, asking: node))
    case .tuple(let components):
      if let elements = value.elements {
        return .array(try await resolved(elements, as: components.map(\.type), asking: node))
      }
      guard var object = value.object else { return value }
      for component in components {
        guard let member = object[component.name] else { continue }
        object[component.name] = try await resolved(member, as: component.type, asking: node)
      }
      return .object(object)
    default: return value
    }
  }

  private func contract(
    _ text: String, asking client: EthereumClient
  ) async throws(Failure) -> (contract: RegisteredContract, method: String?)? {
    let missing: ContractName?
    do throws(ContractRegistryError) {
      missing = try registry.missing(text)
      let isRegistered = try registry.mayHold(text)
      guard missing != nil || isRegistered else { return nil }
    } catch { throw Failure(error) }
    explain("asking which chain it is, since a contract is named")
    let chain: ChainIdentity
    do throws(RPCError) { chain = try await client.identity() } catch { throw Failure(error) }
    do throws(ContractRegistryError) {
      if let missing { throw .notFound(missing, chain, elsewhere: []) }
      return try registry.find(text, on: chain)
    } catch {
      throw Failure(error)
    }
  }
}
