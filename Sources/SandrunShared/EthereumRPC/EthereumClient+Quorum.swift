internal import Hashing
internal import Records

extension EthereumClient {
  /// Answers that differ are asked for again for so long: an endpoint may be behind the others by a block.
  private static let lag = Duration.seconds(6)
  /// Once enough endpoints have told their head, the others are waited for so long.
  private static let grace = Duration.milliseconds(500)
  /// And so long where those that have answered do not agree.
  private static let patience = Duration.seconds(10)

  /// Asks all endpoints what cannot differ, and one of them the rest; an answer is what a quorum of them gives.
  func agreed(_ requests: [RPCRequest]) async throws(RPCError) -> [Result<JSON, RPCFailure>] {
    let questions = requests.map(QuorumQuestion.init)
    async let others = outcome(of: questions.filter(\.isFree).map(\.request))
    let heads = try await pinned(Set(questions.flatMap(\.tags)))
    let numbers = heads.compactMapValues { try? $0.get() }
    let fixed = questions.map { question -> RPCRequest? in
      let isPinned = question.tags.allSatisfy { numbers[$0] != nil }
      return question.isFree || !isPinned ? nil : question.request(numbers)
    }
    var agreed = try await agreement(on: fixed.compactMap(\.self)).makeIterator()
    var free = try await others.get().makeIterator()
    return zip(questions, fixed).map { question, request in
      let answer = question.isFree ? free.next() : request == nil ? nil : agreed.next()
      if let answer { return answer }
      for tag in question.tags {
        if case .failure(let refusal)? = heads[tag] { return .failure(refusal) }
      }
      return .success(numbers[.latest].map { BlockReference.number($0).parameter } ?? .null)
    }
  }

  private func outcome(
    of requests: [RPCRequest]
  ) async -> Result<[Result<JSON, RPCFailure>], RPCError> {
    guard !requests.isEmpty else { return .success([]) }
    do throws(RPCError) { return .success(try await inTurn(requests)) } catch {
      return .failure(error)
    }
  }

  // MARK: Agreement

  /// Asks all endpoints until enough say the same of each call.
  private func agreement(
    on requests: [RPCRequest]
  ) async throws(RPCError) -> [Result<JSON, RPCFailure>] {
    var results = [Result<JSON, RPCFailure>?](repeating: nil, count: requests.count)
    let end = min(deadline ?? .now + options.timeout, .now + Self.lag)
    var wait = Duration.milliseconds(50)
    while true {
      let open = results.indices.filter { results[$0] == nil }
      if open.isEmpty { return results.compactMap(\.self) }
      let asked = open.map { requests[$0] }
      let polled = try await poll(asked, grace: Self.patience) { polled in
        Self.tally(polled, asked).allSatisfy { $0.decision(of: quorum) != nil }
      }
      let tally = Self.tally(polled, asked)
      for (place, votes) in zip(open, tally) {
        results[place] = votes.decision(of: quorum) ?? votes.refusal(of: quorum)
      }
      guard let undecided = zip(open, tally).first(where: { results[$0.0] == nil })?.1 else {
        continue
      }
      try checkQuorum(of: polled)
      guard .now + wait < end, !Task.isCancelled else {
        guard undecided.votes.count(where: \.vote.counts) < quorum else {
          throw undecided.disagreement
        }
        throw tooFew(polled, busy: undecided)
      }
      options.onRetry("\(undecided.disagreement); asking again")
      try? await Task.sleep(for: wait)
      wait = min(wait * 2, .seconds(1))
    }
  }

  private static func tally(_ polled: [Polled], _ requests: [RPCRequest]) -> [QuorumVotes] {
    var tally = requests.map { QuorumVotes(method: $0.method) }
    for one in polled {
      guard case .success(let votes) = one.votes else { continue }
      for (place, vote) in votes.enumerated() { tally[place].votes.append((one.name, vote)) }
    }
    return tally
  }

  private func checkQuorum(of polled: [Polled]) throws(RPCError) {
    if polled.count(where: { (try? $0.votes.get()) != nil }) < quorum { throw tooFew(polled) }
  }

  private func tooFew(_ polled: [Polled], busy: QuorumVotes? = nil) -> RPCError {
    var errors: [RPCError] = []
    for one in polled { if case .failure(let error) = one.votes { errors.append(error) } }
    for (_, vote) in busy?.votes ?? [] {
      if case .busy(let refusal) = vote { errors.append(.refused(refusal)) }
    }
    return .noQuorum(
      found: endpoints.count - errors.count, needed: quorum, of: endpoints.count, errors: errors)
  }

