public import Hashing
public import Records
internal import WideInteger

/// An event of a contract: what a log's topics and data mean.
public struct ABIEvent: Hashable, Sendable {
  /// What a log tells of one parameter.
  public enum Argument: Hashable, Sendable {
    /// Its value.
    case value(ABIValue)
    /// The Keccak-256 of its value, which is all that a topic keeps of an indexed reference type.
    case hash(Digest32)
  }

  /// The most topics of a log.
  public static let topicLimit = 4

  /// What it is called.
  public var name: String
  /// Its parameters in their order, indexed or not.
  public var inputs: [ABIParameter]
  /// Whether the first topic is no hash of the signature.
  public var isAnonymous: Bool

  /// Makes an event; refuses more indexed parameters than a log has topics.
  public init(name: String, inputs: [ABIParameter], isAnonymous: Bool = false) throws(ABIError) {
    self.name = name
    self.inputs = inputs
    self.isAnonymous = isAnonymous
    guard topicCount <= Self.topicLimit else {
      throw ABIError(.tooLarge("the event '\(name)' has too many indexed parameters"))
    }
  }

  /// The canonical text that the first topic is hashed from: `Transfer(address,address,uint256)`.
  public var signature: String { name + inputs.canonicalTypes }

  /// The Keccak-256 of the signature: a log's first topic, unless the event is anonymous.
  public var topic0: Digest32 { Keccak256.hash(Array(signature.utf8)) }

  /// How many topics a log of this event has.
  public var topicCount: Int { inputs.count(where: \.isIndexed) + (isAnonymous ? 0 : 1) }

  /// The arguments of a log, which must be this event's to the number of its topics.
  ///
  /// For a stream of logs an `ABIEventDecoder` is made ready once.
  public func decode(topics: [Digest32], data: [UInt8]) throws(ABIError) -> [Argument] {
    try ABIEventDecoder(self).arguments(topics: topics, data: data)
  }

  /// The topics and the data of a log.
  public func encode(
    _ arguments: [Argument]
  ) throws(ABIError) -> (topics: [Digest32], data: [UInt8]) {
    guard arguments.count == inputs.count else {
      throw ABIError(.badCount(arguments.count, expected: inputs.count, of: "arguments"))
    }
    var topics = isAnonymous ? [] : [topic0]
    var values: [ABIValue] = []
    for (index, (argument, input)) in zip(arguments, inputs).enumerated() {
      switch argument {
      case .value(let value) where !input.isIndexed: values.append(value)
      case .value(let value):
        do { topics.append(try Self.topic(value, input.type)) } catch {
          throw error.inside(input.step(index))
        }
      case .hash(let hash):
        guard input.isIndexed, input.type.isReference else {
          throw ABIError(.mismatch("a hash", type: "\(input.type)"), path: input.step(index))
        }
        topics.append(hash)
      }
    }
    return (topics, try ABI.encode(values, as: inputs.filter { !$0.isIndexed }))
  }

  private static func topic(_ value: ABIValue, _ type: ABIType) throws(ABIError) -> Digest32 {
    guard !type.isReference, let word = try? Digest32(try ABI.encode([value], as: [type])) else {
      return try ABI.topicHash(value, as: type)
    }
    return word
  }
}

extension ABIEvent.Argument {
  /// The value as records have it; a hash is `{"keccak256":"0x…"}`.
  public var json: JSON {
    switch self {
    case .value(let value): value.json
    case .hash(let hash): ["keccak256": .string("\(hash)")]
    }
  }
}

extension ABIEvent {
  /// Reads the arguments of this event as `Argument.json` writes them: an array, or an object by the parameters' names.
  public func arguments(_ json: JSON) throws(ABIError) -> [Argument] {
    // A hash stands in for any value of its type, so those places are read apart.
    var places = inputs
    var hashes: [Int: Digest32] = [:]
    for (index, input) in inputs.enumerated() where input.isIndexed && input.type.isReference {
      let value = json.object?[input.name] ?? json.elements?.dropFirst(index).first
      guard let object = value?.object, object.members.count == 1, let text = object["keccak256"]
      else { continue }
      guard let hash = try? Digest32(hex: text.string ?? "") else {
        throw ABIError(.mismatch(text.text.shortened, type: "bytes32"), path: input.step(index))
      }
      hashes[index] = hash
      places[index].type = .tuple([ABIParameter("keccak256", .fixedBytes(32))])
    }
    let values = try ABIValue.list(json, as: places)
    return values.enumerated().map { index, value in
      hashes[index].map(Argument.hash) ?? .value(value)
    }
  }

  /// Reads arguments as people type them: the values, those of indexed reference types too.
  public func arguments(parsing texts: [String]) throws(ABIError) -> [Argument] {
    try ABIValue.list(parsing: texts, as: inputs).map(Argument.value)
  }
}
