import ArgumentParser
import Commands
import IPFS
import IPFSClients
import Marketplace
import Networking
import Records

/// `sr-ipfs replicate`: content held by several stores, each looked at block by block.
struct Replicate: StreamingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Have Kubo nodes, repositories and archives hold content, and look that each does.",
    discussion: """
      What a node lacks and the repository here has is sent; what neither has, the node fetches from others. Every block is then asked \
      for. An archive or another repository is given what is here. A record leaves for each of them, in their order.

      $ sr-ipfs replicate bafybei… --to http://one:5001 --to /dns4/two/tcp/5001
      """)
  static let operandMember: String? = "cid"

  @Option(
    help:
      "Have <store> hold it: the Kubo node at an address, or api for the usual one; a new archive, <name>.car; a repository's <folder>/. May be repeated.",
    completion: .file())
  var to: [String] = []

  @Flag(help: "Fetch every block back from each node, and hold it against its CID.")
  var prove = false

  @OptionGroup var kubo: KuboOptions
  @OptionGroup var network: NetworkOptions
  @OptionGroup var progress: ProgressOptions
  @OptionGroup var stream: StreamOptions

  @Argument(help: "A CID, or a path below one: <cid>/a/b.")
  var operands: [String] = []

  func validate() throws {
    guard !to.isEmpty else { throw ValidationError("--to names no store") }
    for word in to where word.contains("://") { try KuboSecretOptions.check(word, "--to") }
    try kubo.check(against: to)
  }

  func run(in world: World) async throws(Failure) -> Failure.Status {
    let progress = try progress.begin(Self.verb, in: world)
    defer { progress.finish() }
    let world = progress.world
    let repository = try Content.repository(in: world)
    let stores = try kubo.stores(to, besides: repository, operands.count, in: world, network)
    let timeout = try network.recordTimeout()
    return try await pipeline(in: world).run { input, emitter throws(Failure) in
      let cid = try PinVerbs.cid(try input.operand("cid"), in: repository)
      // One that failed for one store is taken up again for that one; what another run did keeps from none.
      let told = emitter.isTakenUpAgain ? try input["peer"]?.string : nil
      let stores = stores.contains { $0.name == told } ? stores.filter { $0.name == told } : stores
      // What lies here is looked at once for all nodes.
      var replication: Replication?
      if stores.contains(where: { $0 is KuboRPC }) {
        replication = try await world.interruptible(within: timeout) { () throws(Failure) in
          try await Replication(cid, from: repository, proves: prove)
        }
      }
      for store in stores {
        let looked = replication
        try await outcome(input.setting("peer", to: .string(store.name)), progress) {
          (count) async throws(Failure) -> Held in
          let counted = looked?.counting { bytes, blocks in
            count.count(bytes: bytes, items: blocks)
          }
          return try await world.interruptible(within: timeout) {
            () async throws(Failure) -> Held in
            if let node = store as? KuboRPC, let counted { return try await node.hold(counted) }
            return try await store.hold([cid], from: repository)
          }
        }.emit(emitter, in: world)
      }
    }
  }

  /// What became of it at one store.
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

  private func outcome(
    _ record: Record, _ progress: Progress,
    _ work: (ProgressCount) async throws(Failure) -> Held
  ) async -> Outcome {
    do throws(Failure) {
      let held = try await progress.following(record, work)
      return .held(
        record.setting("blocks", to: .integer(held.blocks))
          .setting("size", to: .integer(held.size)).setting("sent", to: .integer(held.sent)))
    } catch {
      return .failed(record, error)
    }
  }
}
