public import ABI
public import Ethereum
internal import Synchronization
internal import SystemPackage

/// The ABIs of the registered contracts by address: all files are read once by a process, when the first is wanted.
public final class RegisteredInterfaces: Sendable {
  /// Nil where different contracts lie at one address, on different chains.
  private typealias Table = [Address: ContractABI?]

  let registry: ContractRegistry
  private let note: @Sendable (String) -> Void
  private let table = Mutex<Table?>(nil)

  /// The contracts of a registry; told which files are left out.
  public init(_ registry: ContractRegistry, note: @escaping @Sendable (String) -> Void) {
    self.registry = registry
    self.note = note
  }

  /// The ABI of the contract at an address, where exactly one is registered there.
  public func abi(at address: Address) throws(ContractRegistryError) -> ContractABI? {
    try table.withLock { (table) throws(ContractRegistryError) in
      if let table { return table[address] ?? nil }
      let read = try read()
      table = read
      return read[address] ?? nil
    }
  }

  private func read() throws(ContractRegistryError) -> Table {
    var table: Table = [:]
    for path in try registry.paths() {
      do throws(ContractRegistryError) {
        guard let contract = try registry.read(path) else { continue }
        let isOther = table[contract.address].map { $0 != contract.abi } ?? false
        table.updateValue(isOther ? nil : contract.abi, forKey: contract.address)
      } catch {
        // One bad file is no reason to send nothing to the others.
        note("\(error): left out")
      }
    }
    return table
  }
}
