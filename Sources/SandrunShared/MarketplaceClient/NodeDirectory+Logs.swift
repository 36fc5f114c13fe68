internal import ABI
internal import Ethereum
internal import EthereumRPC
internal import EventStreams
internal import Hashing
internal import Marketplace
internal import Records
internal import WideInteger

extension NodeDirectory {
  /// What a node told of itself last.
  struct Telling: Sendable {
    var endpoint: String
    var descriptor: String
  }

  /// Beyond so many nodes all logs are asked for, not those of each.
  private static let topicLimit = 200

  /// What each node told last before a block's end; 76 where the chain has no word of one.
  func tellings(
    of nodes: [(number: UInt64, registered: RegisteredNode)], through block: UInt64
  ) async throws(Failure) -> [UInt64: Telling] {
    var wanted = Dictionary(nodes.map { ($0.number, $0.registered) }) { first, _ in first }
    guard !wanted.isEmpty else { return [:] }
    var told: [UInt64: Telling] = [:]
    let reader = ChainReader(client: client, filter: try filter(Array(wanted.keys)))
    var size = LogRangeSize()
    var last = block
    while true {
      let first = last - min(last, size.blocks - 1)
      let count = last - first + 1
      let logs: [ChainLog]
      do throws(RPCError) { logs = try await reader.range(first...last).logs } catch {
        guard error.mayBeTooMuch, size.failed(count) else { throw Failure(error) }
        detail("\(error); asking for \(size.blocks) blocks instead of \(count)")
        continue
      }
      size.succeeded(count, logs: logs.count)
      for log in logs.reversed() {
        let (number, telling) = try read(log, of: wanted)
        if wanted.removeValue(forKey: number) != nil { told[number] = telling }
      }
      guard !wanted.isEmpty else { return told }
      guard first > 0 else { break }
      last = first - 1
      detail("blocks from \(first) on read: \(wanted.count) nodes left")
    }
    let number = wanted.keys.min() ?? 0
    throw flaw("node \(number) is registered, and no event says so")
  }

  private func filter(_ numbers: [UInt64]) throws(Failure) -> EventFilter {
    do throws(ABIError) {
      return EventFilter(
        try [NodeRegistry.nodeRegistered, NodeRegistry.nodeUpdated].map {
          (event) throws(ABIError) in
          var pattern = EventPattern(event, of: [registry])
          if numbers.count <= Self.topicLimit {
            try pattern.require("number", in: numbers.map { "\($0)" })
          }
          return pattern
        })
    } catch {
      throw Failure(.internalError, "\(error)")
    }
  }

  /// The node that a log is of, and what it tells; a registration must be the one that the state has.
  private func read(
    _ log: ChainLog, of wanted: [UInt64: RegisteredNode]
  ) throws(Failure) -> (number: UInt64, telling: Telling) {
    let event =
      log.log.topics.first == NodeRegistry.nodeRegistered.topic0
      ? NodeRegistry.nodeRegistered : NodeRegistry.nodeUpdated
    let arguments: [ABIEvent.Argument]
    do throws(ABIError) {
      arguments = try event.decode(topics: log.log.topics, data: log.log.data)
    } catch {
      // Anybody may register bytes that are no text; that is his node's flaw, and nobody else's.
      if case .badUTF8 = error.reason, let number = Self.number(log) {
        return (number, Telling(endpoint: "\u{FFFD}", descriptor: "\u{FFFD}"))
      }
      throw flaw("\(event.name) in block \(log.blockNumber): \(error)")
    }
    guard case .value(.uint(let value))? = arguments.first, let number = UInt64(exactly: value),
      case .value(.string(let endpoint)) = arguments[arguments.count - 2],
      case .value(.string(let descriptor)) = arguments[arguments.count - 1]
    else { throw flaw("\(event.name) in block \(log.blockNumber) is of no node") }
    if event == NodeRegistry.nodeRegistered, let node = wanted[number],
      arguments[1] != .value(.address(node.operatorAddress))
        || arguments[2] != .value(.address(node.owner))
    {
      throw flaw("node \(number) was registered by or for another than the state has")
    }
    return (number, Telling(endpoint: endpoint, descriptor: descriptor))
  }
  private static func number(_ log: ChainLog) -> UInt64? {
    guard log.log.topics.count > 1, let word = try? UInt256(bytes: log.log.topics[1].bytes) else {
      return nil
    }
    return UInt64(exactly: word)
  }
}
