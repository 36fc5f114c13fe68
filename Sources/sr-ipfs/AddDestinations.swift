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

  /// The record with `peers`: those that hold all that it names and `add` gives CIDs to.
  ///
  /// Every node is tried, whatever became of the others, and no record is believed about what one holds: met again, each is asked
  /// again, and sent what it lacks.
  func send(_ record: Record, _ failures: inout RemoteFailures) async throws(Failure) -> Record {
    let roots = try Self.roots(of: record)
    guard !roots.isEmpty else { return record }
    let outcomes = await withTaskGroup(of: (Int, Result<Void, Failure>).self) { group in
      for (index, node) in nodes.enumerated() {
        group.addTask { (index, await send(roots, to: node)) }
      }
      return await group.reduce(into: [Int: Result<Void, Failure>]()) { $0[$1.0] = $1.1 }
    }
    var holders = (try record["peers"]?.elements ?? []).compactMap(\.string)
    for (index, node) in nodes.enumerated() {
      holders.removeAll { $0 == node.name }
      let outcome = outcomes[index] ?? .failure(.interrupted)
      if case .failure(let error) = outcome, error == .interrupted { throw error }
      await failures.attempt { () throws(Failure) in
        try outcome.get()
        holders.append(node.name)
      }
    }
    guard !holders.isEmpty else { return record.removing("peers") }
    return record.setting("peers", to: .array(holders.map { .string($0) }))
  }

  private func send(_ roots: [CID], to node: KuboRPC) async -> Result<Void, Failure> {
    do throws(Failure) {
      try await world.interruptible(within: timeout) { () throws(Failure) in
        for root in roots {
          _ = try await Replication(root, from: repository).run(to: node)
        }
      }
      return .success(())
    } catch {
      return .failure(error)
    }
  }

  /// The CIDs that `add` gives, or gave before, to what a record names; each once.
  static func roots(of record: Record) throws(Failure) -> [CID] {
    let code = try record["code"]
    let proofs = try record["proofs"]?.elements ?? []
    let named: [JSON?] =
      [try record["cid"], code?["cid"], code?["spec"], try record["result"]?["outputs"]?["cid"]]
      + proofs.map { $0["cid"] }
    var roots: [CID] = []
    for text in named.compactMap({ $0?.string }) {
      guard let cid = try? CID(parsing: text), !roots.contains(cid) else { continue }
      roots.append(cid)
    }
    return roots
  }
}
