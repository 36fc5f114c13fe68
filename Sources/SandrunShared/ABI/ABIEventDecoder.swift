public import Hashing
public import Records
internal import WideInteger

/// An event made ready for many logs: its signature is hashed, and its types are laid out, once.
public struct ABIEventDecoder: Sendable {
  /// The event.
  public let event: ABIEvent

  private let topic0: Digest32
  /// How many topics a log of the event has.
  public let topicCount: Int
  /// The parameters that are in the data.
  private let layouts: [ABILayout]
  /// `"event"` as a record has it.
  let signatureText: [UInt8]

  /// Makes an event ready.
  public init(_ event: ABIEvent) {
    self.event = event
    topic0 = event.topic0
    topicCount = event.topicCount
    layouts = event.inputs.filter { !$0.isIndexed }.map { ABILayout($0.type) }
    signatureText = JSON.string(event.signature).bytes
  }

  /// What a log says, which must be this event's to the number of its topics.
  public func decode(topics: [Digest32], data: [UInt8]) throws(ABIError) -> DecodedLog {
    DecodedLog(self, try arguments(topics: topics, data: data))
  }

  func arguments(
    topics: [Digest32], data: [UInt8]
  ) throws(ABIError) -> [ABIEvent.Argument] {
    if !event.isAnonymous, topics.first != topic0 {
      throw ABIError(
        .unknownSelector(
          topics.first.map { "the first topic \($0) is not that of \(event.signature.shortened)" }
            ?? "a log without topics is none of \(event.signature.shortened)"))
    }
    guard topics.count == topicCount else {
      throw ABIError(.badCount(topics.count, expected: topicCount, of: "topics"))
    }
    var decoder = ABIDecoder(data: data)
    let values = try decoder.whole(layouts)
    var (valuesRead, topicsRead) = (0, event.isAnonymous ? 0 : 1)
    var arguments: [ABIEvent.Argument] = []
    arguments.reserveCapacity(event.inputs.count)
    for (index, input) in event.inputs.enumerated() {
      guard input.isIndexed else {
        arguments.append(.value(values[valuesRead]))
        valuesRead += 1
        continue
      }
      let topic = topics[topicsRead]
      topicsRead += 1
      guard !input.type.isReference else {
        arguments.append(.hash(topic))
        continue
      }
      do {
        arguments.append(.value(try ABIDecoder.value(UInt256(topic), of: input.type, at: 0)))
      } catch {
        throw error.inside(input.step(index))
      }
    }
    return arguments
  }
}

/// A log's event and what it says of each parameter.
public struct DecodedLog: Sendable {
  private let decoder: ABIEventDecoder
  /// The arguments in their order.
  public let arguments: [ABIEvent.Argument]

  init(_ decoder: ABIEventDecoder, _ arguments: [ABIEvent.Argument]) {
    self.decoder = decoder
    self.arguments = arguments
  }

  /// The event.
  public var event: ABIEvent { decoder.event }

  /// Sets a log's members `event`, the signature, and `args`, an array of `ABIEvent.Argument.json`.
  public func write(to log: inout ObjectText) {
    log.set("event", to: decoder.signatureText)
    var text: [UInt8] = []
    text.reserveCapacity(64 * arguments.count)
    arguments.write(to: &text)
    log.set("args", to: text)
  }
}

extension UInt256 {
  /// The number that a topic's bytes are.
  fileprivate init(_ topic: Digest32) {
    let words = topic.words
    self.init(
      words: (words.0.bigEndian, words.1.bigEndian, words.2.bigEndian, words.3.bigEndian))
  }
}
