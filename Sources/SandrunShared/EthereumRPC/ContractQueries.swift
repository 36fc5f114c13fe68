internal import ABI
public import Commands
public import Ethereum
internal import Hashing
public import Records

/// Makes calls of what a user types: contracts by address, ENS name or their name in the registry.
public struct ContractQueries: Sendable {
  private let client: EthereumClient
  private let resolver: AddressResolver
  private let registry: ContractRegistry
  private let interfaces: RegisteredInterfaces

  /// With a node that is asked for names, and the user's own registry.
  public init(
    _ client: EthereumClient, _ resolver: AddressResolver, in world: World
  ) throws(Failure) {
    self.client = client
    self.resolver = resolver
    registry = ContractRegistry(try world.folders)
    interfaces = RegisteredInterfaces(registry) { world.note($0) }
  }

  /// The call that `TO SIGNATURE [ARGUMENT …]` or `CONTRACT.METHOD [ARGUMENT …]` names, or `TO` with data.
  ///
  /// Throws 64 where words are missing or too many, 65 where they mean nothing. An argument that is an address may be a name.
  public func call(
    _ to: String, _ words: [String], data: [UInt8]? = nil
  ) async throws(Failure) -> ContractQuery {
    let target = try await target(to)
    if let data {
      guard words.isEmpty, target.method == nil else {
        throw Failure(.usage, "--data takes the place of a function and its arguments")
      }
      return ContractQuery(to: target.address, data: data, abi: target.abi)
    }
    let function = try target.function(words)
    let texts = try await resolved(function.arguments, for: function.inputs)
    return try target.query(function, texts)
  }

  /// The account that a text means: a registered contract, an address, or a name of ENS.
  ///
  /// Where only a contract is meant, a name of one that is not registered is refused as such: 66.
  public func account(
    _ text: String, isContract: Bool = false
  ) async throws(Failure) -> Address {
    if let found = try await registered(text, isContract: isContract) {
      guard found.method == nil else {
        throw Failure(.data, "\(JSON.string(text).text) is a contract's method, and no account")
      }
      return found.address
    }
    return try await resolver.resolve(text)
  }

  /// Where a text points to: a registered contract and perhaps its method, else an address or a name.
  private func target(_ text: String) async throws(Failure) -> CallTarget {
    if let target = try await registered(text, isContract: true) { return target }
    let address = try await resolver.resolve(text)
    do throws(ContractRegistryError) {
      return CallTarget(address, abi: try interfaces.abi(at: address), isNamed: false)
    } catch { throw Failure(error) }
  }

  private func registered(
    _ text: String, isContract: Bool
  ) async throws(Failure) -> CallTarget? {
    let isRegistered: Bool
    let missing: ContractName?
    do throws(ContractRegistryError) {
      isRegistered = try registry.mayHold(text)
      missing = isContract ? try registry.missing(text) : nil
    } catch { throw Failure(error) }
    guard isRegistered || missing != nil else { return nil }
    let chain: ChainIdentity
    do throws(RPCError) { chain = try await client.identity() } catch { throw Failure(error) }
    if let missing {
      throw Failure(ContractRegistryError.notFound(missing, chain, elsewhere: []))
    }
    return try Self.registered(text, in: registry, on: chain)
  }

  private static func registered(
    _ text: String, in registry: ContractRegistry, on chain: ChainIdentity
  ) throws(Failure) -> CallTarget? {
    do throws(ContractRegistryError) {
      return try registry.find(text, on: chain).map { found in
        CallTarget(
          found.contract.address, abi: found.contract.abi, method: found.method)
      }
    } catch {
      throw Failure(error)
    }
  }

  /// The arguments with the names of accounts resolved.
  private func resolved(
    _ arguments: [String], for parameters: [ABIParameter]
  ) async throws(Failure) -> [String] {
    var texts = arguments
    for (index, parameter) in zip(texts.indices, parameters)
    where parameter.type == .address && !texts[index].hasPrefix("0x") {
      texts[index] = "\(try await resolver.resolve(texts[index]))"
    }
    return texts
  }
}
