import Commands
import Ethereum
import EthereumRPC
import Hashing
import MarketplaceClient
import Records
import Signing

/// The salts of the node's commitments, made of its secret, which is on disk before anything is committed to.
final class SaltMaker: Sendable {
  private let secret: CommitmentSecret

  init(of node: Address, in world: World) throws(Failure) {
    let store = KeyStore(try world.folders)
    do throws(KeyStoreError) { secret = try store.findOrMakeCommitmentSecret(of: node) } catch {
      throw Failure(error)
    }
    if secret.isNew {
      world.note(
        "made the commitment secret \(store.secretPath(of: node)): back it up, no bond comes back without it"
      )
    }
  }

  func salt(of job: Digest32, in market: Market) -> Digest32 {
    secret.salt(
      chainId: market.chain.chainId, marketplace: market.jobMarketplace, jobId: job)
  }
}
