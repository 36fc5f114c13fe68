public import Records
internal import ABI
internal import Ethereum
internal import Hashing
internal import Synchronization

/// Turns logs into records: `log` with its place, its event and its arguments.
public final class EventWriter: Sendable {
  /// What is made of one log.
  public enum Outcome: Sendable {
    /// A record to be written.
    case record(Record)
    /// A record of a log that does not go with its event's definition, and why.
    case failed(Record, Failure)
    /// Nothing: the node was asked for it along with others.
    case none
  }

  private let filter: EventFilter
  private let note: @Sendable (String) -> Void

  private struct State {
    /// Addresses as EIP-55 writes them, which takes a hash each.
    var names: [Address: String] = [:]
    /// The contracts of which it was said that their logs have other topics.
    var misfits: Set<Address> = []
  }

  private let state = Mutex(State())

  /// A writer for a filter's logs; `note` is told once a contract which of its logs are left out though they look alike.
  public init(_ filter: EventFilter, note: @escaping @Sendable (String) -> Void) {
    self.filter = filter
    self.note = note
  }

  /// What is to be written of a log.
  public func outcome(for log: ChainLog, isRemoved: Bool) -> Outcome {
    var member = ObjectText(members(of: log))
    var failure: Failure?
    switch filter.reading(of: log.log) {
    case .unwanted: return .none
    case .misfit(let wanted):
      tell(of: log, not: wanted)
      return .none
    case .raw: break
    case .undecodable(let error):
      failure = Failure(
        .data, "log \(log.logIndex) of block \(log.blockNumber): \(error)",
        code: "undecodable-log", hint: "is 'indexed' said of the right parameters?",
        isRetryable: false)
    case .event(let decoded): decoded.write(to: &member)
    }
    if isRemoved { member.set("removed", to: JSON.bool(true).bytes) }
    let record = Record().setting("log", toText: member.bytes)
    return failure.map { .failed(record, $0) } ?? .record(record)
  }

  private func members(of log: ChainLog) -> JSONObject {
    [
      "address": .string(name(of: log.log.address)),
      "topics": .array(log.log.topics.map { .string("\($0)") }),
      "data": .string(Hex.encode(log.log.data)), "blockNumber": .integer(log.blockNumber),
      "blockHash": .string("\(log.blockHash)"),
      "transactionHash": .string("\(log.transactionHash)"),
      "transactionIndex": .integer(log.transactionIndex), "logIndex": .integer(log.logIndex),
    ]
  }

  private func name(of address: Address) -> String {
    state.withLock { state in
      if let name = state.names[address] { return name }
      // Of any number of contracts not all are remembered.
      if state.names.count >= 4096 { state.names.removeAll(keepingCapacity: true) }
      let name = "\(address)"
      state.names[address] = name
      return name
    }
  }

  private func tell(of log: ChainLog, not wanted: ABIEvent) {
    let address = log.log.address
    let isNew = state.withLock { state in
      state.misfits.count < 64 && state.misfits.insert(address).inserted
    }
    guard isNew else { return }
    note(
      "logs of \(address) with \(log.log.topics.count) topics are none of \(wanted.signature) with \(wanted.topicCount), and are left out: is 'indexed' said of the right parameters?"
    )
  }
}
