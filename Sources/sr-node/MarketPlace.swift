import ArgumentParser
import Commands
import Ethereum
import EthereumRPC
import Hashing
import IPFS
import Marketplace
import MarketplaceClient
import Matching
import NodeClient
import NodeContent
import NodeEngine
import NodeMarket
import NodeServer
import Networking
import Proofs
import Records
import Sending
import Signing
import Synchronization
import WideInteger

/// A node's part in a marketplace, made of the options of `serve`.
final class MarketPlace: Sendable {
  /// Claims, commits, opens.
  let keeper: NodeKeeper
  private let parts: SendingOptions.Parts
  private let finder: MarketFinder
  private let judge: JobJudge
  private let known = Mutex<(time: ContinuousClock.Instant, price: NodePrice?)?>(nil)

  /// Puts it together; the key is unlocked already.
  init(
    _ options: ClaimOptions, _ engine: Engine, _ signer: Signer, in world: World
  ) async throws(Failure) {
    let sending: SendingOptions
    do { sending = try options.sending() } catch { throw Failure(.usage, "\(error)") }
    let signatory = Signatory(signer, in: world)
    parts = try await sending.parts(.init(waits: true), signatory: signatory, in: world)
    finder = try options.market.finder(parts.client, in: world)
    let salts = try SaltMaker(of: signer.address, in: world)
    let judge = try JobJudge(options, signer.address, in: world)
    self.judge = judge
    keeper = NodeKeeper(
      NodeKeeper.Parts(
        engine: engine, finder: finder, sender: MarketSender(sending, parts, in: world),
        signer: signer,
        salt: { (market, job) throws(Failure) in salts.salt(of: job, in: market) },
        consider: { (market, job, lease) async throws(Failure) in
          let store = ContentStore(reading: engine.content.blocks, writing: lease.repository)
          return try await judge.judge(job, into: store, in: market)
        }, in: world), options.options)
  }

  /// Takes part until it is ended.
  func run() async {
    let keeper = keeper
    _ = try? await parts.whileWorking { () throws(Failure) in await keeper.run() }
  }

  /// The price of the descriptor that is registered, as it was a minute ago at most; nil where none is known now.
  func price() async -> NodePrice? {
    let known = known.withLock { known -> (time: ContinuousClock.Instant, price: NodePrice?)? in
      if let known, ContinuousClock.now - known.time < .seconds(60) { return known }
      // Whoever asks meanwhile has what was known: strangers' questions make no flood.
      known = (.now, known?.price)
      return nil
    }
    if let known { return known.price }
    let price: NodePrice?
    do throws(Failure) {
      price = try await judge.price(in: try await finder.market().forRecord())
    } catch { price = nil }
    self.known.withLock { $0 = (.now, price) }
    return price
  }

  /// Holds a job that is handed in against the chain.
  func check(_ submission: Submission) async throws(EscrowRefusal) {
    guard let digest = submission.specification.sha256 else {
      throw .refused("its specification has no SHA-256 digest")
    }
    let content = JobContent(code: submission.code, specification: digest)
    guard let escrow = submission.escrow else {
      if keeper.mayClaim(content) { throw .hidden("it is posted, and can still be claimed") }
      return
    }
    let account = keeper.account
    let market: Market
    let found: MarketJob?
    do throws(Failure) {
      market = try await finder.market().forRecord()
      found = try await market.job(escrow.job.jobID, of: [account])
    } catch { throw .unavailable(error.message) }
    guard UInt256(escrow.job.chainID) == market.chain.chainId,
      escrow.job.contract == market.jobMarketplace, escrow.verifier == market.consensusManager
    else { throw .refused("it is of another chain or marketplace than this node's") }
    // Its post may be on its way to the node that was asked.
    guard let found else { throw .unavailable("the chain shows no job \(escrow.job.jobID)") }
    do throws(Failure) { try await content.check(found, in: market) } catch {
      guard error.code == "other-code" else { throw .unavailable(error.message) }
      throw .refused("its specification or code is not the one that was posted")
    }
    let isOurs = found.entry(of: account)?.claim.number != nil
    let isOpen =
      [.running, .challenged].contains(found.verdict.stage)
      && found.time <= found.current.state.claimDeadline
    guard isOurs || isOpen else { throw .refused("it cannot be claimed any more") }
  }
}
