internal import IPFS
internal import Records
internal import Timing

/// One block that is asked of gateways whom routers name: several at a time, each a little after the one before.
struct RoutedRace {
  /// So many are asked at a time.
  private static let mostAtOnce = 4
  /// So often one is asked for it that was busy, or failed.
  private static let mostTries = 3
  /// One that failed is left alone for so long, and for twice that after the second time.
  private static let pause = Duration.milliseconds(500)

  /// What the race waits for.
  enum Event: Sendable {
    case answered(TrustlessGateway, asked: ContinuousClock.Instant, Result<[UInt8], Failure>)
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
  /// What was told last, by whom.
  private var reasons: [(name: String, failure: Failure)] = []
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
      case .answered(let gateway, let asked, let result):
        running -= 1
        if let bytes = take(result, from: gateway, asked: asked) { return .success(bytes) }
        isDue = true
      case .routed(let result):
        searches -= 1
        if case .failure(let failure) = result { note(failure, of: "") }
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
    if next.map({ $0.gateway.restsUntil != nil || $0.strikes > 0 }) ?? true {
      search(in: &group)
    }
    guard let (gateway, strikes) = next else { return }
    tried.insert(gateway.name)
    tries[gateway.name, default: 0] += 1
    running += 1
    isDue = false
    let cid = cid
    group.addTask {
      if strikes > 0 { try? await ContinuousClock().sleep(for: Self.pause * strikes) }
      let asked = ContinuousClock.now
      do throws(Failure) {
        return .answered(gateway, asked: asked, .success(try await gateway.block(cid)))
      } catch {
        return .answered(gateway, asked: asked, .failure(error))
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
    let routers: [DelegatedRouter]
    do throws(Failure) { routers = try provider.routers(for: cid) } catch {
      return note(error, of: "")
    }
    for router in routers {
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
    _ result: Result<[UInt8], Failure>, from gateway: TrustlessGateway,
    asked: ContinuousClock.Instant
  ) -> [UInt8]? {
    let failure: Failure
    switch result {
    case .success(let bytes) where cid.matches(bytes) == true:
      provider.praise(gateway)
      return bytes
    case .success:
      failure = Failure(
        .protocolViolation, "\(gateway.name) gives other bytes than those of \(cid)",
        code: "wrong-block")
    case .failure(let told): failure = told
    }
    reasons.removeAll { $0.name == gateway.name }
    guard failure.code != "not-found" else {
      haveNone += 1
      return nil
    }
    note(failure, of: gateway.name)
    // It is no liar: the others go first, and then it is asked again.
    if provider.blame(gateway, failure, asked: asked), failure.isRetryable,
      tries[gateway.name, default: 0] < Self.mostTries
    {
      tried.remove(gateway.name)
    }
    return nil
  }

  private mutating func note(_ failure: Failure, of name: String) {
    reasons.append((name: name, failure: failure))
  }

  /// Why nobody gave it.
  private var failure: Failure {
    var reasons = reasons.map(\.failure)
    // Who was asked no more may have it.
    for verdict in provider.verdicts where !reasons.contains(verdict) { reasons.append(verdict) }
    guard !reasons.isEmpty else {
      return Failure(
        .unavailable, "nobody whom \(provider.name) knows gives \(cid) over HTTP",
        code: "not-found", isRetryable: true)
    }
    var failure = Failure(
      "nobody whom \(provider.name) knows gives it over HTTP", reasons, haveNone: haveNone,
      of: tries.count)
    failure.code = RoutedProvider.code
    return failure
  }
}
