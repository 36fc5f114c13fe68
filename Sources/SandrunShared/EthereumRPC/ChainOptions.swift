public import ArgumentParser
public import Commands
internal import Ethereum
internal import HTTP
public import Networking
public import Records
internal import WideInteger

/// The options of every verb that speaks to an Ethereum node.
public struct ChainOptions: ParsableArguments, Sendable {
  /// Where the nodes of the chain are reached: the first is asked first.
  @Option(
    name: [.customLong("rpc-url"), .customLong("rpc")],
    help:
      "Reach the node's JSON-RPC at <url>; may be given again, for others to ask where it fails.")
  public var rpcURLs: [String] = []

  /// How many of them must say the same.
  @Option(help: "Take an answer that cannot differ only where <k> endpoints give the same.")
  public var quorum: Int?

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
    if let quorum, quorum < 2 {
      throw ValidationError("--quorum takes 2 or more, up to the number of endpoints")
    }
    if let chain, (try? UInt256(decimal: chain)) == nil {
      throw ValidationError("--chain takes the decimal id of a chain, not '\(chain)'")
    }
    if let ensRegistry, Address(ensRegistry) == nil {
      throw ValidationError("--ens-registry takes an address, not '\(ensRegistry)'")
    }
  }

  /// The client that these options make; throws 64 or 78 naming what is wrong.
  public func client(in world: World) throws(Failure) -> EthereumClient {
    let urls = try urls(in: world)
    if let quorum, quorum > urls.count {
      throw Failure(
        .usage, "--quorum \(quorum) with \(urls.count) endpoint\(urls.count == 1 ? "" : "s")",
        hint: "name each by its own --rpc-url")
    }
    var options = EthereumClient.Options()
    options.http = try network.clientOptions()
    options.chainId = chain.flatMap { try? UInt256(decimal: $0) }
    if let timeout = try network.recordTimeout() { options.timeout = timeout }
    options.quorum = quorum ?? 1
    options.onRetry = { world.detail($0) }
    return EthereumClient(urls, options)
  }

  /// The endpoints: of the flags, else those of the setting, which may name several with spaces between.
  private func urls(in world: World) throws(Failure) -> [HTTPURL] {
    let texts =
      rpcURLs.isEmpty
      ? (try world.setting(.ethRPC) ?? "").split(whereSeparator: \.isWhitespace).map(String.init)
      : rpcURLs
    var urls: [HTTPURL] = []
    for text in texts.isEmpty ? [""] : texts {
      let url: HTTPURL
      do throws(HTTPURLError) { url = try HTTPURL(text) } catch {
        throw Failure(
          rpcURLs.isEmpty ? .configuration : .usage, "the RPC URL is \(error)",
          hint: "it is http://host:port or https://host/path; see --rpc-url")
      }
      guard !urls.contains(url) else {
        throw Failure(
          rpcURLs.isEmpty ? .configuration : .usage,
          "two endpoints are the same: \(url.scheme)://\(url.authority)")
      }
      urls.append(url)
    }
    return urls
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
