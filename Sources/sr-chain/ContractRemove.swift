import ArgumentParser
import Commands
import EthereumRPC
import Hashing
import Records
import WideInteger

struct ContractRemove: Command {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Take a contract's name away; no node is asked.")
  static let verb = "contract remove"

  @Argument(help: "What it is called.")
  var name: String

  @Option(help: "The chain with this <id>, where several have the name.")
  var chain: String?

  @Option(help: "The chain whose block 0 has this <hash>, where several have the name.")
  var genesis: String?

  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard chain == nil || chain.flatMap({ try? UInt256(decimal: $0) }) != nil else {
      throw ValidationError("--chain takes the decimal id of a chain")
    }
    guard genesis == nil || genesis.flatMap({ try? Digest32(hex: $0) }) != nil else {
      throw ValidationError("--genesis takes 0x and 64 hexadecimal digits")
    }
  }

  func run(in world: World) throws(Failure) -> Failure.Status {
    let name = try ContractName.checked(name)
    let registry = ContractRegistry(try world.folders)
    let id = chain.flatMap { try? UInt256(decimal: $0) }
    let hash = genesis.flatMap { try? Digest32(hex: $0) }
    var chains: [ChainIdentity]
    do throws(ContractRegistryError) { chains = try registry.chains(of: name) } catch {
      throw Failure(error)
    }
    chains.removeAll { (id ?? $0.chainId, hash ?? $0.genesis) != ($0.chainId, $0.genesis) }
    guard let chain = chains.first else {
      let place = id.map { " on the chain \($0)" } ?? ""
      throw Failure(.missingInput, "no contract '\(name)' is registered\(place)")
    }
    guard chains.count == 1 else {
      let ids = chains.map { "\($0.chainId)" }.joined(separator: ", ")
      throw Failure(
        .usage, "'\(name)' is registered on several chains: \(ids)",
        hint: "tell which with --chain or --genesis")
    }
    do throws(ContractRegistryError) { try registry.remove(name, on: chain) } catch {
      throw Failure(error)
    }
    return .done
  }
}
