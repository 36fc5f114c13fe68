internal import NIOCore

/// Closes a connection whose client does not read, or hardly; it stays when a WebSocket takes over.
final class StallGuard: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer

  private let timeout: TimeAmount
  /// The bytes that a client must take within the timeout, where so many wait.
  private let least: Int
  private var deadline: Scheduled<Void>?

  init(_ limits: ConnectionLimits) {
    timeout = limits.idleTimeout
    least = max(1, limits.minRate * Int(limits.idleTimeout.nanoseconds / 1_000_000_000))
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    deadline?.cancel()
    deadline = nil
    if !context.channel.isWritable { watch(context, from: Self.waiting(context)) }
    context.fireChannelWritabilityChanged()
  }

  func channelInactive(context: ChannelHandlerContext) {
    deadline?.cancel()
    deadline = nil
    context.fireChannelInactive()
  }

  private func watch(_ context: ChannelHandlerContext, from count: Int) {
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    deadline = context.eventLoop.scheduleTask(in: timeout) {
      let (handler, context) = bound.value
      let now = Self.waiting(context)
      if count - now >= handler.least {
        handler.watch(context, from: now)
      } else {
        context.close(promise: nil)
      }
    }
  }

  /// The bytes that were written and that the system has not taken.
  private static func waiting(_ context: ChannelHandlerContext) -> Int {
    // Every socket tells; where one would not, nothing ever moves, and the timeout alone counts.
    (try? context.channel.syncOptions?.getOption(ChannelOptions.bufferedWritableBytes)) ?? 0
  }
}
