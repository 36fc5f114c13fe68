internal import HTTPTypes
internal import NIOCore
internal import Synchronization

/// Counts the open connections, of which there may be so many.
final class Connections: Sendable {
  let limit: Int
  private let count = Atomic<Int>(0)
  private let refusals = Atomic<Int>(0)

  init(limit: Int) { self.limit = limit }

  /// How many are open.
  var open: Int { count.load(ordering: .relaxed) }

  /// How many were turned away.
  var refused: Int { refusals.load(ordering: .relaxed) }

  func enter() -> Bool {
    if count.add(1, ordering: .relaxed).newValue <= limit { return true }
    leave()
    refusals.add(1, ordering: .relaxed)
    return false
  }

  func leave() { count.subtract(1, ordering: .relaxed) }
}

/// Tells a client that there are too many, whatever it asks, and closes.
final class Turnstile: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private var isDone = false

  func handlerAdded(context: ChannelHandlerContext) {
    if context.channel.isActive { answer(context) }
  }

  func channelActive(context: ChannelHandlerContext) {
    answer(context)
    context.fireChannelActive()
  }

  /// What comes is dropped, so that closing does not take the answer away before it is read.
  func channelRead(context: ChannelHandlerContext, data: NIOAny) {}

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if let event = event as? ChannelEvent, event == .inputClosed { context.close(promise: nil) }
  }

  private func answer(_ context: ChannelHandlerContext) {
    guard !isDone else { return }
    isDone = true
    let body = RequestError(
      .serviceUnavailable, "the node has as many connections as it takes", retryAfter: 1
    ).body
    let head =
      "HTTP/1.1 503 Service Unavailable\r\ncontent-type: application/json\r\n"
      + "content-length: \(body.count)\r\nretry-after: 1\r\nconnection: close\r\n\r\n"
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: Array(head.utf8) + body)), promise: nil)
    context.close(mode: .output, promise: nil)
    let channel = context.channel
    context.eventLoop.scheduleTask(in: .milliseconds(500)) { channel.close(promise: nil) }
  }
}
