public import Ethereum
internal import EthereumRPC
internal import EventStreams
public import Hashing
internal import Marketplace
public import Records

/// What happened to a job, read back from the logs of the contracts.
public struct JobHistory: Hashable, Sendable {
  /// All of it, in the order in which it happened.
  public let events: [MarketEvent]

  /// The post.
  public var posted: MarketEvent? {
    events.first { if case .posted = $0.content { true } else { false } }
  }

  /// A node's claim.
  public func claim(of node: Address) -> MarketEvent? {
    events.last { if case .claimed(node, _, _, _) = $0.content { true } else { false } }
  }

  /// A node's commitment.
  public func commitment(of node: Address) -> MarketEvent? {
    events.last { if case .committed(node, _, _) = $0.content { true } else { false } }
  }

  /// What a node opened, and by which transaction.
  public func opening(of node: Address) -> (event: MarketEvent, opening: MarketEvent.Opening)? {
    for event in events.reversed() {
      if case .opened(let opening) = event.content, opening.node == node {
        return (event, opening)
      }
    }
    return nil
  }

  /// All openings, in their order.
  public var openings: [MarketEvent.Opening] {
    events.compactMap { if case .opened(let opening) = $0.content { opening } else { nil } }
  }

  /// The decision of a round.
  public func settlement(of round: Int) -> MarketEvent? {
    events.last { if case .settled(round, _, _, _) = $0.content { true } else { false } }
  }

  /// The challenge, and by which transaction.
  public var challenge: (event: MarketEvent, challenge: MarketEvent.Challenge)? {
    for event in events {
      if case .challenged(let challenge) = event.content { return (event, challenge) }
    }
    return nil
  }

  /// The end: the escrow is empty.
  public var completion: MarketEvent? {
    events.last { if case .completed = $0.content { true } else { false } }
  }
}

extension Market {
  /// What happened to a job up to the block that it was looked at.
  public func history(of job: MarketJob) async throws(Failure) -> JobHistory {
    try await history(of: job.jobId, from: job.postedIn, through: job.block)
  }

  /// What happened to a job in a range of blocks: first to last.
  public func history(
    of jobId: Digest32, from first: UInt64, through last: UInt64
  ) async throws(Failure) -> JobHistory {
    let id = JSON.string("\(jobId)")
    // NodeRegistry has the node's number first.
    let filters: [JSONObject] = [
      [
        "address": .array(
          [jobMarketplace, proofVerification, consensusManager].map { .string("\($0)") }),
        "topics": [.null, id],
      ],
      ["address": [.string("\(nodeRegistry)")], "topics": [.null, .null, id]],
    ]
    var events: [MarketEvent] = []
    for log in try await logs(filters, from: first, through: last) {
      if let event = try MarketEvent(log, of: jobId, on: self) { events.append(event) }
    }
    events.sort { ($0.block, $0.index) < ($1.block, $1.index) }
    for (event, next) in zip(events, events.dropFirst())
    where (event.block, event.index) == (next.block, next.index) {
      throw Failure(
        .protocolViolation, "log \(event.index) of block \(event.block) comes twice",
        code: "bad-answer")
    }
    return JobHistory(events: events)
  }

  /// The logs of filters in a range of blocks; where a node refuses so many at once, in pieces.
  func logs(
    _ filters: [JSONObject], from first: UInt64, through last: UInt64
  ) async throws(Failure) -> [ChainLog] {
    guard first <= last else { return [] }
    var logs: [ChainLog] = []
    var next = first
    var size = last - first + 1
    while true {
      let end = min(last, next.addingReportingOverflow(size - 1).partialValue)
      do throws(RPCError) {
        logs += try await part(filters, from: next, through: end)
      } catch {
        // A single block that is refused is refused for good; what nodes take differs.
        guard case .refused(let refusal) = error, !refusal.isMissingMethod, size > 1 else {
          throw Failure(error)
        }
        size = max(1, size / 4)
        continue
      }
      guard end < last else { return logs }
      next = end + 1
    }
  }

  private func part(
    _ filters: [JSONObject], from first: UInt64, through last: UInt64
  ) async throws(RPCError) -> [ChainLog] {
    let requests = filters.map { filter in
      var filter = filter
      filter["fromBlock"] = BlockReference.number(first).parameter
      filter["toBlock"] = BlockReference.number(last).parameter
      return RPCRequest("eth_getLogs", [.object(filter)])
    }
    var logs: [ChainLog] = []
    for (request, result) in zip(requests, try await client.batch(requests)) {
      let answer = try result.answer(to: request)
      for element in try answer.elements() {
        do throws(EventFlaw) {
          let log = try ChainLog(element.json)
          guard (first...last).contains(log.blockNumber) else {
            throw EventFlaw("a log of block \(log.blockNumber), not of \(first) to \(last)")
          }
          logs.append(log)
        } catch { throw element.flaw("\(error)") }
      }
    }
    return logs
  }
}
