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
    let names = try to.map { (word) throws(Failure) in try StoreName(word) }
    let repository = try Content.repository(in: world)
    var nodes: ArraySlice<KuboRPC> = []
    let addresses = names.compactMap(\.address)
    // All at once: what they are told of us is read once.
    if !addresses.isEmpty { nodes = try kubo.nodes(addresses, in: world, network)[...] }
    var stores: [any Store] = []
    for name in names {
      switch name {
      case .node:
        if let node = nodes.popFirst() { stores.append(node) }
      case .archive(let path):
        guard operandCount <= 1 else {
          throw Failure(
            .usage, "--to \(path): an archive takes what one operand names",
            hint: "add a directory of them, with -r, or write one each: sr-ipfs export -o DIRECTORY"
          )
        }
        stores.append(ArchiveStore(path, in: world))
      case .repository(let path):
        stores.append(try RepositoryStore(path, besides: repository, in: world))
      }
    }
    for (index, store) in stores.enumerated()
    where stores[..<index].contains(where: { $0.name == store.name }) {
      throw Failure(.usage, "--to names \(store.name) twice")
    }
    return SendingAdded(
      stores: stores, repository: repository, timeout: try network.recordTimeout(), world: world)
  }
}

extension KuboOptions {
  /// Refuses an --api that none of the nodes of --to is, rather than pass over it.
  func check(against to: [String]) throws {
    guard api == nil || to.contains(Self.usual) else {
      throw ValidationError("--api names the node that --to api stands for")
    }
  }
}
