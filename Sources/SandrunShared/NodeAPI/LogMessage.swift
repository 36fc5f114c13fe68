internal import Hashing
public import Records

/// One frame of `WebSocket /logs/{id}`: a piece of the job's output, or news of the job.
///
/// `offset` counts the bytes of output, of both streams together in the order they came, up to and with this message: a client
/// that lost its connection asks for `?offset=` the last one it saw, and gets every byte once.
public struct LogMessage: Equatable, Sendable {
  /// What a message is.
  public enum Kind: String, Sendable {
    /// Output.
    case stdout, stderr
    /// The job's state has changed; `message` is the new one.
    case status
    /// The job is over, and this is the last message.
    case completion
  }

  /// What it is.
  public var kind: Kind
  /// The output's bytes, or UTF-8 text.
  public var bytes: [UInt8]
  /// How many bytes of output there were, these with them.
  public var offset: Int

  /// Makes a message.
  public init(_ kind: Kind, _ bytes: [UInt8], offset: Int) {
    self.kind = kind
    self.bytes = bytes
    self.offset = offset
  }

  /// The frame: `message` is the text; output that is no UTF-8 rides in `base64` beside a repaired `message`.
  public var json: JSON {
    var object: JSONObject = ["type": .string(kind.rawValue)]
    if let text = String(validating: bytes, as: UTF8.self) {
      object["message"] = .string(text)
    } else {
      object["message"] = .string(String(decoding: bytes, as: UTF8.self))
      object["base64"] = .string(Base64.encode(bytes))
    }
    object["offset"] = .integer(offset)
    return .object(object)
  }

  /// Reads a frame; throws `APIError` naming what is wrong.
  public init(_ json: JSON) throws(APIError) {
    guard let kind = json["type"]?.string.flatMap(Kind.init) else { throw APIError("type") }
    guard let text = json["message"]?.string else { throw APIError("message") }
    guard let offset = json["offset"]?.integer, offset >= 0 else { throw APIError("offset") }
    var bytes = Array(text.utf8)
    if let base64 = json["base64"] {
      guard let decoded = base64.string.flatMap({ try? Base64.decode($0) }) else {
        throw APIError("base64")
      }
      bytes = decoded
    }
    self.init(kind, bytes, offset: offset)
  }
}
