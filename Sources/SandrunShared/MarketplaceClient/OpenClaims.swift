internal import ABI
internal import Ethereum
internal import EthereumRPC
internal import EventStreams
internal import Hashing
internal import Marketplace
internal import Records
internal import Synchronization
internal import WideInteger

/// The claims of a node that lack a commitment and can still get one: each is a run that the node owes.
final class OpenClaims: Sendable {
  /// So many blocks are read again each time: a reorganisation may have put other logs into them.
  private static let depth: UInt64 = 64
  /// So many blocks are read at once, looking back.
  private static let span: UInt64 = 10_000

  private struct State {
    /// All blocks through this one were read.
    var scanned: UInt64?
    /// The jobs that the node claimed in them, as far as they may matter.
    var jobs: Set<Digest32> = []
  }

  private let node: Address
  private let state = Mutex(State())

  init(of node: Address) { self.node = node }

  /// The jobs whose claims are open at the chain's head.
  func jobs(in market: Market, _ registered: RegisteredNode) async throws(Failure) -> [Digest32] {
    // No claim that is not final: none of them lacks anything.
    guard registered.openClaims > 0 else { return [] }
    let head = try await market.look([]).header
    try await scan(market, head)
    let jobs = state.withLock { $0.jobs.sorted { "\($0)" < "\($1)" } }
    var open: [Digest32] = []
    var dead: [Digest32] = []
    for (job, isOpen, isOver) in try await standing(of: jobs, in: market, at: head.timestamp) {
      if isOpen { open.append(job) }
      if isOver { dead.append(job) }
    }
    state.withLock { [dead] in $0.jobs.subtract(dead) }
    return open
  }

  // MARK: Which jobs

  private func scan(_ market: Market, _ head: BlockHeader) async throws(Failure) {
    if let scanned = state.withLock({ $0.scanned }) {
      let first = min(scanned, head.number)
      let from = first > Self.depth ? first - Self.depth : 0
      try await note(market, from: from, through: head.number)
    } else {
      // A claim older than the longest commit window lacks nothing any more.
      var last = head.number
      while true {
        let from = last >= Self.span ? last - Self.span + 1 : 0
        try await note(market, from: from, through: last)
        guard from > 0, try await market.time(of: from) + JobWindows.limit > head.timestamp else {
          break
        }
        last = from - 1
      }
    }
    state.withLock { $0.scanned = head.number }
  }

  private func note(
    _ market: Market, from first: UInt64, through last: UInt64
  ) async throws(Failure) {
    let filter: JSONObject = [
      "address": .string("\(market.jobMarketplace)"),
      "topics": [
        .string("\(JobMarketplace.jobClaimed.topic0)"), .null, .string(Hex.encode(node.word)),
      ],
    ]
    let logs = try await market.logs([filter], from: first, through: last)
    let jobs = logs.compactMap { $0.log.topics.count > 1 ? $0.log.topics[1] : nil }
    state.withLock { $0.jobs.formUnion(jobs) }
  }

  // MARK: How they stand

  private typealias Standing = (job: Digest32, isOpen: Bool, isOver: Bool)

  private func standing(
    of jobs: [Digest32], in market: Market, at time: UInt64
  ) async throws(Failure) -> [Standing] {
    let calls = jobs.flatMap { job -> [ContractQuery] in
      let arguments: [ABIValue] = [.bytes(job.bytes), .address(node)]
      return [
        market.query(.jobMarketplace, JobMarketplace.claims, arguments),
        market.query(.proofVerification, ProofVerification.commitments, arguments),
      ]
    }
    let requests = calls.map { $0.request(at: .latest) }
    var answers: [[UInt8]] = []
    do throws(RPCError) {
      for (request, result) in zip(requests, try await market.client.batch(requests)) {
        answers.append(try result.answer(to: request).data())
      }
    } catch { throw Failure(error) }
    var found: [Standing] = []
    for (index, job) in jobs.enumerated() {
      let claim: JobClaim
      do throws(ContractAnswerError) { claim = try JobClaim(answer: answers[2 * index]) } catch {
        throw Failure(error)
      }
      let isCommitted = answers[2 * index + 1].contains { $0 != 0 }
      let isLate = time > claim.deadline
      found.append(
        (
          job, claim.number != nil && claim.isLive && !isCommitted && !isLate,
          // Long after the deadline no reorganisation brings it back.
          claim.number != nil && time > claim.deadline.adding(3600)
        ))
    }
    return found
  }
}

extension UInt64 {
  /// The sum; the largest number where it is beyond that: a chain's node may tell any time.
  func adding(_ other: UInt64) -> UInt64 {
    let (sum, isOver) = addingReportingOverflow(other)
    return isOver ? .max : sum
  }
}

extension Market {
  /// The time of a block.
  func time(of number: UInt64) async throws(Failure) -> UInt64 {
    let request = BlockReference.number(number).request()
    do throws(RPCError) {
      let answer = RPCValue(try await client.call(request), method: request.method)
      guard !answer.isNull else {
        throw RPCError.refused(
          RPCFailure(method: request.method, code: -32000, message: "block not found: \(number)"))
      }
      return min(try BlockHeader(answer).timestamp, .max - JobWindows.limit)
    } catch { throw Failure(error) }
  }
}
