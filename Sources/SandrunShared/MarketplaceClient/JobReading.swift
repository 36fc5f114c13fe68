internal import ABI
internal import Ethereum
internal import EthereumRPC
internal import Hashing
internal import Marketplace
internal import Records
internal import WideInteger

/// A call of one of the contracts, for a job's state.
struct MarketCall: Sendable {
  let contract: MarketplaceContract
  let function: ABIFunction
  let query: ContractQuery

  init(
    _ contract: MarketplaceContract, _ function: ABIFunction, _ arguments: [ABIValue],
    in market: Market
  ) {
    (self.contract, self.function) = (contract, function)
    query = market.query(contract, function, arguments)
  }
}

/// What a contract gave.
struct MarketAnswer: Sendable {
  let call: MarketCall
  let data: [UInt8]
}

/// The calls about a node in a job, and what they say.
private struct EntryCalls {
  static let count = 3

  static func calls(_ jobId: Digest32, _ node: Address, in market: Market) -> [MarketCall] {
    let arguments: [ABIValue] = [.bytes(jobId.bytes), .address(node)]
    return [
      MarketCall(.jobMarketplace, JobMarketplace.claims, arguments, in: market),
      MarketCall(.proofVerification, ProofVerification.commitments, arguments, in: market),
      MarketCall(.consensusManager, ConsensusManager.openings, arguments, in: market),
    ]
  }

  static func entry(
    _ node: Address, _ answers: ArraySlice<MarketAnswer>
  ) throws(ContractAnswerError) -> MarketJob.Entry {
    let answers = Array(answers)
    let claim = try JobClaim(answer: answers[0].data)
    let function = ProofVerification.commitments
    guard case .bytes(let word)? = (try? function.decodeResult(answers[1].data))?.first,
      let commitment = try? Digest32(word)
    else { throw ContractAnswerError(function: function.signature, reason: "no word") }
    let opening = try JobOpening(answer: answers[2].data)
    func flaw(_ reason: String) -> ContractAnswerError {
      ContractAnswerError(function: answers[2].call.function.signature, reason: reason)
    }
    if opening != .none, commitment == .zero {
      throw flaw("an opening of \(node), which committed to nothing")
    }
    if commitment != .zero, claim.number == nil || !claim.isLive {
      throw flaw("a commitment of \(node), which has no claim")
    }
    return MarketJob.Entry(
      node: node, claim: claim, commitment: commitment == .zero ? nil : commitment,
      opening: opening)
  }
}

/// What is asked of a job first.
struct JobBasis: Sendable {
  private let question: MarketQuestion
  private let market: Market
  let calls: [MarketCall]

  init(_ question: MarketQuestion, in market: Market) {
    self.question = question
    self.market = market
    let jobId = ABIValue.bytes(question.jobId.bytes)
    let rounds: [ABIValue] = [.uint(0), .uint(1)]
    calls =
      [
        MarketCall(.jobMarketplace, JobMarketplace.jobs, [jobId], in: market),
        MarketCall(.consensusManager, ConsensusManager.verdicts, [jobId], in: market),
      ]
      + rounds.flatMap { index in
        [
          MarketCall(.jobMarketplace, JobMarketplace.round, [jobId, index], in: market),
          MarketCall(.proofVerification, ProofVerification.tally, [jobId, index], in: market),
          MarketCall(.jobMarketplace, JobMarketplace.claimants, [jobId, index], in: market),
        ]
      }
      + question.nodes.flatMap { EntryCalls.calls(question.jobId, $0, in: market) }
  }

  /// What the answers say; nil where there is no such job.
  func reading(_ answers: [MarketAnswer]) throws(RPCError) -> Result<JobReading?, Failure> {
    do throws(ContractAnswerError) { return .success(try judged(answers)) } catch {
      return .failure(Failure(error))
    }
  }

