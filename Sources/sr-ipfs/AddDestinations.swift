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
    help: "Send it to the Kubo node at <address>, too, or api for the usual one; may be repeated.")
  var to: [String] = []

  @OptionGroup var remotes: RemoteOptions
  @OptionGroup var told: RemoteRequestOptions
  @OptionGroup var kubo: KuboOptions

  func validate() throws {
    for word in to { try KuboSecretOptions.check(word, "--to") }
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
  func sending(in world: World, _ network: NetworkOptions) throws(Failure) -> SendingAdded? {
    guard !to.isEmpty else { return nil }
    return SendingAdded(
      nodes: try kubo.nodes(to, in: world, network), repository: try Content.repository(in: world),
      timeout: try network.recordTimeout(), world: world)
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

/// Sends what was added to nodes, and looks that each of them holds it.
struct SendingAdded: Sendable {
  let nodes: [KuboRPC]
  let repository: Repository
  let timeout: Duration?
  let world: World

  /// The record with `peers`, once each node holds all that was added to it.
  ///
  /// Where one does not, the record leaves as it came: met again, it is added and sent again.
  func send(_ record: Record, before input: Record) async throws(Failure) -> Record {
    let roots = try Self.roots(of: record, before: input)
    guard !roots.isEmpty else { return record }
    try await world.interruptible(within: timeout) { () throws(Failure) in
      for root in roots {
        let replication = try await Replication(root, from: repository)
        for node in nodes { _ = try await replication.run(to: node) }
      }
    }
    return record.setting("peers", to: .array(nodes.map { .string($0.name) }))
  }

  /// The CIDs that were added to a record.
  private static func roots(of record: Record, before input: Record) throws(Failure) -> [CID] {
    let before = Set(try named(in: input))
    var roots: [CID] = []
    for text in try named(in: record) where !before.contains(text) {
      // Made by `add` a moment ago.
      guard let cid = try? CID(parsing: text), !roots.contains(cid) else { continue }
      roots.append(cid)
    }
    return roots
  }

  static func named(in record: Record) throws(Failure) -> [String] {
    let code = try record["code"]
    let proofs = try record["proofs"]?.elements ?? []
    let found: [JSON?] =
      [try record["cid"], code?["cid"], code?["spec"], try record["result"]?["outputs"]?["cid"]]
      + proofs.map { $0["cid"] }
    return found.compactMap { $0?.string }
  }
}
