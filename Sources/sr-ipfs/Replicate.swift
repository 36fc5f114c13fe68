import ArgumentParser
import Commands
import IPFS
import IPFSClients
import Marketplace
import Networking
import Records

/// `sr-ipfs replicate`: content pinned on several nodes, each looked at block by block.
struct Replicate: StreamingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Pin content on Kubo nodes, and look that each holds all of it.",
    discussion: """
      What a node lacks and the repository here has is sent; what neither has, the node fetches from others. Every block is then asked \
      for. A record leaves for each node, in their order.

      $ sr-ipfs replicate bafybei… --to http://one:5001 --to /dns4/two/tcp/5001
      """)
  static let operandMember: String? = "cid"

  @Option(help: "Pin on the Kubo node at <address>, or api for the usual one; may be repeated.")
  var to: [String] = []

  @Flag(help: "Fetch every block back from each node, and hold it against its CID.")
  var prove = false

  @OptionGroup var kubo: KuboOptions
  @OptionGroup var network: NetworkOptions
  @OptionGroup var stream: StreamOptions

  @Argument(help: "A CID, or a path below one: <cid>/a/b.")
  var operands: [String] = []

  func validate() throws {
    guard !to.isEmpty else { throw ValidationError("--to names no node") }
    for word in to { try KuboSecretOptions.check(word, "--to") }
    try kubo.check(against: to)
  }

  func run(in world: World) async throws(Failure) -> Failure.Status {
    let nodes = try kubo.nodes(to, in: world, network)
    let repository = try Content.repository(in: world)
    let timeout = try network.recordTimeout()
    return try await pipeline(in: world).run { input, emitter throws(Failure) in
      let cid = try PinVerbs.cid(try input.operand("cid"), in: repository)
      // One that failed for one node is taken up again for that node.
      let told = try input["peer"]?.string
      let nodes = nodes.contains { $0.name == told } ? nodes.filter { $0.name == told } : nodes
      let replication = try await world.interruptible(within: timeout) { () throws(Failure) in
        try await Replication(cid, from: repository, proves: prove)
      }
      for node in nodes {
        try await replicate(
          replication, input.setting("peer", to: .string(node.name)), to: node, within: timeout
        ).emit(emitter, in: world)
      }
    }
  }

  /// What became of it on one node.
  private enum Outcome {
    case held(Record)
    case failed(Record, Failure)

    func emit(_ emitter: Emitter, in world: World) throws(Failure) {
      switch self {
      case .held(let record): try emitter.emit(record)
      case .failed(let record, let failure):
        if world.interruption.isRequested { throw failure }
        world.report(failure)
        try emitter.emit(
          record.setting("error", to: failure.member(tool: world.tool, verb: Replicate.verb)),
          status: failure.status)
      }
    }
  }

  private func replicate(
    _ replication: Replication, _ record: Record, to node: KuboRPC, within timeout: Duration?
  ) async -> Outcome {
    do throws(Failure) {
      let held = try await node.world.interruptible(within: timeout) { () throws(Failure) in
        try await replication.run(to: node)
      }
      return .held(
        record.setting("blocks", to: .integer(held.blocks))
          .setting("size", to: .integer(held.size)).setting("sent", to: .integer(held.sent)))
    } catch {
      return .failed(record, error)
    }
  }
}