  private func judged(_ answers: [MarketAnswer]) throws(ContractAnswerError) -> JobReading? {
    let posted = try PostedJob(answer: answers[0].data)
    guard let submitter = posted.submitter else { return nil }
    let verdict = try JobVerdict(answer: answers[1].data)
    var rounds: [JobReading.Round] = []
    for index in 0..<2 {
      let place = 2 + 3 * index
      let terms = try JobRound(answer: answers[place].data)
      let slots = index == 0 ? posted.nodes : 2 * posted.nodes + 1
      if index == 1, terms.slots == 0 { break }
      guard terms.slots == slots, slots > 0 else {
        throw ContractAnswerError(
          function: JobMarketplace.round.signature,
          reason: "\(terms.slots) slots in round \(index) of a job for \(posted.nodes) nodes")
      }
      rounds.append(
        JobReading.Round(
          terms: terms, tally: try CommitmentTally(answer: answers[place + 1].data),
          claimants: try Self.claimants(answers[place + 2].data)))
    }
    guard (rounds.count == 2) == (posted.challenger != nil),
      verdict.stage != .challenged || rounds.count == 2
    else {
      throw ContractAnswerError(
        function: ConsensusManager.verdicts.signature,
        reason: "a challenge that the job has not, or none that it has")
    }
    var asked: [Address: MarketJob.Entry] = [:]
    for (index, node) in question.nodes.enumerated() {
      let place = 8 + EntryCalls.count * index
      asked[node] = try EntryCalls.entry(node, answers[place..<place + EntryCalls.count])
    }
    return JobReading(
      jobId: question.jobId, posted: posted, submitter: submitter, verdict: verdict,
      rounds: rounds, asked: asked, market: market)
  }

  private static func claimants(_ data: [UInt8]) throws(ContractAnswerError) -> [Address] {
    let function = JobMarketplace.claimants
    guard case .array(let values)? = (try? function.decodeResult(data))?.first else {
      throw ContractAnswerError(function: function.signature, reason: "no list of accounts")
    }
    var nodes: [Address] = []
    for case .address(let node) in values {
      guard !nodes.contains(node) else {
        throw ContractAnswerError(function: function.signature, reason: "\(node) twice")
      }
      nodes.append(node)
    }
    return nodes
  }
}

/// What is known of a job before its claimants were asked about.
struct JobReading: Sendable {
  struct Round: Sendable {
    let terms: JobRound
    let tally: CommitmentTally
    let claimants: [Address]
  }

  let jobId: Digest32
  let posted: PostedJob
  let submitter: Address
  let verdict: JobVerdict
  let rounds: [Round]
  let asked: [Address: MarketJob.Entry]
  let market: Market

  /// What is asked next.
  var calls: [MarketCall] {
    rounds.flatMap(\.claimants).flatMap { EntryCalls.calls(jobId, $0, in: market) }
  }

  /// The job with what its claimants did.
  func job(
    _ answers: [MarketAnswer], header: BlockHeader, hash: Digest32
  ) throws(RPCError) -> Result<MarketJob?, Failure> {
    do throws(ContractAnswerError) {
      return .success(try judged(answers, header: header, hash: hash))
    } catch { return .failure(Failure(error)) }
  }

  private func judged(
    _ answers: [MarketAnswer], header: BlockHeader, hash: Digest32
  ) throws(ContractAnswerError) -> MarketJob {
    var rest = answers[...]
    var whole: [MarketJob.Round] = []
    for (index, round) in rounds.enumerated() {
      var entries: [MarketJob.Entry] = []
      for node in round.claimants {
        let entry = try EntryCalls.entry(node, rest.prefix(EntryCalls.count))
        rest = rest.dropFirst(EntryCalls.count)
        guard entry.claim.number != nil, entry.claim.isLive, entry.claim.round == index else {
          throw ContractAnswerError(
            function: JobMarketplace.claims.signature,
            reason: "no claim of \(node) in round \(index), where claimants has one")
        }
        entries.append(entry)
      }
      let state = try RoundState(
        index: index, of: posted, round: round.terms, tally: round.tally,
        claims: entries.map { entry in
          RoundState.Claim(
            deadline: entry.claim.deadline, isCommitted: entry.commitment != nil,
            isOpened: entry.opening != .none)
        })
      whole.append(
        MarketJob.Round(
          index: index, terms: round.terms, tally: round.tally, entries: entries, state: state))
    }
    return MarketJob(
      jobId: jobId, block: header.number, blockHash: hash, time: header.timestamp, posted: posted,
      submitter: submitter, verdict: verdict, rounds: whole, asked: asked)
  }
}
