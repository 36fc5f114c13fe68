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

  @Option(help: "Take the contract's ABI from <file>.", completion: .file())
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
    let address = try checkedAddress()
    var definitions = try ABIOptions.json(abi)
    // Of a compiler's artifact the ABI alone is kept: it may be megabytes of code.
    if let inner = definitions.object?["abi"] { definitions = inner }
    do throws(ABIError) { _ = try ContractABI(json: definitions) } catch {
      throw Failure(.data, "\(abi): \(error)")
    }
    if let chain = given {
      try add(name, on: chain, at: address, definitions, in: world)
      return .done
    }
    let client = try options.client(in: world)
    let answer = try await world.interruptible { () throws(Failure) in
      try await Self.ask(client, about: address)
    }
    if !answer.hasCode {
      world.note("there is no contract at \(address) yet on the chain \(answer.chain.chainId)")
    }
    try add(name, on: answer.chain, at: address, definitions, in: world)
    return .done
  }

  private func checkedAddress() throws(Failure) -> Address {
    do throws(AddressError) { return try Address(parsing: address) } catch {
      throw Failure(.usage, "'\(address)' is no address: \(error)")
    }
  }

  /// The chain that the options name, so that no node is asked.
  private var given: ChainIdentity? {
    guard let hash = genesis.flatMap({ try? Digest32(hex: $0) }),
      let id = options.chain.flatMap({ try? UInt256(decimal: $0) })
    else { return nil }
    return ChainIdentity(chainId: id, genesis: hash)
  }

  private func add(
    _ name: ContractName, on chain: ChainIdentity, at address: Address, _ definitions: JSON,
    in world: World
  ) throws(Failure) {
    let registry = ContractRegistry(try world.folders)
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
  }

  /// Which chain the node is on, and whether it has a contract: one round trip.
  private static func ask(
    _ client: EthereumClient, about address: Address
  ) async throws(Failure) -> (chain: ChainIdentity, hasCode: Bool) {
    let requests: [RPCRequest] = [
      .chainId, .block("0x0"), RPCRequest("eth_getCode", [.string("\(address)"), "latest"]),
    ]
    do throws(RPCError) {
      let results = try await client.batch(requests)
      let chain = ChainIdentity(
        chainId: try results[0].answer(to: requests[0]).quantity(),
        genesis: try results[1].answer(to: requests[1]).member("hash").digest())
      let code = try results[2].answer(to: requests[2]).data()
      return (chain, !code.isEmpty)
    } catch {
      throw Failure(error)
    }
  }
}
