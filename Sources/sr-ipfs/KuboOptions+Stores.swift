import ArgumentParser
import Commands
import IPFS
import IPFSClients
import Networking
import Records

extension KuboOptions {
  /// Refuses an --api that none of the nodes of --to is, rather than pass over it.
  func check(against to: [String]) throws {
    guard api == nil || to.contains(Self.usual) else {
      throw ValidationError("--api names the node that --to api stands for")
    }
  }

  /// What the words of --to name, in their order; throws 64 for a word that names nothing, and for what is named twice.
  func stores(
    _ to: [String], besides own: Repository, _ operandCount: Int, in world: World,
    _ network: NetworkOptions
  ) throws(Failure) -> [any Store] {
    let names = try to.map { (word) throws(Failure) in try StoreName(word) }
    var clients: ArraySlice<KuboRPC> = []
    let addresses = names.compactMap(\.address)
    // All at once: what they are told of us is read once.
    if !addresses.isEmpty { clients = try nodes(addresses, in: world, network)[...] }
    var stores: [any Store] = []
    for name in names {
      switch name {
      case .node:
        if let node = clients.popFirst() { stores.append(node) }
      case .archive(let path):
        guard operandCount <= 1 else {
          throw Failure(
            .usage, "--to \(path): an archive takes what one operand names",
            hint: "write an archive for each: sr-ipfs export -o DIRECTORY")
        }
        stores.append(ArchiveStore(path, in: world))
      case .repository(let path):
        stores.append(try RepositoryStore(path, besides: own, in: world))
      }
    }
    for (index, store) in stores.enumerated()
    where stores[..<index].contains(where: { $0.name == store.name }) {
      throw Failure(.usage, "--to names \(store.name) twice")
    }
    return stores
  }
}
