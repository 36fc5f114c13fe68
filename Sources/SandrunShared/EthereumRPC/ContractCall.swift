public import ABI
public import Records

/// A function of a contract with arguments that fit it.
public struct ContractCall: Hashable, Sendable {
  /// The function.
  public var function: ABIFunction
  /// One value for each of its parameters.
  public var arguments: [ABIValue]

  /// Finds a function by its signature, by its name in an ABI, or as `CONTRACT.METHOD` in the registry, and reads its arguments.
  ///
  /// A bare name is looked up in `abi`, else in the ABI of the registered contract that `to` names. Without a chain the
  /// contract may lie on any.
  public init(
    _ text: String, arguments: JSON, to: String? = nil, abi: ContractABI? = nil,
    registry: ContractRegistry, chain: ChainIdentity? = nil
  ) throws(ContractRegistryError) {
    let place = try Self.place(text, to: to, abi: abi, registry: registry, chain: chain)
    do throws(ABIError) {
      (function, self.arguments) = try place.abi.function(named: place.name, arguments: arguments)
    } catch {
      throw .call(text, error)
    }
  }

  /// The same, of arguments as people type them.
  public init(
    _ text: String, parsing arguments: [String], to: String? = nil, abi: ContractABI? = nil,
    registry: ContractRegistry, chain: ChainIdentity? = nil
  ) throws(ContractRegistryError) {
    let place = try Self.place(text, to: to, abi: abi, registry: registry, chain: chain)
    do throws(ABIError) {
      (function, self.arguments) = try place.abi.function(named: place.name, parsing: arguments)
    } catch {
      throw .call(text, error)
    }
  }

  /// The data of the call.
  public func data() throws(ContractRegistryError) -> [UInt8] {
    do throws(ABIError) { return try function.encodeCall(arguments) } catch {
      throw .call(function.signature, error)
    }
  }

  /// The parameters of the function that a text and a number of arguments mean; none where that is not clear.
  static func parameters(
    _ text: String, count: Int, to: String? = nil, abi: ContractABI? = nil,
    registry: ContractRegistry
  ) -> [ABIParameter] {
    guard let place = try? place(text, to: to, abi: abi, registry: registry, chain: nil),
      let named = try? place.abi.functions(named: place.name)
    else { return [] }
    let fitting = named.filter { $0.inputs.count == count }
    return fitting.count == 1 ? fitting[0].inputs : []
  }

  /// The ABI that has the function, and what it is called there.
  private static func place(
    _ text: String, to: String?, abi: ContractABI?, registry: ContractRegistry,
    chain: ChainIdentity?
  ) throws(ContractRegistryError) -> (abi: ContractABI, name: String) {
    let name = text.prefix { $0 != "(" }
    if name.contains(".") {
      guard let found = try registry.find(text, on: chain), let method = found.method else {
        throw .noInterface(text)
      }
      return (found.contract.abi, method)
    }
    if text.contains("(") {
      do throws(ABIError) {
        let function = try ABIFunction(parsing: text)
        return (ContractABI(functions: [function]), function.signature)
      } catch {
        throw .call(text, error)
      }
    }
    if let abi { return (abi, text) }
    guard let to, let found = try registry.find(to, on: chain), found.method == nil else {
      throw .noInterface(text)
    }
    return (found.contract.abi, text)
  }
}

extension ContractRegistry {
  /// The contract that a text names on a chain, or on any where none is given.
  public func find(
    _ text: String, on chain: ChainIdentity?
  ) throws(ContractRegistryError) -> (contract: RegisteredContract, method: String?)? {
    guard let chain else { return try find(text) }
    return try find(text, on: chain)
  }
}
