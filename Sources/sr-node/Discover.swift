import ArgumentParser
import Commands
import EthereumRPC
import Marketplace
import MarketplaceClient
import NodeClient
import Records
import Synchronization

struct Discover: StreamingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Find nodes on the chain or in a pool: a record with 'node' for each that matches.",
    discussion: """
      $ sr-node discover --gpu-type a100 --region us-east --max-price 2ETH >pool.jsonl
      $ sr-node discover --pool http://pool:8443 --probe | jq -c 'select(.node.health.status == "ok")'
      Each descriptor's CID, signature and signer are checked. Matched nothing: 1.
      """)
  static let operandMember: String? = "place"

  @Option(help: "Look in the pool at <url>, not on the chain.")
  var pool: String?

  @Flag(help: "Let nodes with no good descriptor out too, with 'error'.")
  var keep = false

  @OptionGroup(title: "Criteria") var options: CriteriaOptions
  @OptionGroup var search: NodeSearch
  @OptionGroup var stream: StreamOptions

  @Argument(help: "Addresses or registration numbers of nodes; all that are active without any.")
  var nodes: [String] = []

  func validate() throws {
    for node in nodes where NodeReference(node) == nil {
      throw ValidationError("'\(node)' is neither an address nor a registration number")
    }
    guard let pool else { return }
    guard Endpoint(pool) != nil else {
      throw ValidationError("--pool takes http://host:port or https://host:port, not '\(pool)'")
    }
    if search.market.marketplace != nil || options.minReputation != nil {
      throw ValidationError("--marketplace and --min-reputation are of the chain, not of a pool")
    }
  }

  /// Something that may be a node that is looked for.
  enum Candidate: Sendable {
    case listed(ListedNode)
    case member(PoolClient.Telling)
    case missing(NodeReference)
  }

  func run(in world: World) async throws(Failure) -> Failure.Status {
    let candidates = try await world.interruptible { () throws(Failure) in
      try await self.candidates(in: world)
    }
    guard !candidates.isEmpty else { return .answerNo }
    let look = try search.look(in: world)
    let matched = Mutex(0)
    // Candidates go through the pipe by their places.
    let pipeline = pipeline(in: world, operands: candidates.indices.map { "\($0)" })
    let status = try await pipeline.run { input, emitter throws(Failure) in
      guard let place = Int(try input.operand("place")) else { return }
      let candidate = candidates[place]
      emitter.keep(Record(["node": .object(candidate.members)]))
      do throws(Failure) {
        let found = try await world.interruptible { () throws(Failure) in
          try await self.node(candidate, look)
        }
        guard let found else { return }
        matched.withLock { $0 += 1 }
        try emitter.emit(Record(["node": .object(found)]))
      } catch {
        guard !keep, error.status != .missingInput, !error.isFatal, error.code != "interrupted"
        else { throw error }
        world.note("\(candidate.name) is left out: \(error.message)")
      }
    }
    return status == .done && matched.withLock { $0 } == 0 ? .answerNo : status
  }

  private func candidates(in world: World) async throws(Failure) -> [Candidate] {
    let wanted = nodes.compactMap { NodeReference($0) }
    if let endpoint = pool.flatMap({ Endpoint($0) }) {
      let client = try PoolClient(endpoint, search.chain.network, in: world)
      return try await client.nodes(options.criteria).filter { $0.isWanted(wanted) }
        .map { .member($0) }
    }
    let directory = try await search.directory(in: world)
    guard !wanted.isEmpty else {
      return try await directory.listing(.active).nodes.map { .listed($0) }
    }
    let found = try await directory.nodes(wanted)
    return zip(wanted, found).map { reference, node in
      node.map { .listed($0) } ?? .missing(reference)
    }
  }

  /// The node, where it is one that is looked for.
  private func node(
    _ candidate: Candidate, _ look: NodeSearch.Look
  ) async throws(Failure) -> JSONObject? {
    let signed: SignedDescriptor
    switch candidate {
    case .missing(let reference):
      throw Failure(.missingInput, "no node \(reference) is registered", code: "not-registered")
    case .member(let telling):
      do throws(DescriptorError) { signed = try telling.get().descriptor } catch {
        throw Failure(error)
      }
    case .listed(let node):
      guard options.isReputed(node.registered) else { return nil }
      signed = try await look.fetching.descriptor(of: node)
    }
    guard options.criteria.isMet(by: signed.descriptor) else { return nil }
    return await look.probed(candidate.members.adding(signed), signed)
  }
}
