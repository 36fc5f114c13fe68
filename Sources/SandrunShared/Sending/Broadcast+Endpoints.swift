internal import Ethereum
internal import EthereumRPC
internal import Hashing
internal import Records
internal import Synchronization

extension Broadcaster {
  /// Once one endpoint has a transaction, the others are waited for so long: their offers are on their way.
  private static let grace = Duration.seconds(1)

  /// What is to pass with each endpoint.
  var offers: [BroadcastOffer] {
    client.endpoints.map { endpoint in
      BroadcastOffer(
        client: client.only(endpoint), endpoint: client.endpoints.count > 1 ? endpoint : nil,
        retries: retries, detail: detail)
    }
  }

  typealias Outcome = (place: Int, result: Result<Void, Refusal>)

  /// Makes all offers at once; those that are not done soon after one was taken are left out of what came of them.
  func made(_ offers: [BroadcastOffer], of transaction: SignedTransaction) async -> [Outcome] {
    let done = Done()
    return await withTaskGroup(of: Outcome?.self) { group in
      for (place, offer) in offers.enumerated() {
        group.addTask {
          let result: Result<Void, Refusal>
          do throws(Refusal) {
            result = .success(try await offer.make(transaction))
          } catch {
            result = .failure(error)
          }
          done.places.withLock { _ = $0.insert(place) }
          return (place, result)
        }
      }
      defer { group.cancelAll() }
      var outcomes: [Outcome] = []
      var isTaken = false
      for await outcome in group {
        guard let outcome else { break }
        outcomes.append(outcome)
        if outcomes.count == offers.count { break }
        guard case .success = outcome.result, !isTaken else { continue }
        isTaken = true
        group.addTask {
          await Self.wait(for: offers, done)
          return nil
        }
      }
      return outcomes
    }
  }

  /// The places of the offers that are over.
  private final class Done: Sendable {
    let places = Mutex<Set<Int>>([])

    func others(_ offers: [BroadcastOffer]) -> [BroadcastOffer] {
      let places = places.withLock { $0 }
      return offers.enumerated().filter { !places.contains($0.offset) }.map(\.element)
    }
  }

  /// Waits a moment for offers that are on their way, not for those whose endpoints are known to fail.
  private static func wait(for offers: [BroadcastOffer], _ done: Done) async {
    let end = ContinuousClock.now + grace
    while !Task.isCancelled,
      done.others(offers).contains(where: { $0.endpoint?.isResting == false })
    {
      guard .now < end else {
        for offer in done.others(offers) { offer.endpoint?.rest() }
        return
      }
      try? await Task.sleep(for: .milliseconds(5))
    }
  }

  /// How many endpoints come to know a transaction, up to so many, how many do not, and why the others do not say.
  func looked(
    for transaction: SignedTransaction, until needed: Int
  ) async -> (held: Int, missing: Int, errors: [RPCError]) {
    await withTaskGroup(of: Result<Bool, RPCError>.self) { group in
      for offer in offers {
        group.addTask {
          do throws(RPCError) { return .success(try await offer.comesToHold(transaction)) } catch {
            return .failure(error)
          }
        }
      }
      defer { group.cancelAll() }
      var (held, missing, errors) = (0, 0, [RPCError]())
      for await result in group {
        switch result {
        case .success(true): held += 1
        case .success(false): missing += 1
        case .failure(let error): errors.append(error)
        }
        if held == needed { break }
      }
      return (held, missing, errors)
    }
  }
}

extension Broadcaster.Refusal {
  /// The refusal that several endpoints' refusals make.
  ///
  /// An endpoint that was not reached may have got the bytes from another, so that nothing is certain; not where none was
  /// reached.
  init(ofAll refusals: [Broadcaster.Refusal]) {
    let words = refusals.map(\.failure.message).joined(separator: "; ")
    let isCertain =
      refusals.allSatisfy(\.isDefinite)
      && (refusals.allSatisfy(\.isJudged) || !refusals.contains(where: \.isJudged))
    // A nonce that is used says more than what else may be wrong.
    let telling =
      refusals.first { $0.failure.code == BroadcastRefusal.nonceTooLow.rawValue }
      ?? refusals.first(where: \.isJudged)
    let unclear = BroadcastRefusal.unclear
    let failure =
      isCertain
      ? (telling ?? refusals[0]).failure
      : refusals.first { !$0.isDefinite }?.failure
        ?? Failure(unclear.status, "", code: unclear.rawValue, hint: unclear.hint)
    self.init(
      Failure(
        failure.status, words, code: failure.code, hint: failure.hint,
        isRetryable: failure.isRetryable),
      isDefinite: isCertain, isJudged: refusals.contains(where: \.isJudged))
  }
}
