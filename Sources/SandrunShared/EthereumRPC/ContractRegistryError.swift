public import ABI
public import Files
public import Records
public import SystemPackage

/// Why the registry gives or takes no contract.
public enum ContractRegistryError: Error, Equatable, Sendable, CustomStringConvertible {
  /// No contract of this name on the chain; the chains that have one.
  case notFound(ContractName, ChainIdentity, elsewhere: [ChainIdentity])
  /// No contract of this name on any chain, where the chain does not matter.
  case unregistered(ContractName)
  /// There is one already.
  case taken(ContractName, ChainIdentity)
  /// The contracts of this name on several chains differ.
  case ambiguous(ContractName)
  /// An ABI of many megabytes.
  case tooLarge(ContractName)
  /// A file that is no contract's.
  case malformed(FilePath, String)
  /// The ABI has no such function, or several.
  case abi(ContractName, ABIError)
  /// A call that does not fit its function.
  case call(String, ABIError)
  /// A function's name with nothing that tells its types.
  case noInterface(String)
  /// The file system refused.
  case file(FileError)

  /// What is wrong, naming the contract or the file.
  public var description: String {
    switch self {
    case .notFound(let name, let chain, let elsewhere):
      elsewhere.contains { $0.chainId == chain.chainId }
        ? "the contract '\(name)' is registered on another chain \(chain.chainId), whose block 0 is not \(chain.genesis)"
        : "no contract '\(name)' is registered on the chain \(chain.chainId)"
    case .unregistered(let name): "no contract '\(name)' is registered"
    case .taken(let name, let chain):
      "there is a contract '\(name)' on the chain \(chain.chainId) already"
    case .ambiguous(let name):
      "the contracts '\(name)' on several chains have ABIs that differ"
    case .tooLarge(let name): "the ABI of '\(name)' is too large"
    case .malformed(let path, let reason): "malformed \(path): \(reason)"
    case .abi(let name, let error): "the contract '\(name)': \(error)"
    case .call(let text, let error): "\(text.prefix(200)): \(error)"
    case .noInterface(let text): "nothing tells the types of '\(text.prefix(200))'"
    case .file(let error): error.description
    }
  }
}

extension Failure {
  /// What a tool says where the registry gives or takes no contract.
  public init(_ error: ContractRegistryError) {
    switch error {
    case .notFound(let name, _, let elsewhere):
      let ids = elsewhere.map { "\($0.chainId)" }.joined(separator: ", ")
      self.init(
        .missingInput, "\(error)", code: "no-contract",
        hint: elsewhere.isEmpty
          ? name.registeringHint : "it is registered on the chain \(ids)")
    case .unregistered(let name):
      self.init(.missingInput, "\(error)", code: "no-contract", hint: name.registeringHint)
    case .taken:
      self.init(
        .cannotCreate, "\(error)",
        hint: "remove it first with 'sr-chain contract remove', or give --replace")
    case .ambiguous: self.init(.data, "\(error)", hint: "give the signature instead")
    case .noInterface(let text):
      // Two other things are often written where a function stands.
      let hint =
        text.hasPrefix("0x")
        ? "data as they are go with --data"
        : text.utf8.first.map { $0 &- 0x30 < 10 } ?? false
          ? "an amount goes with --value"
          : "give a signature such as 'transfer(address,uint256)', or a registered contract"
      self.init(.data, "\(error)", hint: hint)
    case .tooLarge, .abi, .call: self.init(.data, "\(error)")
    case .malformed: self.init(.configuration, "\(error)")
    case .file(let file):
      switch file.errno {
      case .noSpace, .readOnlyFileSystem, .notDirectory, .isDirectory:
        self.init(.cannotCreate, "\(error)")
      case .permissionDenied, .notPermitted: self.init(.permission, "\(error)")
      default: self.init(.io, "\(error)")
      }
    }
  }
}
