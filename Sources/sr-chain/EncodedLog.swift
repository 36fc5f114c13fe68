import ABI
import Hashing
import Records

/// The topics and data of a log, as a record's `log` has them.
struct EncodedLog {
  var topics: [Digest32]
  var data: [UInt8]

  init(topics: [Digest32], data: [UInt8]) {
    self.topics = topics
    self.data = data
  }

  /// Reads `topics` and `data` of a member `log`.
  init(_ log: ObjectText) throws(Failure) {
    if let topics = log.text(of: "topics"), let data = log.text(of: "data"),
      let topics = Self.plainTopics(topics.span), let data = Self.plainData(data.span)
    {
      (self.topics, self.data) = (topics, data)
      return
    }
    let topics = try Self.member("topics", of: log)
    guard let elements = topics?.elements, elements.count <= ABIEvent.topicLimit else {
      throw Failure(.data, "\"log\" has no array \"topics\" of at most \(ABIEvent.topicLimit)")
    }
    self.topics = []
    for (index, topic) in elements.enumerated() {
      guard let digest = try? Digest32(hex: topic.string ?? "") else {
        throw Failure(.data, "\"log\": topic \(index) is not 0x and 64 hexadecimal digits")
      }
      self.topics.append(digest)
    }
    guard let data = try? Hex.decode(try Self.member("data", of: log)?.string ?? "") else {
      throw Failure(.data, "\"log\" has no \"data\" of 0x and pairs of hexadecimal digits")
    }
    self.data = data
  }

  /// The two members with their values.
  var members: [(name: String, value: JSON)] {
    [
      ("topics", .array(topics.map { .string("\($0)") })),
      ("data", .string(Hex.encode(data))),
    ]
  }

  /// The topics of a checked text without escapes in it; nil where it has to be looked at more closely.
  private static func plainTopics(_ text: Span<UInt8>) -> [Digest32]? {
    var topics: [Digest32] = []
    topics.reserveCapacity(ABIEvent.topicLimit)
    var at = 0
    func isNext(_ byte: UInt8) -> Bool {
      while at < text.count, text[at] <= UInt8(ascii: " ") { at += 1 }
      guard at < text.count, text[at] == byte else { return false }
      at += 1
      return true
    }
    guard isNext(UInt8(ascii: "[")) else { return nil }
    repeat {
      guard isNext(UInt8(ascii: "\"")), topics.count < ABIEvent.topicLimit,
        case let end = at + 2 + 2 * Digest32.length, end < text.count,
        let topic = try? Digest32(hex: text.extracting(at..<end))
      else { return nil }
      topics.append(topic)
      at = end
      guard isNext(UInt8(ascii: "\"")) else { return nil }
    } while isNext(UInt8(ascii: ","))
    return isNext(UInt8(ascii: "]")) ? topics : nil
  }

  private static func plainData(_ text: Span<UInt8>) -> [UInt8]? {
    guard text.count >= 2, text[0] == UInt8(ascii: "\"") else { return nil }
    return try? Hex.decode(text.extracting(1..<text.count - 1))
  }

  private static func member(_ name: String, of log: ObjectText) throws(Failure) -> JSON? {
    do throws(JSONError) { return try log.value(of: name) } catch {
      throw Failure(.data, "malformed \"log\": \(error)")
    }
  }
}