  // MARK: Heads

  /// The numbers of the blocks that tags stand for at enough endpoints; a refusal where there is no such block.
  ///
  /// Of the heads that differ the highest that enough of them have reached, and whose hash they agree on.
  private func pinned(
    _ tags: Set<BlockReference.Tag>
  ) async throws(RPCError) -> [BlockReference.Tag: Result<UInt64, RPCFailure>] {
    guard !tags.isEmpty else { return [:] }
    let order = tags.sorted { $0.rawValue < $1.rawValue }
    let requests = order.map { RPCRequest.block($0.rawValue) }
    let polled = try await poll(requests, grace: Self.grace) { polled in
      Self.tally(polled, requests).allSatisfy { $0.decision(of: quorum) != nil }
    }
    try checkQuorum(of: polled)
    var pins: [BlockReference.Tag: Result<UInt64, RPCFailure>] = [:]
    for (tag, (request, votes)) in zip(order, zip(requests, Self.tally(polled, requests))) {
      pins[tag] = try await pin(tag, request, votes)
    }
    return pins
  }

  private func pin(
    _ tag: BlockReference.Tag, _ request: RPCRequest, _ votes: QuorumVotes
  ) async throws(RPCError) -> Result<UInt64, RPCFailure> {
    let unknown = RPCFailure(
      method: request.method, code: -32000, message: "block not found: \(tag.rawValue)")
    var numbers: [UInt64] = []
    var flaw: RPCError?
    for (_, vote) in votes.votes {
      guard case .value(let block) = vote, block != .null else { continue }
      do throws(RPCError) {
        numbers.append(try RPCValue(block, method: request.method).member("number").blockNumber())
      } catch {
        // A head that cannot be read is no vote, as long as there are enough others.
        flaw = error
      }
    }
    guard numbers.count >= quorum else {
      if let flaw { throw flaw }
      for (_, vote) in votes.votes {
        if case .failure(let refusal) = vote.result { return .failure(refusal) }
      }
      return .failure(unknown)
    }
    let number = numbers.sorted(by: >)[quorum - 1]
    // What they said of their heads may be enough.
    if case .success(let block)? = votes.decision(of: quorum), block != .null,
      try RPCValue(block, method: request.method).member("number").blockNumber() == number
    {
      return .success(number)
    }
    let asked = BlockReference.number(number).request()
    switch try await agreement(on: [asked])[0] {
    case .success(.null): return .failure(unknown)
    case .success: return .success(number)
    case .failure(let refusal): return .failure(refusal)
    }
  }

  // MARK: Asking all

  /// What one endpoint said, or why it said nothing.
  private struct Polled: Sendable {
    var place: Int
    var name: String
    var votes: Result<[QuorumVote], RPCError>
  }

  /// Asks all endpoints the same, until what came is enough, or all have answered; gives it in their order.
  ///
  /// Once a quorum has answered, the others are waited for no longer than `grace`.
  private func poll(
    _ requests: [RPCRequest], grace: Duration, isEnough: ([Polled]) -> Bool
  ) async throws(RPCError) -> [Polled] {
    let needed = quorum
    let polled = await withTaskGroup(of: Polled?.self) { group -> [Polled] in
      for (place, endpoint) in endpoints.enumerated() {
        group.addTask {
          do throws(RPCError) {
            let results = try await self.only(endpoint).inTurn(requests)
            return Polled(
              place: place, name: endpoint.name,
              votes: .success(zip(results, requests).map { QuorumVote($0, to: $1) }))
          } catch {
            return Polled(place: place, name: endpoint.name, votes: .failure(error))
          }
        }
      }
      defer { group.cancelAll() }
      var polled: [Polled] = []
      for await one in group {
        guard let one else { break }
        polled.append(one)
        if case .failure(let error) = one.votes, error.isOfAnotherChain { break }
        if polled.count == endpoints.count || isEnough(polled) { break }
        if polled.count(where: { (try? $0.votes.get()) != nil }) == needed {
          group.addTask {
            try? await Task.sleep(for: grace)
            return nil
          }
        }
      }
      return polled.sorted { $0.place < $1.place }
    }
    for one in polled {
      if case .failure(let error) = one.votes, error.isOfAnotherChain { throw error }
    }
    return polled
  }
}

extension RPCError {
  /// Whether an endpoint is of another chain than the others, which nothing makes good.
  package var isOfAnotherChain: Bool {
    switch self {
    case .wrongChain, .otherGenesis: true
    default: false
    }
  }
}
