public import ArgumentParser
public import Commands
internal import Files
public import IPFS
public import Networking
public import Records
internal import SystemPackage

/// The options of every verb that reads content: where it comes from.
public struct SourceOptions: ParsableArguments, Sendable {
  /// Who is asked.
  @Option(
    help:
      "Fetch what is not here from <source>: api, gateway, routing, a gateway's or Kubo node's address, a CAR file, or a repository's folder; from nobody with local.",
    completion: .file())
  public var from: [String] = []

  /// The gateways.
  @Option(help: "Fetch what is not here from the gateway at <url>.")
  public var gateway: [String] = []

  /// The routers.
  @OptionGroup public var routing: RoutingOptions

  /// Whether a stranger may name an address in a private network.
  @Flag(help: "Ask gateways in private networks, too, that a router names or a redirect leads to.")
  public var privateGateways = false

  /// Whether nobody is asked.
  @Flag(help: "Ask nobody: read what is here.")
  public var offline = false

  /// The Kubo node.
  @OptionGroup public var kubo: KuboOptions

  /// Times, repetitions, rate.
  @OptionGroup public var network: NetworkOptions

  /// Made by ArgumentParser.
  public init() {}

  /// Refuses what contradicts itself.
  public func validate() throws {
    if offline, !from.allSatisfy({ $0 == "local" }) {
      throw ValidationError("--offline asks nobody, and --from names somebody")
    }
    if from.contains("local"), from.contains(where: { $0 != "local" }) {
      throw ValidationError("--from local asks nobody; what is here is always read first")
    }
    if offline, !gateway.isEmpty || kubo.api != nil {
      throw ValidationError("--offline asks nobody, and --gateway or --api names somebody")
    }
  }

  /// The options that are given, by their names.
  public var named: [String] {
    var names: [String] = []
    if !from.isEmpty { names.append("--from") }
    if !gateway.isEmpty { names.append("--gateway") }
    if !routing.routing.isEmpty { names.append("--routing") }
    if privateGateways { names.append("--private-gateways") }
    if offline { names.append("--offline") }
    return names
  }

  /// The repository, and who is asked for what it lacks.
  ///
  /// Without `--from`: the Kubo node that is configured or found, then the gateways that are configured; nobody else.
  public func sources(
    of repository: Repository, in world: World
  ) throws(Failure) -> Sources {
    let timeout = try network.recordTimeout()
    guard !offline, !from.contains("local") else {
      return Sources(repository, timeout: timeout, in: world)
    }
    let clients = try GatewayClients(network, allowsPrivate: privateGateways, in: world)
    var providers: [any BlockProvider] = []
    if from.isEmpty {
      if let node = try kubo.usual(in: world, network) { providers.append(KuboProvider(node)) }
      providers += try gateways(clients, in: world)
    } else {
      // All at once: what they are told of us is read once.
      let words = from.filter { $0 == KuboOptions.usual || KuboAddress.isNode($0) }
      var nodes = try kubo.nodes(words, of: "--from", in: world, network)[...]
      for name in from {
        if words.contains(name), let node = nodes.popFirst() {
          providers.append(KuboProvider(node))
        } else {
          providers += try named(name, clients, in: world)
        }
      }
      providers += try gateway.map { (text) throws(Failure) in try clients.gateway(text) }
    }
    return Sources(repository, providers, timeout: timeout, in: world)
  }

  private func named(
    _ name: String, _ clients: GatewayClients, in world: World
  ) throws(Failure) -> [any BlockProvider] {
    switch name {
    case "gateway":
      guard gateway.isEmpty else { return [] }
      let found = try gateways(clients, in: world)
      guard !found.isEmpty else {
        throw Failure(
          .configuration, "no gateway is configured",
          hint: "give --gateway URL, or set gateways or SANDRUN_GATEWAYS")
      }
      return found
    case "routing": return [RoutedProvider(try routing.required(clients, in: world), clients)]
    default: break
    }
    if name.contains("://") { return [try clients.gateway(name)] }
    let path = FilePath(name)
    guard (try? Files.status(path)) != nil else {
      throw Failure(
        .missingInput,
        "--from \(name): neither api, gateway, routing or local, nor an address, nor a file that is there"
      )
    }
    if (try? path.stat())?.type == .directory { return [try RepositoryFolder(path)] }
    return [try CARFile(path)]
  }

  private func gateways(
    _ clients: GatewayClients, in world: World
  ) throws(Failure) -> [any BlockProvider] {
    guard gateway.isEmpty else {
      return try gateway.map { (text) throws(Failure) in try clients.gateway(text) }
    }
    return try clients.configured(.gateways, in: world) { (text) throws(Failure) in
      try clients.gateway(text)
    }
  }
}
