import NIOCore
import Testing

@testable import WebSocket

@Suite("Frames, as bytes")
struct FrameTests {
  typealias Event = MessageReader.Event

  /// Everything that comes out of the bytes, or the breach.
  static func read(
    _ bytes: [UInt8], by step: Int, limit: Int = 100_000
  ) -> (events: [Event], breach: Breach?) {
    var reader = MessageReader(limit: limit)
    var events: [Event] = []
    var buffer = ByteBuffer()
    do throws(Breach) {
      for start in stride(from: 0, to: bytes.count, by: step) {
        buffer.writeBytes(bytes[start..<min(start + step, bytes.count)])
        while let event = try reader.next(from: &buffer) { events.append(event) }
      }
    } catch {
      return (events, error)
    }
    return (events, nil)
  }

  /// A frame as a server sends it.
  static func frame(_ first: UInt8, _ payload: [UInt8]) -> [UInt8] {
    switch payload.count {
    case ..<126: [first, UInt8(payload.count)] + payload
    case ...0xFFFF: [first, 126, UInt8(payload.count >> 8), UInt8(payload.count & 255)] + payload
    default: [first, 127] + (0..<8).map { UInt8(payload.count >> (56 - 8 * $0) & 255) } + payload
    }
  }

  @Test("come out the same however they are cut", arguments: [1, 2, 3, 7, 125, 4096, 200_000])
  func cuts(_ step: Int) {
    let long = [UInt8](repeating: 7, count: 70_000)
    let medium = [UInt8](repeating: 8, count: 126)
    let bytes =
      Self.frame(0x01, Array("caf\u{E9}".utf8.dropLast())) + Self.frame(0x89, [1, 2])
      + Self.frame(0x00, []) + Self.frame(0x8A, []) + Self.frame(0x80, [0xA9])
      + Self.frame(0x82, long) + Self.frame(0x82, medium) + Self.frame(0x81, [])
      + Self.frame(0x88, [0x03, 0xE8] + Array("bye".utf8))
    let (events, breach) = Self.read(bytes, by: step)
    #expect(breach == nil)
    #expect(
      events == [
        .ping([1, 2]), .pong, .message(.text("caf\u{E9}")), .message(.binary(long)),
        .message(.binary(medium)), .message(.text("")),
        .close(WebSocketClose(code: 1000, reason: "bye")),
      ])
  }

  @Test("hold a message to its bound, fragments together")
  func bound() {
    let half = [UInt8](repeating: 1, count: 50)
    let whole = Self.frame(0x02, half) + Self.frame(0x80, half)
    #expect(Self.read(whole, by: 1, limit: 100).events == [.message(.binary(half + half))])
    #expect(Self.read(whole, by: 1, limit: 99).breach?.code == 1009)
    // The header alone is enough.
    #expect(
      Self.read([0x82, 127, 0x7F] + [UInt8](repeating: 255, count: 7), by: 1).breach?.code == 1009)
  }

  @Test("random bytes are read or refused, and never more than the bound is held")
  func random() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<3000 {
      var bytes = (0..<Int.random(in: 1...400)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      bytes[0] = [0x81, 0x82, 0x01, 0x02, 0x88, 0x89][Int.random(in: 0...5)]
      let once = Self.read(bytes, by: bytes.count, limit: 300)
      let apart = Self.read(bytes, by: 1, limit: 300)
      #expect(once.events == apart.events)
      #expect(once.breach == apart.breach)
    }
  }

  @Test("of ours are masked, with the shortest length", arguments: [0, 1, 125, 126, 65535, 65536])
  func writing(_ count: Int) throws {
    let payload = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
    var buffer = ByteBuffer()
    FrameHeader.write(.binary, payload, to: &buffer)
    var bytes = buffer.readBytes(length: buffer.readableBytes) ?? []
    #expect(bytes[0] == 0x82)
    let size = count < 126 ? 2 : count < 65536 ? 4 : 10
    #expect(bytes.count == size + 4 + count)
    #expect(bytes[1] == 0x80 | (size == 2 ? UInt8(count) : size == 4 ? 126 : 127))
    let key = Array(bytes[size..<size + 4])
    let unmasked = bytes[(size + 4)...].enumerated().map { $1 ^ key[$0 % 4] }
    #expect(unmasked == payload)
    // Unmasked, our own reader takes it: its length is the one that is meant.
    bytes[1] &= 0x7F
    let frame = Array(bytes[..<size]) + payload
    #expect(Self.read(frame, by: 4096).events == [.message(.binary(payload))])
  }
}
