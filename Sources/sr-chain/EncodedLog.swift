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

  private static func member(_ name: String, of log: ObjectText) throws(Failure) -> JSON? {
    do throws(JSONError) { return try log.value(of: name) } catch {
      throw Failure(.data, "malformed \"log\": \(error)")
    }
  }
}
