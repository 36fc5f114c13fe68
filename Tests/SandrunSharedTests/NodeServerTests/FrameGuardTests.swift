import NIOCore
import NIOEmbedded
import NIOWebSocket
import Testing

@testable import NodeServer

@Suite("A client's WebSocket frames")
struct FrameGuardTests {
  /// The coders of a real connection, and the guard behind them.
  private func channel() throws -> EmbeddedChannel {
    let channel = EmbeddedChannel()
    let pipeline = channel.pipeline.syncOperations
    try pipeline.addHandler(WebSocketFrameEncoder())
    try pipeline.addHandler(ByteToMessageHandler(WebSocketFrameDecoder(maxFrameSize: 4096)))
    try pipeline.addHandler(FrameGuard())
    try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    return channel
  }

  /// A frame with a masking key of zeros.
  private func masked(_ first: UInt8, _ payload: [UInt8]) -> [UInt8] {
    let length: [UInt8] =
      payload.count < 126
      ? [0x80 | UInt8(payload.count)]
      : [0x80 | 126, UInt8(payload.count >> 8), UInt8(payload.count & 255)]
    return [first] + length + [0, 0, 0, 0] + payload
  }

  private func written(by channel: EmbeddedChannel) throws -> [UInt8] {
    var bytes: [UInt8] = []
    while let buffer = try channel.readOutbound(as: ByteBuffer.self) {
      bytes += buffer.readableBytesView
    }
    return bytes
  }

  private func count(in channel: EmbeddedChannel) throws -> Int {
    var count = 0
    while try channel.readInbound(as: WebSocketFrame.self) != nil { count += 1 }
    return count
  }

  @Test(
    "that break the protocol are answered by a Close with the right code, and by nothing else",
    arguments: [
      ([0xC1, 0x81, 0, 0, 0, 0, 1], 1002), ([0xA9, 0x80, 0, 0, 0, 0], 1002),
      ([0x81, 0x01, 0x61], 1002), ([0x88, 0x02, 0x03, 0xE8], 1002),
      ([0x83, 0x80, 0, 0, 0, 0], 1002), ([0x8F, 0x80, 0, 0, 0, 0], 1002),
      ([0x80, 0x80, 0, 0, 0, 0], 1002), ([0x01, 0x80, 0, 0, 0, 0, 0x81, 0x80, 0, 0, 0, 0], 1002),
      ([0x09, 0x80, 0, 0, 0, 0], 1002), ([0x89, 0xFE, 0, 126, 0, 0, 0, 0], 1002),
      ([0x88, 0x81, 0, 0, 0, 0, 3], 1002), ([0x88, 0x82, 0, 0, 0, 0, 0x03, 0xE7], 1002),
      ([0x88, 0x82, 0, 0, 0, 0, 0x03, 0xED], 1002), ([0x88, 0x82, 0, 0, 0, 0, 0x13, 0x88], 1002),
      ([0x88, 0x84, 0, 0, 0, 0, 0x03, 0xE8, 0xC0, 0xAF], 1007),
      ([0x82, 0xFE, 0x10, 0x01, 0, 0, 0, 0], 1009),
      ([0x82, 0xFF, 0x40, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 1009),
    ] as [([UInt8], Int)])
  func breaches(_ row: ([UInt8], Int)) throws {
    let channel = try channel()
    try channel.writeInbound(ByteBuffer(bytes: row.0))
    #expect(try written(by: channel) == [0x88, 2, UInt8(row.1 >> 8), UInt8(row.1 & 255)])
    _ = try count(in: channel)

    // What comes behind is dropped, what was to go out stays, and the end is not far.
    try channel.writeInbound(ByteBuffer(bytes: masked(0x81, [0x61])))
    #expect(try count(in: channel) == 0)
    let text = WebSocketFrame(fin: true, opcode: .text, data: ByteBuffer(string: "late"))
    #expect(throws: ChannelError.self) { try channel.writeOutbound(text) }
    #expect(try written(by: channel).isEmpty)
    #expect(channel.isActive)
    channel.embeddedEventLoop.advanceTime(by: .seconds(3))
    #expect(!channel.isActive)
  }

  @Test("that keep it go through")
  func good() throws {
    let channel = try channel()
    let frames = [
      masked(0x01, [0xFF]), masked(0x89, [1]), masked(0x00, []), masked(0x8A, []),
      masked(0x80, [1]),
      masked(0x82, [UInt8](repeating: 0, count: 4096)), masked(0x81, []), masked(0x88, []),
      masked(0x88, [0x03, 0xE8]), masked(0x88, [0x0F, 0xA0] + Array("bye \u{E9}".utf8)),
    ]
    try channel.writeInbound(ByteBuffer(bytes: frames.flatMap { $0 }))
    #expect(try count(in: channel) == frames.count)
    #expect(try written(by: channel).isEmpty)
    #expect(channel.isActive)
  }

  @Test("behind our own Close nothing goes out, not even a second one")
  func lastWord() throws {
    let channel = try channel()
    var data = ByteBuffer()
    data.write(webSocketErrorCode: .goingAway)
    let close = WebSocketFrame(fin: true, opcode: .connectionClose, data: data)
    try channel.writeOutbound(close)
    #expect(try written(by: channel) == [0x88, 2, 0x03, 0xE9])
    #expect(throws: ChannelError.self) { try channel.writeOutbound(close) }
    // The client's answer is still heard.
    try channel.writeInbound(ByteBuffer(bytes: masked(0x88, [0x03, 0xE9])))
    #expect(try count(in: channel) == 1)
  }
}
