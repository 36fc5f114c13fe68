public import ArgumentParser
public import Commands
internal import Ethereum
internal import HTTP
public import Networking
public import Records
internal import WideInteger

/// The options of every verb that speaks to an Ethereum node.
public struct ChainOptions: ParsableArguments, Sendable {
  /// Where the node is reached.
  @Option(name: .customLong("rpc-url"), help: "Reach the node's JSON-RPC at <url>.")
  public var rpcURL: String?

  /// The chain that the node must be on.
  @Option(help: "Speak to the chain with this <id> and to no other.")
  public var chain: String?

  /// Whether names of ENS are left alone.
  @Flag(name: .customLong("no-ens"), help: "Look up no ENS names: take addresses alone.")
  public var noENS = false

  /// Where names are looked up.
  @Option(help: "Look up ENS names at the registry <address>.")
  public var ensRegistry: String?

  /// Times, repetitions, rate.
  @OptionGroup public var network: NetworkOptions

  /// Made by ArgumentParser.
  public init() {}

  /// Refuses what no option may be.
  public func validate() throws {
    if let chain, (try? UInt256(decimal: chain)) == nil {
      throw ValidationError("--chain takes the decimal id of a chain, not '\(chain)'")
    }
    if let ensRegistry, Address(ensRegistry) == nil {
      throw ValidationError("--ens-registry takes an address, not '\(ensRegistry)'")
    }
  }

  /// The client that these options make; throws 64 or 78 naming what is wrong.
  public func client(in world: World) throws(Failure) -> EthereumClient {
    let text = try world.setting(.ethRPC, flag: rpcURL) ?? ""
    let url: HTTPURL
    do throws(HTTPURLError) { url = try HTTPURL(text) } catch {
      throw Failure(
        rpcURL == nil ? .configuration : .usage, "the RPC URL is \(error)",
        hint: "it is http://host:port or https://host/path; see --rpc-url")
    }
    var options = EthereumClient.Options()
    options.http = try network.clientOptions()
    options.chainId = chain.flatMap { try? UInt256(decimal: $0) }
    if let timeout = try network.recordTimeout() { options.timeout = timeout }
    options.onRetry = { world.detail($0) }
    return EthereumClient(url, options)
  }

  /// What turns addresses and names into addresses, by these options.
  public func resolver(_ client: EthereumClient) -> AddressResolver {
    let registry = ensRegistry ?? AddressResolver.wellKnownRegistry
    return AddressResolver(client, registry: noENS ? nil : Address(registry))
  }
}

extension BlockReference: ExpressibleByArgument {
  /// Reads what `init(_:)` reads.
  public init?(argument: String) { self.init(argument) }
}
