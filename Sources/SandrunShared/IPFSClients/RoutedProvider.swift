internal import Commands
internal import HTTP
internal import IPFS
internal import Records
internal import Synchronization

/// Whoever routers name, where he gives blocks over HTTP.
///
/// A stranger named these addresses: no redirect of theirs is followed, and nothing but `/ipfs/CID` is asked for.
final class RoutedProvider: BlockProvider, Sendable {
  /// So many are taken of one look-up, and known in all.
  private static let mostOfOne = 20
  private static let mostInAll = 64

  private struct State {
    var gateways: [TrustlessGateway] = []
    var liars: Set<String> = []
    var asked: Set<CID> = []
  }

  let name: String

  private let routers: [DelegatedRouter]
  private let clients: GatewayClients
  private let state = Mutex(State())

  init(_ routers: [DelegatedRouter], _ clients: GatewayClients) {
    self.routers = routers
    self.clients = clients
    name = routers.map(\.name).joined(separator: " ")
  }

  /// From one who is known already, or else from one that the routers name for this block.
  func block(_ cid: CID) async throws(Failure) -> [UInt8] {
    var tried: Set<String> = []
    if let bytes = await block(cid, &tried) { return bytes }
    let isNew = state.withLock { state in
      // A DAG of millions is not looked up block by block.
      state.asked.count < Self.mostInAll && state.asked.insert(cid).inserted
    }
    if isNew {
      try await lookUp(cid)
      if let bytes = await block(cid, &tried) { return bytes }
    }
    throw Failure(
      .unavailable, "nobody whom \(name) knows gives \(cid) over HTTP", code: "not-found")
  }

  private func block(_ cid: CID, _ tried: inout Set<String>) async -> [UInt8]? {
    for gateway in state.withLock({ $0.gateways }) where tried.insert(gateway.name).inserted {
      guard !state.withLock({ $0.liars.contains(gateway.name) }) else { continue }
      do throws(Failure) {
        let bytes = try await gateway.block(cid)
        if cid.matches(bytes) == true { return bytes }
        drop(gateway, "\(gateway.name) gives other bytes than those of \(cid)")
      } catch {
        if Task.isCancelled { return nil }
        if error.code == "not-found" { continue }
        drop(gateway, error.message)
      }
    }
    return nil
  }

  private func drop(_ gateway: TrustlessGateway, _ reason: String) {
    let isNew = state.withLock { $0.liars.insert(gateway.name).inserted }
    if isNew { clients.world.note("\(reason); \(gateway.name) is not asked again") }
  }

  private func lookUp(_ cid: CID) async throws(Failure) {
    var failure: Failure?
    for router in routers {
      do throws(Failure) {
        try await router.providers(of: cid, limit: Self.mostOfOne) {
          (provider) throws(Failure) in
          for url in provider.gatewayURLs.prefix(4) { self.add(url) }
        }
        failure = nil
        if !state.withLock({ $0.gateways.isEmpty }) { return }
      } catch {
        failure = failure ?? error
      }
    }
    if let failure { throw failure }
  }

  private func add(_ url: String) {
    guard let gateway = try? clients.gateway(url, origin: .stranger) else { return }
    state.withLock { state in
      guard state.gateways.count < Self.mostInAll,
        !state.gateways.contains(where: { $0.name == gateway.name })
      else { return }
      state.gateways.append(gateway)
    }
  }
}
