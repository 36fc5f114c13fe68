import Commands
import IPFS
import IPFSClients
import Marketplace
import Records

/// Has stores hold what was added, each of them, whatever became of the others.
struct SendingAdded: Sendable {
  let stores: [any Store]
  let repository: Repository
  let timeout: Duration?
  let world: World

  /// Those among them that serve content to others.
  var nodes: [KuboRPC] { stores.compactMap { $0 as? KuboRPC } }

  /// The record with `peers`: those that hold all that it names and `add` gives CIDs to.
  ///
  /// Every store is tried, whatever became of the others, and no record is believed about what one holds: met again, each is asked
  /// again, and sent what it lacks.
  func send(_ record: Record, _ failures: inout RemoteFailures) async throws(Failure) -> Record {
    let roots = try Self.roots(of: record)
    guard !roots.isEmpty else { return record }
    let outcomes = await withTaskGroup(of: (Int, Result<Void, Failure>).self) { group in
      for (index, store) in stores.enumerated() {
        group.addTask { (index, await send(roots, to: store)) }
      }
      return await group.reduce(into: [Int: Result<Void, Failure>]()) { $0[$1.0] = $1.1 }
    }
    var holders = (try record["peers"]?.elements ?? []).compactMap(\.string)
    for (index, store) in stores.enumerated() {
      holders.removeAll { $0 == store.name }
      let outcome = outcomes[index] ?? .failure(.interrupted)
      if case .failure(let error) = outcome, error == .interrupted { throw error }
      await failures.attempt { () throws(Failure) in
        try outcome.get()
        holders.append(store.name)
      }
    }
    guard !holders.isEmpty else { return record.removing("peers") }
    return record.setting("peers", to: .array(holders.map { .string($0) }))
  }

  private func send(_ roots: [CID], to store: any Store) async -> Result<Void, Failure> {
    do throws(Failure) {
      try await world.interruptible(within: timeout) { () throws(Failure) in
        _ = try await store.hold(roots, from: repository)
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
