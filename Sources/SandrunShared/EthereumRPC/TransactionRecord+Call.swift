internal import ABI
public import Ethereum
public import Records

extension TransactionRecord {
  /// Refuses data that is not the call that `function` and `args` tell people: 65.
  ///
  /// What is signed is the data, so whoever reads the other two must not be told another story. A bare name is left out:
  /// what it means is known only where the contract is registered.
  public func checkCall(_ registry: ContractRegistry) throws(Failure) {
    guard let function = fields.function, function.contains("("),
      let data = signed?.transaction.data ?? fields.data
    else { return }
    let told: [UInt8]
    do throws(ContractRegistryError) {
      told = try ContractCall(
        function, arguments: .array(fields.args ?? []), registry: registry
      ).data()
    } catch {
      throw Failure(error)
    }
    guard told == data else {
      throw Failure(.data, "tx.data is not the call that tx.function and tx.args make")
    }
  }
}
