import Commands
import Ethereum
import Hashing
import HTTP
import IPFS
import Marketplace
import MarketplaceClient
import NodeClient
import Records
import Signing

/// Hands results to nodes that serve them; of the local repository nothing but what the node opened on the chain.
///
/// A record may name any content: what leaves is bound to the opening, the proof by its CID and the outputs by the result hash.
struct Publisher: Sendable {
  let signatory: Signatory
  let repository: Repository
  let finder: MarketFinder
  let sources: ContentSources
  let endpoints: [Endpoint]
  let copies: Int?
  let world: World

  /// So many registered nodes keep a result where nothing else was said.
  private static let usualCopies = 2

  /// Gives the record with `published`: where its results can be had.
  func publish(_ input: Record) async throws(Failure) -> Record {
    let account = try signatory.account()
    let market = try await finder.market().forRecord()
    let escrow = try input.escrow(in: market)
    guard escrow.votes.contains(where: { $0.node == account }) else {
      throw Self.notOpened(escrow.jobId, by: account, "the record has no vote of it")
    }
    let opening = try await opening(of: escrow.jobId, by: account, in: market)
    let roots = try Self.roots(of: input, openedAs: opening, by: account)
    guard !roots.isEmpty else {
      world.detail("job \(escrow.jobId): nothing to publish")
      return input
    }
    let (holders, wanted) = try await holders(in: market, without: account)
    var taken: [Endpoint] = []
    var last: Failure?
    for endpoint in holders where taken.count < wanted {
      do throws(Failure) {
        try await sources.push(roots, from: repository, to: endpoint)
        taken.append(endpoint)
      } catch {
        // What is ours, or somebody's wish to stop, is no fault of the node's.
        guard ![.missingInput, .io].contains(error.status), error.code != "interrupted" else {
          throw error
        }
        world.detail("\(endpoint) does not take job \(escrow.jobId): \(error.message)")
        last = error
      }
    }
    guard !taken.isEmpty, endpoints.isEmpty || taken.count >= wanted else {
      throw Failure(
        .unavailable,
        "\(taken.count) of \(wanted) nodes took the results of job \(escrow.jobId)\(last.map { ": \($0.message)" } ?? "")",
        code: "not-published", hint: "run it again, or name a node with --endpoint")
    }
    if taken.count < wanted {
      world.note(
        "job \(escrow.jobId): \(taken.count) of \(wanted) nodes took its results; -v says why")
    }
    return input.setting("published", to: .array(taken.map { .string("\($0)") }))
  }

  private static func notOpened(_ jobId: Digest32, by node: Address, _ why: String) -> Failure {
    Failure(
      .data, "\(node) has not opened its result of job \(jobId): \(why)", code: "not-opened",
      hint: "publish behind 'sr-chain vote': before openings a result is shown to nobody")
  }

  /// What the chain has of our opening, whatever the record says.
  private func opening(
    of jobId: Digest32, by node: Address, in market: Market
  ) async throws(Failure) -> MarketEvent.Opening {
    guard let job = try await market.job(jobId, of: [node]) else {
      throw Failure(.data, "the chain has no job \(jobId)", code: "no-such-job")
    }
    guard let entry = job.entry(of: node), entry.opening != .none,
      let found = try await market.history(of: job).opening(of: node)?.opening
    else { throw Self.notOpened(jobId, by: node, "the chain has no opening of it") }
    return found
  }

  /// The outputs and the proof, each held against the opening; none where the job could not be run.
  private static func roots(
    of input: Record, openedAs opening: MarketEvent.Opening, by node: Address
  ) throws(Failure) -> [CID] {
    guard let hash = opening.resultHash else { return [] }
    func differs(_ what: String) -> Failure {
      Failure(
        .data, "\(what) is not what \(node) opened: nothing else is published",
        code: "another-result")
    }
    guard let outputs = cid((try input.object("result"))?["outputs"]?["cid"]),
      let code = (try input.object("code")).flatMap({ cid($0["cid"])?.sha256 }),
      let specification = (try input.object("code")).flatMap({ cid($0["spec"])?.sha256 }),
      let digest = outputs.sha256,
      let exitStatus = (try input.object("result"))?["exitCode"]?.integer
        .flatMap(UInt8.init(exactly:)),
      ResultHash.of(
        specification: specification, code: code, outputs: digest, exitStatus: exitStatus) == hash
    else { throw differs("the record's result") }
    let proofs = try input["proofs"]?.elements ?? []
    guard let proof = cid(.string(opening.proofCID)) else { return [outputs] }
    guard proofs.contains(where: { cid($0["cid"])?.v1 == proof.v1 }) else {
      throw differs("the record's proof")
    }
    return [outputs, proof]
  }

  private static func cid(_ json: JSON?) -> CID? {
    json?.string.flatMap { try? CID(parsing: $0) }
  }

  /// Who is asked to keep it, and how many of them must.
  private func holders(
    in market: Market, without node: Address
  ) async throws(Failure) -> (holders: [Endpoint], wanted: Int) {
    guard endpoints.isEmpty else {
      return (endpoints, min(copies ?? endpoints.count, endpoints.count))
    }
    let directory = NodeDirectory(
      client: market.client, registry: market.nodeRegistry, detail: { [world] in world.detail($0) })
    var found: [Endpoint] = []
    for listed in try await directory.listing().nodes where listed.address != node {
      guard let endpoint = Endpoint(listed.endpoint), !found.contains(endpoint) else { continue }
      found.append(endpoint)
    }
    guard !found.isEmpty else {
      throw Failure(
        .unavailable, "no registered node serves content", code: "no-nodes",
        hint: "name one with --endpoint")
    }
    // Nobody's disk is filled for being registered first.
    return (found.shuffled(), min(copies ?? Self.usualCopies, found.count))
  }
}
