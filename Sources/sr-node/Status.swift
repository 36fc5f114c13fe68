import ArgumentParser
import Commands
import EthereumRPC
import Marketplace
import MarketplaceClient
import NodeClient
import Records

struct Status: StreamingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Tell how nodes are: jobs, queue, disk, reputation, stake and earnings.",
    discussion: """
      $ sr-node status | jq .node.queue
      $ sr-node status 0x… http://127.0.0.1:8443 | jq -r '.node | [.address, .status] | @tsv'
      $ sr-node status --metrics | jq -r .node.metrics
      What the chain says is added where one is configured, or asked for.
      """)
  static let operandMember: String? = "node"

  @Option(help: "Ask the node at <url>, where none is named.")
  var endpoint: String?

  @Flag(help: "Add the node's numbers in Prometheus' text format, as 'metrics'.")
  var metrics = false

  @OptionGroup(title: "Chain") var market: MarketOptions
  @OptionGroup(title: "Chain") var chain: ChainOptions
  @OptionGroup var stream: StreamOptions

  @Argument(help: "Nodes: endpoints, addresses or registration numbers.")
  var nodes: [String] = []

  func validate() throws {
    if let endpoint, Endpoint(endpoint) == nil {
      throw ValidationError(
        "--endpoint takes http://host:port or https://host:port, not '\(endpoint)'")
    }
    if endpoint != nil, !nodes.isEmpty {
      throw ValidationError("--endpoint is for where no node is named")
    }
    for node in nodes where NodeOperand(node) == nil {
      throw ValidationError("'\(node)' is neither an endpoint, an address nor a number")
    }
  }

  func run(in world: World) async throws(Failure) -> Failure.Status {
    let operands = nodes.isEmpty ? [try world.setting(.endpoint, flag: endpoint) ?? ""] : nodes
    let wanted = operands.map { NodeOperand($0) }
    guard !wanted.contains(where: { $0 == nil }) else {
      throw Failure(
        .configuration, "the endpoint is set to \(JSON.string(operands[0]).text)",
        hint: "it is http://host:port or https://host:port")
    }
    let needsChain = wanted.contains { $0?.isRegistered ?? false }
    let isConfigured = try isChainConfigured(in: world)
    let asksChain = isConfigured || needsChain
    let survey = NodeSurvey(
      stats: try NodeStats(chain.network, in: world),
      finder: asksChain ? try market.finder(try chain.client(in: world), in: world) : nil,
      isChainNeeded: needsChain || market.marketplace != nil, wantsMetrics: metrics, world: world)
    return try await pipeline(in: world, operands: operands).run { input, emitter throws(Failure) in
      guard let node = NodeOperand(try input.operand("node")) else { return }
      let told = try await world.interruptible { () throws(Failure) in
        try await survey.status(of: node)
      }
      try emitter.emit(Record(["node": .object(told)]))
    }
  }

  private func isChainConfigured(in world: World) throws(Failure) -> Bool {
    if !chain.rpcURLs.isEmpty || market.marketplace != nil { return true }
    return try world.isSet(.ethRPC)
  }
}

/// A node as it is named: where it is reached, or by what it is registered.
enum NodeOperand: Equatable {
  case endpoint(Endpoint)
  case registered(NodeReference)

  init?(_ text: String) {
    if let reference = NodeReference(text) {
      self = .registered(reference)
    } else if let endpoint = Endpoint(text) {
      self = .endpoint(endpoint)
    } else {
      return nil
    }
  }

  var isRegistered: Bool {
    if case .registered = self { true } else { false }
  }
}
