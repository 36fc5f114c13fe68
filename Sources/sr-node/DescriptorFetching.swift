import Commands
import EthereumRPC
import IPFS
import Marketplace
import MarketplaceClient
import Networking
import NodeClient
import Records

/// Fetches the descriptors of registered nodes by their CIDs, and believes none that it did not check.
struct DescriptorFetching: Sendable {
  let sources: ContentSources
  let repository: Repository

  private static let limits = ContentLimits(
    bytes: SignedDescriptor.lengthLimit, blocks: 1, time: .seconds(60))

  init(_ network: Networking.NetworkOptions, in world: World) throws(Failure) {
    self = try Self(try ContentSources(network, in: world), in: world)
  }

  /// By sources that serve for other content, too.
  init(_ sources: ContentSources, in world: World) throws(Failure) {
    self.sources = sources
    let path = try world.repositoryPath
    do throws(RepositoryError) { repository = try Repository(at: path) } catch {
      throw Failure(error)
    }
  }

  /// A node's descriptor: from the local repository, from the node itself, else from others, and from gateways.
  ///
  /// The others are asked for only where it is not here. Throws 65 where it is none of this node's, 69 where nobody has it.
  func descriptor(
    of node: ListedNode, others: () async throws(Failure) -> [Endpoint] = { [] }
  ) async throws(Failure) -> SignedDescriptor {
    guard let cid = node.descriptorCID, cid.codec == .raw, cid.sha256 != nil else {
      throw Failure(
        .data, "what is registered is no CID of a descriptor: \(JSON.string(node.descriptor).text)",
        code: "bad-descriptor")
    }
    var nodes = Endpoint(node.endpoint).map { [$0] } ?? []
    if try !ContentSources.holds([cid], in: repository, limits: Self.limits) {
      for endpoint in try await others() where !nodes.contains(endpoint) { nodes.append(endpoint) }
    }
    try await sources.bring(
      [cid], into: ContentStore(repository), from: nodes, limits: Self.limits)
    let bytes: [UInt8]
    do throws(RepositoryError) { bytes = try repository.block(cid) } catch { throw Failure(error) }
    do throws(DescriptorError) {
      let signed = try SignedDescriptor(parsing: bytes)
      try signed.check(operator: node.address, endpoint: node.endpoint, cid: cid)
      return signed
    } catch {
      throw Failure(error)
    }
  }
}
