public import ABI
public import Ethereum
public import Hashing
internal import Records

/// The logs that a stream is of: what a node is asked for, and which of its answers count.
public struct EventFilter: Sendable {
  /// The kinds of logs, each once.
  public let patterns: [EventPattern]
  /// The contracts that a node is asked for, in their order; nil for all.
  let addresses: [Address]?
  /// The same, to look for one of many.
  private let contracts: Set<Address>?
  /// What a node is asked for in each topic; nil for anything.
  let topics: [Set<Digest32>?]
  /// A digest of all that is wanted: equal for filters that want the same.
  public let digest: Digest32
  /// Where to look for a log's patterns: by first topic, or among those that ask for none.
  private let named: [Digest32: [Candidate]]
  private let others: [Candidate]

  /// A pattern, and what decodes its event's logs.
  private struct Candidate {
    let pattern: EventPattern
    let decoder: ABIEventDecoder?

    init(_ pattern: EventPattern) {
      self.pattern = pattern
      decoder = pattern.event.map(ABIEventDecoder.init)
    }
  }

  /// A filter for logs that fit any of the patterns.
  public init(_ wanted: [EventPattern]) {
    var seen: Set<String> = []
    patterns = wanted.filter { seen.insert($0.canonical).inserted }
    let wanted = patterns.map(\.addresses)
    contracts = wanted.contains(nil) ? nil : Set(wanted.flatMap { $0 ?? [] })
    addresses = contracts?.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
    topics = Self.common(patterns)
    let texts = patterns.map(\.canonical).sorted()
    digest = Keccak256.hash(Array(texts.joined(separator: "\n").utf8))
    var named: [Digest32: [Candidate]] = [:]
    var others: [Candidate] = []
    for pattern in patterns {
      let candidate = Candidate(pattern)
      guard let topics = Self.firstTopics(pattern) else {
        others.append(candidate)
        continue
      }
      for topic in topics { named[topic, default: []].append(candidate) }
    }
    (self.named, self.others) = (named, others)
  }

  private static func firstTopics(_ pattern: EventPattern) -> Set<Digest32>? {
    pattern.topics.first ?? nil
  }

  /// What all patterns ask of each topic, taken together.
  private static func common(_ patterns: [EventPattern]) -> [Set<Digest32>?] {
    var topics: [Set<Digest32>?] = []
    for place in 0..<ABIEvent.topicLimit {
      let words = patterns.map { place < $0.topics.count ? $0.topics[place] : nil }
      topics.append(words.contains(nil) ? nil : Set(words.flatMap { $0 ?? [] }))
    }
    while let last = topics.last, last == nil { topics.removeLast() }
    return topics
  }

  /// The parameter of `eth_getLogs` without the blocks: `address` and `topics`, as far as anything is asked of them.
  var parameters: JSONObject {
    var object: JSONObject = [:]
    object["address"] = addresses.map { .array($0.map { .string(Hex.encode($0.bytes)) }) }
    guard !topics.isEmpty else { return object }
    object["topics"] = .array(
      topics.map { words in
        words.map { .array($0.sorted().map { .string("\($0)") }) } ?? .null
      })
    return object
  }

  /// Why a log cannot be an answer to what was asked; nil where it can.
  func mistake(in log: Receipt.Log) -> String? {
    if let contracts, !contracts.contains(log.address) {
      return "a log of \(log.address), which was not asked for"
    }
    for (place, words) in topics.enumerated() {
      guard let words else { continue }
      guard place < log.topics.count else {
        return "a log of \(log.topics.count) topics, where more were asked for"
      }
      guard words.contains(log.topics[place]) else {
        return "a log of the topic \(log.topics[place]), which was not asked for"
      }
    }
    return nil
  }

  /// What a log is to the stream.
  public func reading(of log: Receipt.Log) -> EventReading {
    let candidates = (log.topics.first.flatMap { named[$0] } ?? []) + others
    var isRaw = false
    var misfit: ABIEvent?
    var decoders: [ABIEventDecoder] = []
    for candidate in candidates where candidate.pattern.fits(log) {
      guard let decoder = candidate.decoder else {
        isRaw = true
        continue
      }
      if decoder.topicCount == log.topics.count {
        let isNew = !decoders.contains { $0.event.shape == decoder.event.shape }
        if isNew { decoders.append(decoder) }
      } else if !decoder.event.isAnonymous {
        misfit = decoder.event
      }
    }
    var readings: [DecodedLog] = []
    var refusal: ABIError?
    for decoder in decoders {
      do throws(ABIError) {
        readings.append(try decoder.decode(topics: log.topics, data: log.data))
      } catch {
        // That an anonymous event does not fit says nothing: any log might have been one.
        if !decoder.event.isAnonymous { refusal = error }
      }
    }
    if readings.count == 1 { return .event(readings[0]) }
    if isRaw { return .raw }
    if readings.count > 1 {
      return .undecodable(
        ABIError(
          .ambiguous(
            name: log.topics.first?.description ?? "a log without topics",
            signatures: readings.map(\.event.signature))))
    }
    if let refusal { return .undecodable(refusal) }
    return misfit.map { .misfit($0) } ?? .unwanted
  }
}

/// What a log is to a stream.
public enum EventReading: Sendable {
  /// An event that is wanted, and its arguments.
  case event(DecodedLog)
  /// A wanted log of no known event.
  case raw
  /// A log of a wanted event whose data do not go with the definition.
  case undecodable(ABIError)
  /// A log whose first topic is a wanted event's, but with other parameters indexed: not what was asked for.
  case misfit(ABIEvent)
  /// A log that the node was asked for along with others.
  case unwanted
}
