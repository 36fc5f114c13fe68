import ArgumentParser
import Commands
import EthereumRPC
import Files
import IPFS
import MarketplaceClient
import NodeClient
import Records
import Signing
import SystemPackage

struct Publish: StreamingCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Hand each record's outputs and proofs to nodes that serve them, once they are opened.",
    discussion: """
      $ … | sr-chain vote --unordered | sr-node publish
      $ … | sr-node publish --endpoint https://node.example:8443
      A node that is a pipeline has no server of its own: registered nodes keep its results for it. \\
      Refuses what its node has not opened on the chain: before that a result is shown to nobody.
      """)

  @Option(
    help: "Hand it to the node at <url>, not to registered ones; may be given again.",
    transform: { text in
      guard Endpoint(text) != nil else {
        throw ValidationError(
          "--endpoint takes http://host:port or https://host:port, not '\(text)'")
      }
      return text
    })
  var endpoint: [String] = []

  @Option(help: "Have <n> nodes take it (2); all of --endpoint by itself.")
  var copies: Int?

  @OptionGroup(title: "Chain") var market: MarketOptions
  @OptionGroup(title: "Chain") var signing: SignerOptions
  @OptionGroup(title: "Chain") var chain: ChainOptions
  @OptionGroup var stream: StreamOptions

  func validate() throws {
    if let copies, !(1...1000).contains(copies) {
      throw ValidationError("--copies takes 1 to 1000")
    }
  }

  func run(in world: World) async throws(Failure) -> Failure.Status {
    let publisher = try publisher(in: world)
    return try await pipeline(in: world).run { input, emitter throws(Failure) in
      let output = try await world.interruptible { () throws(Failure) in
        try await publisher.publish(input)
      }
      try emitter.emit(output)
    }
  }

  private func publisher(in world: World) throws(Failure) -> Publisher {
    let path = try world.folders.data.appending("ipfs")
    let repository: Repository
    do throws(RepositoryError) { repository = try Repository(at: path) } catch {
      throw Failure(error)
    }
    return Publisher(
      signatory: try signing.signatory(in: world), repository: repository,
      finder: try market.finder(try chain.client(in: world), in: world),
      sources: try ContentSources(chain.network, in: world),
      endpoints: endpoint.compactMap { Endpoint($0) }, copies: copies, world: world)
  }
}
