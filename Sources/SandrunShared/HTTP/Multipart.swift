public import SystemPackage

/// A `multipart/form-data` body (RFC 7578), streamed from bytes and files, its length known before it is sent.
public struct Multipart: Sendable {
  /// What stands between the parts; the same boundary and parts make the same bytes.
  public let boundary: String
  private var segments: [HTTPRequestBody.Segment] = []

  /// Begins one with a boundary of the caller's.
  ///
  /// It must not occur in the parts: best it holds a random or hashed number. Throws unless it is 1 to 70 letters,
  /// digits, `-` or `_`.
  public init(boundary: String) throws(MultipartError) {
    guard (1...70).contains(boundary.utf8.count),
      boundary.utf8.allSatisfy({ byte in
        (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == 0x2d || byte == 0x5f
      })
    else { throw MultipartError(text: boundary) }
    self.boundary = boundary
  }

  /// The value of `Content-Type`.
  public var contentType: String { "multipart/form-data; boundary=\(boundary)" }

  /// Adds a part of bytes.
  public mutating func add(
    _ name: String, fileName: String? = nil, type: String? = nil, _ content: [UInt8]
  ) {
    add(name, fileName, type, [.bytes(content)])
  }

  /// Adds a part that is a whole regular file, or a stretch of one, of so many bytes.
  public mutating func add(
    _ name: String, fileName: String?, type: String? = nil, file: FilePath, offset: Int = 0,
    length: Int
  ) {
    add(name, fileName, type, [.file(file, offset: offset, length: length)])
  }

  /// The body with its end.
  public var body: HTTPRequestBody {
    .segments(segments + [.bytes(Array("--\(boundary)--\r\n".utf8))])
  }

  private mutating func add(
    _ name: String, _ fileName: String?, _ type: String?, _ content: [HTTPRequestBody.Segment]
  ) {
    var head = "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(Self.escaped(name))\""
    if let fileName { head += "; filename=\"\(Self.escaped(fileName))\"" }
    head += "\r\n"
    if let type { head += "Content-Type: \(type.filter { !$0.isNewline })\r\n" }
    head += "\r\n"
    segments.append(.bytes(Array(head.utf8)))
    segments += content
    segments.append(.bytes(Array("\r\n".utf8)))
  }

  /// As browsers do: a quote and the ends of lines percent-encoded.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "%22"
      case "\r": result += "%0D"
      case "\n": result += "%0A"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

/// A text that is no boundary.
public struct MultipartError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The text.
  public var text: String

  /// `not a boundary of 1 to 70 letters, digits, '-' and '_': 'a b'`.
  public var description: String {
    "not a boundary of 1 to 70 letters, digits, '-' and '_': '\(text)'"
  }
}
