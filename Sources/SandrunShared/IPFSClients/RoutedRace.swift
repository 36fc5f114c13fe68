internal import IPFS
internal import Records
internal import Timing

/// One block that is asked of gateways whom routers name: several at a time, each a little after the one before.
struct RoutedRace {
  /// So many are asked at a time.
  private static let mostAtOnce = 4
  /// So often one is asked for it that was busy.
  private static let mostTries = 3

  /// What the race waits for.
  enum Event: Sendable {
    case answered(TrustlessGateway, Result<[UInt8], Failure>)
    case routed(Result<Void, Failure>)
    /// Nobody answered for a while.
    case late
    /// Somebody new is known.
    case heard
  }

  private let cid: CID
  private let provider: RoutedProvider
  private let bell = Bell()
  private var tried: Set<String> = []
  private var tries: [String: Int] = [:]
  private var running = 0
  private var searches = 0
  private var hasSearched = false
  /// Whether one more is to be asked as soon as there is one.
  private var isDue = false
  private var reasons: [Failure] = []
  private var haveNone = 0

  init(_ cid: CID, _ provider: RoutedProvider) {
    self.cid = cid
    self.provider = provider
  }

  /// Asks until somebody gives the block, or nobody is left.
  mutating func run(in group: inout TaskGroup<Event>) async -> Result<[UInt8], Failure> {
    step(in: &group)
    while running + searches > 0, let event = await group.next() {
      guard !Task.isCancelled else { return .failure(.interrupted) }
      switch event {
      case .answered(let gateway, let result):
        running -= 1
        if let bytes = take(result, from: gateway) { return .success(bytes) }
        isDue = true
      case .routed(let result):
        searches -= 1
        if case .failure(let failure) = result { reasons.append(failure) }
      case .late: isDue = true
      case .heard:
        if searches > 0 { listen(in: &group) }
      }
      step(in: &group)
    }
    return .failure(Task.isCancelled ? .interrupted : failure)
  }

  /// Asks one more where nobody is being asked, or who is keeps us waiting; and who else there is, where nobody is left.
  private mutating func step(in group: inout TaskGroup<Event>) {
    guard running == 0 || isDue, running < Self.mostAtOnce else { return }
    let next = provider.next(but: tried)
    // Others are looked for before anybody is waited for.
    if next?.restsUntil != nil || next == nil { search(in: &group) }
    guard let gateway = next else { return }
    tried.insert(gateway.name)
    tries[gateway.name, default: 0] += 1
    running += 1
    isDue = false
    let cid = cid
    group.addTask {
      do throws(Failure) { return .answered(gateway, .success(try await gateway.block(cid))) } catch
      {
        return .answered(gateway, .failure(error))
      }
    }
    let hedge = provider.hedge
    group.addTask {
      try? await ContinuousClock().sleep(for: hedge)
      return .late
    }
  }

  /// Asks all routers at once: none may hide what another knows.
  private mutating func search(in group: inout TaskGroup<Event>) {
    guard !hasSearched else { return }
    hasSearched = true
    let (cid, provider, bell) = (cid, provider, bell)
    for router in provider.routers(for: cid) {
      searches += 1
      group.addTask {
        do throws(Failure) {
          try await provider.lookUp(cid, at: router, bell)
          return .routed(.success(()))
        } catch {
          return .routed(.failure(error))
        }
      }
    }
    if searches > 0 { listen(in: &group) }
  }

  private func listen(in group: inout TaskGroup<Event>) {
    let bell = bell
    group.addTask {
      await bell.wait(upTo: nil)
      return .heard
    }
  }

  /// The block, where an answer proves to be it.
  private mutating func take(
    _ result: Result<[UInt8], Failure>, from gateway: TrustlessGateway
  ) -> [UInt8]? {
    let failure: Failure
    switch result {
    case .success(let bytes) where cid.matches(bytes) == true: return bytes
    case .success:
      failure = Failure(
        .protocolViolation, "\(gateway.name) gives other bytes than those of \(cid)",
        code: "wrong-block")
    case .failure(let told): failure = told
    }
    switch failure.code {
    case "not-found":
      haveNone += 1
      return nil
    case "busy":
      // It is no liar: the others go first, and then it is asked again when it wants to be.
      if tries[gateway.name, default: 0] < Self.mostTries {
        tried.remove(gateway.name)
        return nil
      }
    default: provider.drop(gateway, failure)
    }
    reasons.append(failure)
    return nil
  }

  /// Why nobody gave it.
  private var failure: Failure {
    guard !reasons.isEmpty else {
      return Failure(
        .unavailable, "nobody whom \(provider.name) knows gives \(cid) over HTTP",
        code: "not-found", isRetryable: true)
    }
    var failure = Failure(
      "nobody whom \(provider.name) knows gives it over HTTP", reasons, haveNone: haveNone,
      of: tried.count)
    failure.code = RoutedProvider.code
    return failure
  }
}
