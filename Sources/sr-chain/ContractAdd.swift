import ABI
import ArgumentParser
import Commands
import Ethereum
import EthereumRPC
import Files
import Hashing
import Records
import WideInteger

struct ContractAdd: Command {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Give a contract a name on one chain.",
    discussion: """
      The node tells which chain it is: its id and the hash of its block 0. With --genesis and \
      --chain no node is asked.
      """)
  static let verb = "contract add"

  @Argument(help: "What to call it.")
  var name: String

  @Argument(help: "Where it lies.")
  var address: String

  @Option(help: "Take the contract's ABI from <file>.")
  var abi: String

  @Option(help: "The <hash> of the chain's block 0; --chain then tells its id.")
  var genesis: String?

  @Flag(help: "Replace a contract that has the name already.")
  var replace = false

  @OptionGroup var options: ChainOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard let genesis else { return }
    guard (try? Digest32(hex: genesis)) != nil else {
      throw ValidationError("--genesis takes 0x and 64 hexadecimal digits")
    }
    guard options.chain != nil else { throw ValidationError("--genesis needs --chain") }
  }

  func run(in world: World) async throws(Failure) -> Failure.Status {
    let name = try ContractName.checked(name)
    let address: Address
    do throws(AddressError) { address = try Address(parsing: self.address) } catch {
      throw Failure(.usage, "'\(self.address)' is no address: \(error)")
    }
    var definitions = try ABIOptions.json(abi)
    // Of a compiler's artifact the ABI alone is kept: it may be megabytes of code.
    if let inner = definitions.object?["abi"] { definitions = inner }
    let registry = ContractRegistry(try world.folders)
    let chain = try await identity(of: address, in: world)
    let contract: RegisteredContract
    do throws(ABIError) {
      contract = try RegisteredContract(name, on: chain, at: address, abi: definitions)
    } catch {
      throw Failure(.data, "\(abi): \(error)")
    }
    do throws(ContractRegistryError) { try registry.add(contract, replacing: replace) } catch {
      throw Failure(error)
    }
    try world.write(Contract.record(contract, at: registry.path(of: name, on: chain)))
    return .done
  }

  /// The chain, of the options or of the node, which is asked for the contract's code as well.
  private func identity(
    of address: Address, in world: World
  ) async throws(Failure) -> ChainIdentity {
    if let genesis, let hash = try? Digest32(hex: genesis),
      let id = options.chain.flatMap({ try? UInt256(decimal: $0) })
    {
      return ChainIdentity(chainId: id, genesis: hash)
    }
    let client = try options.client(in: world)
    return try await world.interruptible { () throws(Failure) in
      try await Self.ask(client, about: address, in: world)
    }
  }

  private static func ask(
    _ client: EthereumClient, about address: Address, in world: World
  ) async throws(Failure) -> ChainIdentity {
    do throws(RPCError) {
      let identity = try await client.identity()
      let code = try await client.call("eth_getCode", [.string("\(address)"), "latest"])
      if code.string == "0x" {
        world.note("there is no contract at \(address) yet on the chain \(identity.chainId)")
      }
      return identity
    } catch {
      throw Failure(error)
    }
  }
}
