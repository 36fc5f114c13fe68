internal import Files
internal import SystemPackage

extension ContractRegistry {
  /// All contracts that are registered on a chain, by name; `note` is told which files are left out.
  public func contracts(
    on chain: ChainIdentity, note: (String) -> Void
  ) throws(ContractRegistryError) -> [RegisteredContract] {
    var contracts: [RegisteredContract] = []
    for path in try paths() {
      guard let name = path.stem.flatMap({ ContractName($0) }),
        path == self.path(of: name, on: chain)
      else { continue }
      do throws(ContractRegistryError) {
        contracts.append(try contract(name, on: chain))
      } catch {
        // One bad file is no reason to know none of the others.
        note("\(error): left out")
      }
    }
    return contracts
  }
}
