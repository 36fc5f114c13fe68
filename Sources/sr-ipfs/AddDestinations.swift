import ArgumentParser
import Commands
import IPFS
import IPFSClients
import Marketplace
import Networking
import Records

/// Where `add` puts content besides the repository.
struct AddDestinations: ParsableArguments, Sendable {
  @Option(
    help:
      "Have <store> hold it, too: the Kubo node at an address, or api for the usual one; a new archive, <name>.car; a repository's <folder>/. May be repeated.",
    completion: .file())
  var to: [String] = []

  @OptionGroup var remotes: RemoteOptions
  @OptionGroup var told: RemoteRequestOptions
  @OptionGroup var kubo: KuboOptions

  func validate() throws {
    for word in to where word.contains("://") { try KuboSecretOptions.check(word, "--to") }
    try kubo.check(against: to)
    guard !remotes.remote.isEmpty || told.isEmpty else {
      throw ValidationError("--origin and --meta go with --remote")
    }
  }

  /// What has services keep it; nil where none is to.
  func pinning(in world: World, _ network: NetworkOptions) throws(Failure) -> RemoteAdding? {
    remotes.remote.isEmpty ? nil : try RemoteAdding(remotes, told, network, in: world)
  }

  /// What sends it; nil where nobody is to get it.
  func sending(
    _ operandCount: Int, in world: World, _ network: NetworkOptions
  ) throws(Failure) -> SendingAdded? {
    guard !to.isEmpty else { return nil }
    let repository = try Content.repository(in: world)
    let stores = try kubo.stores(to, besides: repository, operandCount, in: world, network)
    return SendingAdded(
      stores: stores, repository: repository, timeout: try network.recordTimeout(), world: world)
  }
}
