import ArgumentParser
import Commands
import IPFS
import IPFSClients
import Marketplace
import Networking
import Records

/// `sr-ipfs providers`: who says that he has some content.
struct Providers: StreamingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Tell who says that he has content.",
    discussion: """
      A record for each provider, with the member "provider". Delegated routers and a Kubo node are asked; \
      nobody's word is proved.

      $ sr-ipfs providers --routing https://delegated-ipfs.dev bafybei… | jq -r .provider.id
      """)
  static let operandMember: String? = "cid"

  @Option(help: "Tell of at most <n> providers of each (20).")
  var limit = 20

  @OptionGroup var routing: RoutingOptions
  @OptionGroup var kubo: KuboOptions
  @OptionGroup var network: NetworkOptions
  @OptionGroup var stream: StreamOptions

  @Argument(help: "A CID, or a path below one, of which the CID is taken: <cid>/a/b.")
  var operands: [String] = []

  func validate() throws {
    guard (1...100_000).contains(limit) else {
      throw ValidationError("--limit takes 1 to 100000")
    }
  }

  func run(in world: World) async throws(Failure) -> Failure.Status {
    // One client for all records: a host's rate is that of the run.
    let routers = try routing.routers(GatewayClients(network, in: world), in: world)
    let node = try kubo.found(in: world, network)
    guard !routers.isEmpty || node != nil else {
      throw Failure(
        .configuration, "neither a router nor a Kubo node is configured", code: "no-router",
        hint: "give --routing URL or --api ADDRESS, or set routing or ipfsAPI")
    }
    return try await pipeline(in: world).run { input, emitter throws(Failure) in
      let cid = try Content.path(try input.operand("cid")).root
      try await world.interruptible { () throws(Failure) in
        var search = Search(input: input, emitter: emitter)
        for router in routers {
          try await search.run { (search) throws(Failure) in
            try await router.providers(of: cid, limit: limit) { (provider) throws(Failure) in
              try search.emit(provider)
            }
          }
        }
        if let node {
          try await search.run { (search) throws(Failure) in
            try await node.findProviders(of: cid, limit: limit) { (provider) throws(Failure) in
              try search.emit(
                ContentProvider(id: provider.id, addresses: provider.addresses, source: node.name))
            }
          }
        }
        try search.end(cid, in: world)
      }
    }
  }

  /// What was found so far, and who failed.
  private struct Search {
    let input: Record
    let emitter: Emitter
    private var count = 0
    private var failures: [Failure] = []
    /// Why somebody told of a part of those whom he knows.
    private var partial: Failure?

    init(input: Record, emitter: Emitter) {
      self.input = input
      self.emitter = emitter
    }

    /// Asks one; where he fails the others may still know.
    mutating func run(
      _ ask: (inout Search) async throws(Failure) -> Void
    ) async throws(Failure) {
      let before = count
      do throws(Failure) { try await ask(&self) } catch {
        guard !error.isFatal, error.code != "interrupted" else { throw error }
        failures.append(error)
        if count > before { partial = partial ?? error }
      }
    }

    mutating func emit(_ provider: ContentProvider) throws(Failure) {
      count += 1
      try emitter.emit(
        input.setting(
          "provider",
          to: [
            "id": .string(provider.id), "addrs": .array(provider.addresses.map { .string($0) }),
            "protocols": .array(provider.protocols.map { .string($0) }),
            "source": .string(provider.source),
          ]))
      try emitter.flush()
    }

    /// Says who failed; throws where nobody was found, or an answer broke off.
    func end(_ cid: CID, in world: World) throws(Failure) {
      guard count == 0 else {
        for failure in failures where failure != partial { world.note(failure.message) }
        if let partial { throw partial }
        return
      }
      if let failure = failures.first { throw failure }
      throw Failure(
        .unavailable, "nobody is known to have \(cid)", code: "not-found", isRetryable: true)
    }
  }
}
