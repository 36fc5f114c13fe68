internal import Commands
internal import HTTP
internal import IPFS
internal import Records
internal import Synchronization
internal import Timing

/// Whoever routers name, where he gives blocks over HTTP.
///
/// Strangers named these addresses: they are asked only out in the internet, no redirect of theirs is followed, and nothing but
/// `/ipfs/CID` is asked for.
final class RoutedProvider: BlockProvider, Sendable {
  /// What its failures are called: that nobody gave one block says little of the next.
  static let code = "routed"
  /// So many are taken of one look-up, and known in all.
  private static let mostOfOne = 20
  private static let mostInAll = 64
  /// So many blocks are looked up: a DAG of millions is not, block by block.
  private static let mostLookUps = 64

  private struct State {
    var gateways: [TrustlessGateway] = []
    /// Who is not asked again.
    var dropped: Set<String> = []
    /// What was looked up.
    var asked: Set<CID> = []
  }

  let name: String
  let hedge: Duration

  private let routers: [DelegatedRouter]
  private let clients: GatewayClients
  private let state = Mutex(State())

  init(_ routers: [DelegatedRouter], _ clients: GatewayClients, hedge: Duration = .seconds(2)) {
    self.routers = routers
    self.clients = clients
    self.hedge = hedge
    name = routers.map(\.name).joined(separator: " ")
  }

  /// Other content has other providers.
  func begun() -> any BlockProvider { RoutedProvider(routers, clients, hedge: hedge) }

  /// From one who is known already, or else from one that the routers name for this block.
  func block(_ cid: CID) async throws(Failure) -> [UInt8] {
    let result = await withTaskGroup(of: RoutedRace.Event.self) { group in
      var race = RoutedRace(cid, self)
      let result = await race.run(in: &group)
      group.cancelAll()
      return result
    }
    return try result.get()
  }

  /// Who is to be asked, but for those who were: the first one first, and last who wants to rest.
  func next(but tried: Set<String>) -> TrustlessGateway? {
    let left = state.withLock { state in
      state.gateways.filter { !tried.contains($0.name) && !state.dropped.contains($0.name) }
    }
    return left.first { $0.restsUntil == nil }
      ?? left.min { ($0.restsUntil ?? .now) < ($1.restsUntil ?? .now) }
  }

  /// Asks this one no more.
  func drop(_ gateway: TrustlessGateway, _ failure: Failure) {
    guard state.withLock({ $0.dropped.insert(gateway.name).inserted }) else { return }
    let text = "\(failure.message); \(gateway.name) is not asked again"
    // Routers tell of many who are gone, and of addresses that mean something elsewhere.
    switch failure.code {
    case "unreachable", "out-of-reach": clients.world.detail(text)
    default: clients.world.note(text)
    }
  }

  /// Who is to be asked who has a block: nobody where that was asked, or too much.
  func routers(for cid: CID) -> [DelegatedRouter] {
    state.withLock { state in
      state.asked.count < Self.mostLookUps && state.asked.insert(cid).inserted ? routers : []
    }
  }

  /// Asks one router; `bell` is rung for each gateway that was not known.
  func lookUp(_ cid: CID, at router: DelegatedRouter, _ bell: Bell) async throws(Failure) {
    try await router.providers(of: cid, limit: Self.mostOfOne) { (provider) throws(Failure) in
      for url in provider.gatewayURLs.prefix(4) where self.add(url) { bell.ring() }
    }
  }

  private func add(_ url: String) -> Bool {
    guard let gateway = try? clients.gateway(url, origin: .stranger) else { return false }
    return state.withLock { state in
      guard state.gateways.count < Self.mostInAll,
        !state.gateways.contains(where: { $0.name == gateway.name })
      else { return false }
      state.gateways.append(gateway)
      return true
    }
  }
}
