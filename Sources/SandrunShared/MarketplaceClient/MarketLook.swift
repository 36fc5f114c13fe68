internal import ABI
public import Ethereum
public import EthereumRPC
public import Hashing
internal import Marketplace
public import Records

/// What is to be known of a job: the job itself, and what some nodes did whether they claimed it or not.
public struct MarketQuestion: Hashable, Sendable {
  /// The job's id in the contract.
  public var jobId: Digest32
  /// The nodes' operators.
  public var nodes: [Address]

  /// Asks for a job.
  public init(_ jobId: Digest32, of nodes: [Address] = []) {
    self.jobId = jobId
    self.nodes = nodes
  }
}

/// Several jobs at one block.
public struct MarketLook: Sendable {
  /// The block.
  public let header: BlockHeader
  /// That block's hash.
  public let blockHash: Digest32
  /// What was found of each question, in their order: nil where there is no such job, a failure where its answers cannot be.
  public let jobs: [Result<MarketJob?, Failure>]
}

extension Market {
  /// So often a look begins anew where the chain's head moves under it, or one endpoint lacks another's block.
  private static let attempts = 6

  /// A job at the chain's latest block; nil where there is none.
  public func job(
    _ jobId: Digest32, of nodes: [Address] = []
  ) async throws(Failure) -> MarketJob? {
    try await look([MarketQuestion(jobId, of: nodes)]).jobs[0].get()
  }

  /// Jobs at the chain's latest block, all at the same, in two round trips.
  ///
  /// Throws where the node fails; 76 where its answers are none, 75 where its head does not hold still.
  public func look(_ questions: [MarketQuestion]) async throws(Failure) -> MarketLook {
    for _ in 0..<Self.attempts {
      do throws(RPCError) {
        if let look = try await attempt(questions) { return look }
      } catch { throw Failure(error) }
    }
    throw Failure(
      .temporary, "the head of \(client.name) does not hold still: no state of one block",
      code: "unsteady-head", hint: "run it again; are all endpoints nodes of one chain?")
  }

  /// One attempt; nil where the answers may be of different blocks.
  private func attempt(_ questions: [MarketQuestion]) async throws(RPCError) -> MarketLook? {
    let bases = questions.map { JobBasis($0, in: self) }
    guard
      let (header, hash, first) = try await marked(
        bases.flatMap(\.calls), at: .latest, known: nil)
    else { return nil }
    // What a job's claimants did can be asked for only once they are known.
    var rest = first[...]
    var readings: [Result<JobReading?, Failure>] = []
    for basis in bases {
      let results = Array(rest.prefix(basis.calls.count))
      rest = rest.dropFirst(results.count)
      readings.append(try basis.reading(results))
    }
    let others = readings.flatMap { (try? $0.get())?.calls ?? [] }
    var second: ArraySlice<MarketAnswer> = []
    if !others.isEmpty {
      guard
        let found = try await marked(others, at: .number(header.number), known: hash)
      else { return nil }
      second = found.answers[...]
    }
    var jobs: [Result<MarketJob?, Failure>] = []
    for reading in readings {
      switch reading {
      case .failure(let failure): jobs.append(.failure(failure))
      case .success(nil): jobs.append(.success(nil))
      case .success(let reading?):
        let answers = Array(second.prefix(reading.calls.count))
        second = second.dropFirst(answers.count)
        jobs.append(try reading.job(answers, header: header, hash: hash))
      }
    }
    return MarketLook(header: header, blockHash: hash, jobs: jobs)
  }

  /// Answers that are all of one block, and that block; nil where they may not be.
  private func marked(
    _ calls: [MarketCall], at block: BlockReference, known: Digest32?
  ) async throws(RPCError) -> (header: BlockHeader, hash: Digest32, answers: [MarketAnswer])? {
    let mark = block.request()
    let requests = calls.map { $0.query.request(at: block) }
    let results = try await client.batch([mark] + requests + [mark])
    let before = try results[0].answer(to: mark)
    let after = try results[results.count - 1].answer(to: mark)
    // Another endpoint may not have the block yet, or a reorganisation has taken it.
    guard !before.isNull, !after.isNull else { return nil }
    let header = try BlockHeader(before)
    guard let hash = header.hash else { throw before.flaw("a block without a hash") }
    guard known == nil || known == hash else { return nil }
    guard try BlockHeader(after).hash == hash else {
      guard block == .latest else { return nil }
      return try await marked(calls, at: .number(header.number), known: hash)
    }
    var answers: [MarketAnswer] = []
    for (call, (request, result)) in zip(calls, zip(requests, results.dropFirst())) {
      switch try call.query.outcome(result, of: request) {
      case .returned(let data): answers.append(MarketAnswer(call: call, data: data))
      case .reverted(let reason):
        throw .badAnswer(
          method: request.method,
          reason: "\(call.contract.name).\(call.function.name) reverts: \(reason)")
      }
    }
    return (header, hash, answers)
  }
}
