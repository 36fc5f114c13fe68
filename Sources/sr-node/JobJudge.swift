import ArgumentParser
import Commands
import Ethereum
import EthereumRPC
import Hashing
import Marketplace
import MarketplaceClient
import Matching
import Networking
import NodeClient
import NodeEngine
import NodeMarket
import Proofs
import Records
import WideInteger

/// Looks at jobs before they are claimed, by the node's demands.
final class JobJudge: Sendable {
  private let making: MatcherMaking
  private let node: Address

  init(_ options: ClaimOptions, _ node: Address, in world: World) throws(Failure) {
    self.node = node
    let sources: ContentSources
    do {
      sources = try ContentSources(
        try Networking.NetworkOptions.parse([]), gateways: options.demands.gateway, in: world)
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(.usage, "\(error)")
    }
    making = MatcherMaking(options.demands, options.machine, sources, in: world)
  }

  /// What the node takes for its time; nil where that is not known now.
  func price(in market: Market) async throws(Failure) -> NodePrice? {
    try await making.price(of: node, in: market)
  }

  func judge(
    _ job: Digest32, into store: ContentStore, in market: Market
  ) async throws(Failure) -> NodeKeeper.Verdict {
    let matcher = try await making.matcher(for: node, in: market)
    switch try await matcher.match(job, into: store) {
    case .failure(let refusal):
      return .refused(
        refusal.reason, mayPass: refusal.code == .notFound || refusal.code == .noSuchJob)
    case .success(let matched):
      guard let escrow = matched.escrow, let chain = UInt64(exactly: escrow.chainId) else {
        throw Failure(.protocolViolation, "job \(job) is on a chain whose id is 2^64 or more")
      }
      let place = EscrowedJob(chainID: chain, contract: escrow.contract, jobID: escrow.jobId)
      return .taken(
        Submission(
          job: matched.specification, code: matched.code, specification: matched.specificationCID,
          escrow: Escrow(job: place, verifier: escrow.verifier)))
    }
  }
}
