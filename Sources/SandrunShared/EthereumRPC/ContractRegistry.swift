public import Files
internal import Hashing
internal import Records
public import SystemPackage
internal import WideInteger

/// The contracts that the user gave names: a folder a chain, in it a file a contract.
///
/// A file is whole or not there, and two writers of one name cannot both think that they were first.
public struct ContractRegistry: Sendable {
  /// The bytes of a file at most.
  static let fileLimit = 16 << 20

  /// The folder with all of it.
  public let folder: FilePath

  /// A registry in this folder.
  public init(folder: FilePath) { self.folder = folder }

  /// The user's own: `contracts` in the configuration folder.
  public init(_ folders: UserFolders) {
    self.init(folder: folders.config.appending("contracts"))
  }

  /// Where a contract's file lies, or would lie.
  public func path(of name: ContractName, on chain: ChainIdentity) -> FilePath {
    folder(of: chain).appending("\(name).json")
  }

  /// Where the contracts of a chain lie.
  func folder(of chain: ChainIdentity) -> FilePath {
    folder.appending("\(chain.chainId)-\(chain.genesis)")
  }

  /// Puts a contract into the registry; a name that is taken on the chain is refused unless `replacing`.
  public func add(
    _ contract: RegisteredContract, replacing: Bool = false
  ) throws(ContractRegistryError) {
    let path = path(of: contract.name, on: contract.chain)
    let content = contract.json.bytes + [UInt8(ascii: "\n")]
    guard content.count <= Self.fileLimit else { throw .tooLarge(contract.name) }
    do throws(FileError) {
      try Files.makeDirectories(Files.parent(of: path))
      try Files.writeAtomically(content, to: path, replacing: replacing)
    } catch {
      guard error.errno == .fileExists else { throw .file(error) }
      throw .taken(contract.name, contract.chain)
    }
  }

  /// Takes a contract out of the registry.
  public func remove(
    _ name: ContractName, on chain: ChainIdentity
  ) throws(ContractRegistryError) {
    let path = path(of: name, on: chain)
    do throws(FileError) {
      guard try Files.status(path) != nil else {
        throw FileError("find", path, .noSuchFileOrDirectory)
      }
      try Files.removeTree(path)
      try Files.syncDirectory(Files.parent(of: path))
    } catch {
      guard error.errno == .noSuchFileOrDirectory else { throw .file(error) }
      throw .notFound(name, chain, elsewhere: try chains(of: name))
    }
  }

  /// A contract by its name on a chain; throws `notFound`.
  public func contract(
    _ name: ContractName, on chain: ChainIdentity
  ) throws(ContractRegistryError) -> RegisteredContract {
    guard let contract = try read(path(of: name, on: chain)) else {
      throw .notFound(name, chain, elsewhere: try chains(of: name))
    }
    guard contract.name == name, contract.chain == chain else {
      throw .malformed(path(of: name, on: chain), "it names another contract or chain")
    }
    return contract
  }

  /// The files of all contracts, by chain and by name; what is no contract's file is left out.
  public func paths() throws(ContractRegistryError) -> [FilePath] {
    do {
      guard try Files.status(folder) != nil else { return [] }
      var paths: [FilePath] = []
      for chain in try Files.list(folder) where Self.chain(of: chain.string) != nil {
        for file in try Files.list(folder.appending(chain))
        where file.extension == "json" && ContractName(file.stem) != nil {
          paths.append(folder.appending(chain).appending(file))
        }
      }
      return paths
    } catch {
      throw .file(error)
    }
  }

  /// The contract in a file of `paths`; nil where it was removed meanwhile.
  public func read(_ path: FilePath) throws(ContractRegistryError) -> RegisteredContract? {
    let bytes: [UInt8]
    do throws(FileError) {
      // A pipe that nobody writes to would be waited for.
      _ = try Files.head(path, count: 1)
      bytes = try Files.read(path, limit: Self.fileLimit)
    } catch {
      guard error.errno == .noSuchFileOrDirectory else { throw .file(error) }
      return nil
    }
    do {
      return try RegisteredContract(json: try JSON(parsing: bytes))
    } catch let error as MalformedContract {
      throw .malformed(path, error.reason)
    } catch {
      throw .malformed(path, "\(error)")
    }
  }

  /// The chains on which a name is registered, by the names of their folders.
  public func chains(of name: ContractName) throws(ContractRegistryError) -> [ChainIdentity] {
    try paths().filter { $0.lastComponent?.string == "\(name).json" }.compactMap {
      Self.chain(of: Files.parent(of: $0).lastComponent?.string ?? "")
    }
  }

  private static func chain(of folder: String) -> ChainIdentity? {
    let parts = folder.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let id = try? UInt256(decimal: parts[0]),
      let genesis = try? Digest32(hex: String(parts[1]))
    else { return nil }
    return ChainIdentity(chainId: id, genesis: genesis)
  }
}
