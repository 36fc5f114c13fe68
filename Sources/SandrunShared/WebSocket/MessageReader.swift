internal import NIOCore

/// Puts messages together from the frames in a stream of bytes, and judges them as RFC 6455 demands.
///
/// Control frames come out between the fragments of a message, in their place.
struct MessageReader {
  enum Event: Equatable {
    case message(WebSocketMessage)
    case ping([UInt8])
    case pong
    case close(WebSocketClose)
  }

  private let limit: Int
  /// The frame whose payload is being read, and how much of it is missing.
  private var frame: (header: FrameHeader, missing: Int)?
  /// The message whose fragments are being read.
  private var opcode: Opcode?
  private var content: [UInt8] = []
  private var control: [UInt8] = []

  init(limit: Int) { self.limit = limit }

  /// Takes bytes up to the next event; nil where they do not reach so far.
  mutating func next(from buffer: inout ByteBuffer) throws(Breach) -> Event? {
    while true {
      if frame == nil {
        guard let header = try FrameHeader(reading: &buffer) else { return nil }
        try begin(header)
        frame = (header, header.length)
      }
      guard let (header, missing) = frame else { return nil }
      let count = min(missing, buffer.readableBytes)
      if let bytes = buffer.readBytes(length: count) {
        if header.opcode.isControl { control += bytes } else { content += bytes }
      }
      guard count == missing else {
        frame = (header, missing - count)
        return nil
      }
      frame = nil
      if let event = try end(header) { return event }
    }
  }

  private mutating func begin(_ header: FrameHeader) throws(Breach) {
    switch header.opcode {
    case .close, .ping, .pong: return
    case .continuation:
      guard opcode != nil else { throw .wire("a continuation of nothing") }
    case .text, .binary:
      guard opcode == nil else { throw .wire("a new message before the end of the last") }
      opcode = header.opcode
    }
    guard header.length <= limit - content.count else {
      throw Breach(code: 1009, reason: "a message is longer than \(limit) bytes")
    }
  }

  private mutating func end(_ header: FrameHeader) throws(Breach) -> Event? {
    if header.opcode.isControl {
      defer { control = [] }
      return switch header.opcode {
      case .ping: .ping(control)
      case .close: .close(try Self.close(control))
      default: .pong
      }
    }
    guard header.isLast else { return nil }
    defer {
      opcode = nil
      content = []
    }
    guard opcode == .text else { return .message(.binary(content)) }
    guard let text = String(validating: content, as: UTF8.self) else {
      throw Breach(code: 1007, reason: "a text that is no UTF-8")
    }
    return .message(.text(text))
  }

  private static func close(_ payload: [UInt8]) throws(Breach) -> WebSocketClose {
    guard payload.count != 0 else { return WebSocketClose(code: 1005) }
    guard payload.count > 1 else { throw .wire("a close code of one byte") }
    let code = UInt16(payload[0]) << 8 | UInt16(payload[1])
    guard WebSocketClose.mayBeSent(code) else { throw .wire("close code \(code)") }
    guard let reason = String(validating: payload[2...], as: UTF8.self) else {
      throw Breach(code: 1007, reason: "a close reason that is no UTF-8")
    }
    return WebSocketClose(code: code, reason: reason)
  }
}
