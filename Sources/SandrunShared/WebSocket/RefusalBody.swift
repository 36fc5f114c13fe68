internal import NIOCore
internal import NIOHTTP1

/// The beginning of the body that came in place of a handshake.
struct RefusalBody {
  static let limit = 2 << 10

  private enum Framing {
    case length(Int)
    case chunked
    case untilClose
  }
  private let framing: Framing
  private var raw: [UInt8] = []

  init(_ head: AnswerHead) {
    if head.elements("transfer-encoding").last?.lowercased() == "chunked" {
      framing = .chunked
    } else if head.status == 204 || head.status == 304 {
      framing = .length(0)
    } else if let length = head.headers.first(name: "content-length").flatMap({ Int($0) }) {
      framing = .length(max(0, length))
    } else {
      framing = .untilClose
    }
  }

  /// Takes what has come; true once there is enough or no more.
  mutating func take(_ bytes: inout ByteBuffer) -> Bool {
    // Chunk headers take room of their own, within reason.
    let room = 4 * Self.limit - raw.count
    raw += bytes.readBytes(length: min(bytes.readableBytes, room)) ?? []
    return switch framing {
    case .length(let length): raw.count >= min(length, Self.limit)
    case .chunked: raw.count == 4 * Self.limit || dechunked.isWhole
    case .untilClose: raw.count >= Self.limit
    }
  }

  /// The text, as far as there is some.
  var text: String {
    var bytes = raw
    switch framing {
    case .length(let length): bytes = Array(raw.prefix(length))
    case .chunked: bytes = dechunked.bytes
    case .untilClose: break
    }
    return String(decoding: bytes.prefix(Self.limit), as: UTF8.self)
  }

  private var dechunked: (bytes: [UInt8], isWhole: Bool) {
    var content: [UInt8] = []
    var rest = raw[...]
    while let end = rest.firstIndex(of: 0x0A) {
      let digits = rest[..<end].prefix { $0 != 0x3B && $0 != 0x0D }
      guard let given = Int(String(decoding: digits, as: UTF8.self), radix: 16), given > 0 else {
        return (content, true)
      }
      // No more than that is ever held.
      let size = min(given, 4 * Self.limit)
      rest = rest[(end + 1)...]
      content += rest.prefix(size)
      guard content.count < Self.limit else { return (content, true) }
      guard rest.count > size + 1 else { break }
      rest = rest.dropFirst(size + 2)
    }
    return (content, false)
  }
}
