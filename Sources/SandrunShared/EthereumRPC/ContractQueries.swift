internal import ABI
public import Commands
internal import Ethereum
internal import Hashing
public import Records

/// Makes calls of what a user types: contracts by address, ENS name or their name in the registry.
public struct ContractQueries: Sendable {
  private let client: EthereumClient
  private let resolver: AddressResolver
  private let registry: ContractRegistry

  /// With a node that is asked for names, and the user's own registry.
  public init(
    _ client: EthereumClient, _ resolver: AddressResolver, in world: World
  ) throws(Failure) {
    self.client = client
    self.resolver = resolver
    registry = ContractRegistry(try world.folders)
  }

  /// The call that `TO SIGNATURE [ARGUMENT …]` or `CONTRACT.METHOD [ARGUMENT …]` names, or `TO` with data.
  ///
  /// Throws 64 where words are missing or too many, 65 where they mean nothing. An argument that is an address may be a name.
  public func call(
    _ to: String, _ words: [String], data: [UInt8]? = nil
  ) async throws(Failure) -> ContractQuery {
    let (address, abi, named) = try await target(to)
    if let data {
      guard words.isEmpty, named == nil else {
        throw Failure(.usage, "--data takes the place of a function and its arguments")
      }
      return ContractQuery(to: address, data: data, abi: abi)
    }
    guard let function = named ?? words.first else {
      throw Failure(
        .usage, "no function to call", hint: "such as 'balanceOf(address)(uint256)'")
    }
    let arguments = Array(named == nil ? words.dropFirst() : words[...])
    if let abi, !function.contains("(") || (try? abi.functions(named: function)) != nil {
      return try await known(function, arguments, abi, at: address)
    }
    guard function.contains("(") else {
      throw Failure(
        .data, "\(JSON.string(function).text) is no signature, and \(address) is not registered",
        hint: "such as 'balanceOf(address)(uint256)'; or register it: sr-chain contract add")
    }
    let signature: ABIFunction
    do throws(ABIError) { signature = try ABIFunction(parsing: function) } catch {
      throw Failure(.data, "\(JSON.string(function).text) is no signature: \(error)")
    }
    let values = try await resolved(arguments, for: signature.inputs)
    do throws(ABIError) {
      return try ContractQuery(
        to: address, function: signature,
        arguments: try ABIValue.list(parsing: values, as: signature.inputs), abi: abi)
    } catch {
      throw Failure(.data, "\(signature.signature): \(error)")
    }
  }

  private func known(
    _ name: String, _ arguments: [String], _ abi: ContractABI, at address: Address
  ) async throws(Failure) -> ContractQuery {
    do {
      // Names of accounts can only be told from other words where the function is clear.
      let candidates = try abi.functions(named: name).filter {
        $0.inputs.count == arguments.count
      }
      let texts =
        candidates.count == 1
        ? try await resolved(arguments, for: candidates[0].inputs) : arguments
      let (function, values) = try abi.function(named: name, parsing: texts)
      return try ContractQuery(to: address, function: function, arguments: values, abi: abi)
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(.data, "\(name): \(error)")
    }
  }

  /// Where a text points to: a registered contract and perhaps its method, else an address or a name.
  private func target(
    _ text: String
  ) async throws(Failure) -> (address: Address, abi: ContractABI?, method: String?) {
    if let found = try await registered(text) {
      return (found.contract.address, found.contract.abi, found.method)
    }
    let address = try await resolver.resolve(text)
    return (address, nil, nil)
  }

  private func registered(
    _ text: String
  ) async throws(Failure) -> (contract: RegisteredContract, method: String?)? {
    do throws(ContractRegistryError) {
      guard try registry.mayHold(text) else { return nil }
    } catch { throw Failure(error) }
    let chain: ChainIdentity
    do throws(RPCError) { chain = try await client.identity() } catch { throw Failure(error) }
    do throws(ContractRegistryError) { return try registry.find(text, on: chain) } catch {
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
