public import ABI
public import Ethereum
public import Hashing

/// One kind of log that is wanted: whose, of which event, with which words in its topics.
public struct EventPattern: Hashable, Sendable {
  /// The contracts; nil for all.
  public var addresses: Set<Address>?
  /// The event; nil for a log of any kind, which is not decoded.
  public var event: ABIEvent?
  /// What each topic may be, by its place; nil where it may be anything.
  public private(set) var topics: [Set<Digest32>?]

  /// Wants an event of some contracts, or all their logs.
  public init(_ event: ABIEvent?, of addresses: Set<Address>?) {
    self.addresses = addresses
    self.event = event
    topics = event.map { [Set<Digest32>?](repeating: nil, count: $0.topicCount) } ?? []
    if let event, !event.isAnonymous { topics[0] = [event.topic0] }
  }

  /// Wants no logs but those where an indexed parameter is one of some values, as people type them.
  ///
  /// Throws where the event has no such parameter, where it is not indexed, and for values that are none of its type.
  public mutating func require(_ name: String, in values: [String]) throws(ABIError) {
    guard let event else { throw ABIError(.notFound(kind: "event with a parameter", name: name)) }
    var place = event.isAnonymous ? 0 : 1
    for input in event.inputs {
      guard input.name == name else {
        if input.isIndexed { place += 1 }
        continue
      }
      guard input.isIndexed else {
        throw ABIError(
          .malformed(
            "'\(name)' of \(event.signature) is not indexed, so that nodes do not look for it"))
      }
      let single = try ABIEvent(name: "", inputs: [input], isAnonymous: true)
      var words: Set<Digest32> = []
      for value in values {
        words.insert(try single.encode(single.arguments(parsing: [value])).topics[0])
      }
      topics[place] = words
      return
    }
    throw ABIError(.notFound(kind: "parameter of \(event.signature)", name: name))
  }

  /// Whether a log is of the contracts and has the topics; of an event it may still have too many or too few of them.
  func fits(_ log: Receipt.Log) -> Bool {
    if let addresses, !addresses.contains(log.address) { return false }
    for (words, topic) in zip(topics, log.topics) {
      if let words, !words.contains(topic) { return false }
    }
    // What is asked of a topic that is not there is not so.
    return !topics.dropFirst(log.topics.count).contains { $0 != nil }
  }

  /// A text that two patterns share only where they want the same: for digests.
  var canonical: String {
    let places = topics.map { words in
      words.map { $0.sorted().map(\.description).joined(separator: "|") } ?? "*"
    }
    let contracts = addresses.map { addresses in
      addresses.map { Hex.encode($0.bytes) }.sorted().joined(separator: "|")
    }
    return [contracts ?? "*", event?.shape ?? "*", places.joined(separator: ",")]
      .joined(separator: ";")
  }
}

extension ABIEvent {
  /// The signature with what is indexed: events of one shape have the same logs, however their parameters are called.
  var shape: String {
    let types = inputs.map { "\($0.type)\($0.isIndexed ? " indexed" : "")" }
    return "\(name)(\(types.joined(separator: ",")))\(isAnonymous ? " anonymous" : "")"
  }
}
