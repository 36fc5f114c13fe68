package import EthereumRPC
internal import Hashing
internal import Records

/// What a stream asks a node for; each answer is checked before it counts.
package struct ChainReader: Sendable {
  /// So many calls go into one batch.
  static let batch = 32

  let client: EthereumClient
  let filter: EventFilter

  /// Asks a chain's nodes for the logs of a filter.
  package init(client: EthereumClient, filter: EventFilter) {
    self.client = client
    self.filter = filter
  }

  /// The block at the chain's head, without logs.
  func head() async throws(RPCError) -> EventBlock {
    let request = RPCRequest.block("latest")
    let value = RPCValue(try await client.call(request), method: request.method)
    return try Self.block(value)
  }

  /// The blocks of some heights, without logs; nil where the node has none.
  func blocks(_ numbers: ClosedRange<UInt64>) async throws(RPCError) -> [EventBlock?] {
    var blocks: [EventBlock?] = []
    var first = numbers.lowerBound
    while true {
      let rest = numbers.upperBound - first
      let last = first + min(rest, UInt64(Self.batch - 1))
      let requests = (first...last).map(Self.request)
      let answers = try await client.batch(requests)
      for (number, (request, answer)) in zip(first...last, zip(requests, answers)) {
        blocks.append(try Self.block(answer.answer(to: request), number))
      }
      guard last < numbers.upperBound else { return blocks }
      first = last + 1
    }
  }

  /// A range of blocks as the node sees it at one moment.
  package struct Range {
    /// The first block; nil where the node does not have it.
    var first: EventBlock?
    /// The last block.
    var last: EventBlock?
    /// All logs that the node was asked for, in their order.
    package var logs: [ChainLog]
  }

  /// The logs of a range, and the blocks at its ends by which it is linked to what lies around it.
  package func range(_ numbers: ClosedRange<UInt64>) async throws(RPCError) -> Range {
    var parameters: JSONObject = [
      "fromBlock": .string(Self.quantity(numbers.lowerBound)),
      "toBlock": .string(Self.quantity(numbers.upperBound)),
    ]
    for member in filter.parameters.members { parameters[member.name] = member.value }
    let requests = [
      Self.request(numbers.lowerBound), RPCRequest("eth_getLogs", [.object(parameters)]),
      Self.request(numbers.upperBound),
    ]
    let answers = try await client.batch(requests)
    // The refusal that tells of a range too large goes before all else.
    let logs = try logs(try answers[1].answer(to: requests[1]), in: numbers)
    return Range(
      first: try Self.block(answers[0].answer(to: requests[0]), numbers.lowerBound),
      last: try Self.block(answers[2].answer(to: requests[2]), numbers.upperBound), logs: logs)
  }

  /// The blocks with their logs, each asked for by its hash.
  func withLogs(_ blocks: [EventBlock]) async throws(RPCError) -> [EventBlock] {
    var done: [EventBlock] = []
    while done.count < blocks.count {
      let part = blocks[done.count...].prefix(Self.batch)
      let requests = part.map { block in
        var parameters: JSONObject = ["blockHash": .string("\(block.hash)")]
        for member in filter.parameters.members { parameters[member.name] = member.value }
        return RPCRequest("eth_getLogs", [.object(parameters)])
      }
      let answers = try await client.batch(requests)
      for (block, (request, answer)) in zip(part, zip(requests, answers)) {
        var whole = block
        let value = try answer.answer(to: request)
        whole.logs = try logs(value, in: block.number...block.number)
        for log in whole.logs where log.blockHash != block.hash {
          throw value.flaw("a log of the block \(log.blockHash), not of \(block.hash)")
        }
        done.append(whole)
      }
    }
    return done
  }

  // MARK: Checking

  /// The logs of an answer in their order: all asked for, of one block a height, and each once.
  private func logs(
    _ answer: RPCValue, in numbers: ClosedRange<UInt64>
  ) throws(RPCError) -> [ChainLog] {
    guard let elements = answer.json.elements else {
      throw answer.flaw("\(answer.json.kind), not an array")
    }
    var logs: [ChainLog] = []
    logs.reserveCapacity(elements.count)
    for (index, element) in elements.enumerated() {
      do throws(EventFlaw) {
        let log = try ChainLog(element)
        if let mistake = filter.mistake(in: log.log) { throw EventFlaw(mistake) }
        guard numbers.contains(log.blockNumber) else {
          throw EventFlaw(
            "a log of block \(log.blockNumber), where \(numbers.lowerBound) to \(numbers.upperBound) were asked for"
          )
        }
        logs.append(log)
      } catch {
        throw answer.flaw("[\(index)]: \(error)")
      }
    }
    let sorted = logs.sorted { ($0.blockNumber, $0.logIndex) < ($1.blockNumber, $1.logIndex) }
    for (log, next) in zip(sorted, sorted.dropFirst()) where log.blockNumber == next.blockNumber {
      guard log.blockHash == next.blockHash else {
        throw answer.flaw("logs of two blocks \(log.blockNumber)")
      }
      guard log.logIndex < next.logIndex else {
        throw answer.flaw("log \(log.logIndex) of block \(log.blockNumber) comes twice")
      }
    }
    return sorted
  }

  private static func request(_ number: UInt64) -> RPCRequest {
    RPCRequest.block(quantity(number))
  }

  private static func quantity(_ number: UInt64) -> String { "0x" + String(number, radix: 16) }

  private static func block(
    _ value: RPCValue, _ number: UInt64
  ) throws(RPCError) -> EventBlock? {
    guard !value.isNull else { return nil }
    let block = try block(value)
    guard block.number == number else {
      throw value.flaw("block \(block.number), where \(number) was asked for")
    }
    return block
  }

  private static func block(_ value: RPCValue) throws(RPCError) -> EventBlock {
    EventBlock(
      number: try value.member("number").blockNumber(), hash: try value.member("hash").digest(),
      parentHash: try value.member("parentHash").digest())
  }
}
