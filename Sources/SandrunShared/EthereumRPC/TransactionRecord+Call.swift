internal import ABI
public import Ethereum
public import Records
internal import SystemPackage

extension TransactionRecord {
  /// Refuses a call that is not the one that `function` and `args` tell people: 65.
  ///
  /// What is signed is the data, so whoever reads the other two must not be told another story. Without data there is
  /// nothing to compare yet. A whole signature needs no registry; a bare name means something only where the contract is
  /// registered. Returns whether the two were compared, or say nothing: false where nothing tells what a name means.
  public func checkCall(_ known: RegisteredInterfaces?) throws(Failure) -> Bool {
    guard tellsCall, let data = signed?.transaction.data ?? fields.data else { return true }
    guard let function = fields.function else {
      throw Failure(.data, "tx.args without tx.function")
    }
    let told: [UInt8]?
    do throws(ContractRegistryError) { told = try self.data(of: function, known) } catch {
      throw Failure(error)
    }
    guard let told else { return false }
    guard told == data else {
      let name = fields.data == nil ? "tx.raw" : "tx.data"
      throw Failure(.data, "\(name) is not the call that tx.function and tx.args make")
    }
    return true
  }

  /// What people are told where `checkCall` could not compare.
  public static let untold =
    "tx.function is a name alone, and its contract is not registered here: it was not compared with the call's data"

  private func data(
    of function: String, _ known: RegisteredInterfaces?
  ) throws(ContractRegistryError) -> [UInt8]? {
    let name = function.prefix { $0 != "(" }
    var abi: ContractABI?
    if name.contains(".") {
      // A method of a contract that is named: looked up by that name.
      guard known != nil else { return nil }
    } else if name.utf8.count == function.utf8.count {
      guard let known, let target, let found = try known.abi(at: target) else { return nil }
      abi = found
    }
    do throws(ContractRegistryError) {
      return try ContractCall(
        function, arguments: .array(fields.args ?? []), abi: abi,
        registry: known?.registry ?? .none
      ).data()
    } catch .noInterface, .ambiguous {
      return nil
    }
  }

  /// Whom it calls, where that is an address.
  private var target: Address? {
    if let signed { return signed.transaction.to }
    guard case .address(let address) = fields.to else { return nil }
    return address
  }
}

extension ContractRegistry {
  /// One that is never looked into.
  fileprivate static let none = ContractRegistry(folder: "/dev/null")
}
