import ArgumentParser
import Commands
import IPFS
import IPFSClients
import Networking
import Records

/// Whose pins a verb speaks of: those of the repository, of a Kubo node or of pinning services.
struct PinHolderOptions: ParsableArguments, Sendable {
  @OptionGroup var remotes: RemoteOptions
  @OptionGroup var kubo: KuboOptions
  @OptionGroup var network: NetworkOptions

  /// Who it is, ready to be asked.
  enum Holder {
    case repository(Repository)
    case node(KuboPins)
    case services(RemoteListing)
  }

  func validate() throws { try remotes.check(against: kubo) }

  /// Who it is; throws before anything is asked where a name or an address is none.
  func holder(in world: World) throws(Failure) -> Holder {
    guard remotes.remote.isEmpty else {
      return .services(try RemoteListing(remotes, network, in: world))
    }
    let repository = try Content.repository(in: world)
    guard kubo.api != nil else { return .repository(repository) }
    return .node(try KuboPins(kubo, network, repository, in: world))
  }
}
