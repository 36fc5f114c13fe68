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
    /// Who is not asked again, and why.
    var dropped: [String: Failure] = [:]
    /// Who failed since he last gave a block: how often, and when last.
    var strikes: [String: (count: Int, since: ContinuousClock.Instant)] = [:]
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

  /// Who is to be asked, but for those who were: the first one first, behind him who failed, and last who wants to rest.
  func next(but tried: Set<String>) -> (gateway: TrustlessGateway, strikes: Int)? {
    let left = state.withLock { state in
      state.gateways.filter { !tried.contains($0.name) && state.dropped[$0.name] == nil }
        .map { (gateway: $0, strikes: state.strikes[$0.name]?.count ?? 0) }
    }
    return left.filter { $0.gateway.restsUntil == nil }.min { $0.strikes < $1.strikes }
      ?? left.min { ($0.gateway.restsUntil ?? .now) < ($1.gateway.restsUntil ?? .now) }
  }

  /// Notes that this one gave a block.
  func praise(_ gateway: TrustlessGateway) {
    state.withLock { $0.strikes[gateway.name] = nil }
  }

  /// Notes what one did who was asked at some time: false where he is asked no more.
  func blame(
    _ gateway: TrustlessGateway, _ failure: Failure, asked: ContinuousClock.Instant
  ) -> Bool {
    let isHopeless: Bool
    switch Harvest.Conduct(failure) {
    case .gave, .lacks, .later: isHopeless = false
    case .hopeless: isHopeless = true
    case .single, .failed: isHopeless = strike(gateway, asked) >= Standing.mostStrikes
    }
    if isHopeless { drop(gateway, failure) }
    return !isHopeless
  }

  /// How often he failed by now; of several blocks that one mishap cost, all asked for before it was known, one counts.
  private func strike(_ gateway: TrustlessGateway, _ asked: ContinuousClock.Instant) -> Int {
    state.withLock { state in
      let before = state.strikes[gateway.name]
      if let before, asked < before.since { return before.count }
      state.strikes[gateway.name] = (count: (before?.count ?? 0) + 1, since: .now)
      return (before?.count ?? 0) + 1
    }
  }

  /// Why some are not asked again.
  var verdicts: [Failure] {
    state.withLock { state in state.gateways.compactMap { state.dropped[$0.name] } }
  }

  private func drop(_ gateway: TrustlessGateway, _ failure: Failure) {
    let isNew = state.withLock { $0.dropped.updateValue(failure, forKey: gateway.name) == nil }
    guard isNew else { return }
    let text = "\(failure.message); \(gateway.name) is not asked again"
    // Routers tell of many who are gone, and of addresses that mean something elsewhere.
    switch failure.code {
    case "unreachable", "out-of-reach": clients.world.detail(text)
    default: clients.world.note(text)
    }
  }

  /// Who is to be asked who has a block: nobody where that was asked; throws where so many blocks were looked up that no more are.
  func routers(for cid: CID) throws(Failure) -> [DelegatedRouter] {
    let (isKnown, isOverLimit) = state.withLock { state in
      guard !state.asked.contains(cid) else { return (true, false) }
      guard state.asked.count < Self.mostLookUps else { return (false, true) }
      state.asked.insert(cid)
      return (false, false)
    }
    guard !isOverLimit else {
      throw Failure(
        .unavailable,
        "\(name) is not asked who has \(cid): no more than \(Self.mostLookUps) blocks are looked up",
        code: Self.code, hint: "what came is kept: the same again goes on from there",
        isRetryable: true)
    }
    return isKnown ? [] : routers
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
