internal import ABI
internal import Ethereum
internal import Records

/// A contract that is called, and what is known of it.
final class CallTarget: Sendable {
  let address: Address
  let abi: ContractABI?
  let method: String?
  /// Whether it was named, so that its ABI goes before what a user writes; else the ABI only helps out.
  private let isNamed: Bool

  init(
    _ address: Address, abi: ContractABI? = nil, method: String? = nil, isNamed: Bool = true
  ) {
    self.address = address
    self.abi = abi
    self.isNamed = isNamed
    self.method = method
  }

  /// A function to call, as far as words tell it.
  struct Function: Sendable {
    /// The signature itself; nil where the contract's ABI has the function.
    var signature: ABIFunction?
    var name: String
    var arguments: [String]
    /// The parameters, where it is clear which function is meant: only there names of accounts can be told from other words.
    var inputs: [ABIParameter]
  }

  /// The function that words name, their first where the target names none.
  func function(_ words: [String]) throws(Failure) -> Function {
    guard let name = method ?? words.first else {
      throw Failure(
        .usage, "no function to call", hint: "such as 'balanceOf(address)(uint256)'")
    }
    let arguments = Array(words.dropFirst(method == nil ? 1 : 0))
    if let abi, isNamed || !Self.tellsResults(name), let known = try? abi.functions(named: name) {
      let candidates = known.filter { $0.inputs.count == arguments.count }
      return Function(
        name: name, arguments: arguments, inputs: candidates.count == 1 ? candidates[0].inputs : [])
    }
    guard name.contains("(") else {
      throw Failure(
        .data,
        abi == nil
          ? "\(JSON.string(name).text) is no signature, and \(address) is not registered"
          : "\(JSON.string(name).text) is neither a signature nor in the contract's ABI",
        hint: "such as 'balanceOf(address)(uint256)'; or register it: sr-chain contract add")
    }
    do throws(ABIError) {
      let signature = try ABIFunction(parsing: name)
      return Function(
        signature: signature, name: name, arguments: arguments, inputs: signature.inputs)
    } catch {
      throw Failure(.data, "\(JSON.string(name).text) is no signature: \(error)")
    }
  }

  private static func tellsResults(_ name: String) -> Bool {
    (try? ABIFunction(parsing: name)).map { !$0.outputs.isEmpty } ?? false
  }

  /// The call of a function with these arguments.
  func query(_ function: Function, _ texts: [String]) throws(Failure) -> ContractQuery {
    do throws(ABIError) {
      if let signature = function.signature {
        return try ContractQuery(
          to: address, function: signature,
          arguments: try ABIValue.list(parsing: texts, as: signature.inputs), abi: abi)
      }
      let found = try (abi ?? ContractABI()).function(named: function.name, parsing: texts)
      return try ContractQuery(
        to: address, function: found.function, arguments: found.arguments, abi: abi)
    } catch {
      throw Failure(.data, "\(function.name): \(error)")
    }
  }
}
