internal import NIOCore
internal import NIOWebSocket

/// Holds a client's frames to RFC 6455, and lets nothing out behind a Close.
///
/// A client that breaks the protocol gets a Close with the code that says how; what it sends then is dropped, for so long as it
/// takes to read the Close, and not for long.
final class FrameGuard: ChannelDuplexHandler {
  typealias InboundIn = WebSocketFrame
  typealias InboundOut = WebSocketFrame
  typealias OutboundIn = WebSocketFrame
  typealias OutboundOut = WebSocketFrame

  private let linger = TimeAmount.seconds(2)
  private var isInMessage = false
  private var hasClosed = false
  private var isRefused = false

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isRefused else { return }
    guard let code = breach(unwrapInboundIn(data)) else { return context.fireChannelRead(data) }
    refuse(code, context)
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    // What is dropped makes nobody else ask for more.
    if isRefused { context.read() }
    context.fireChannelReadComplete()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // The decoder complains of each byte behind the first that it could not read.
    guard !isRefused else { return }
    switch error {
    case NIOWebSocketError.invalidFrameLength: refuse(.messageTooLarge, context)
    case is NIOWebSocketError: refuse(.protocolError, context)
    default: context.fireErrorCaught(error)
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if isRefused, let event = event as? ChannelEvent, event == .inputClosed {
      return context.close(promise: nil)
    }
    context.fireUserInboundEventTriggered(event)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    guard !hasClosed else {
      promise?.fail(ChannelError.outputClosed)
      return
    }
    hasClosed = unwrapOutboundIn(data).opcode == .connectionClose
    context.write(data, promise: promise)
  }

  /// How a frame breaks the protocol, as the code to close with; nil where it does not.
  private func breach(_ frame: WebSocketFrame) -> WebSocketErrorCode? {
    guard !frame.rsv1, !frame.rsv2, !frame.rsv3, frame.maskKey != nil else { return .protocolError }
    switch frame.opcode {
    case .ping, .pong: return nil
    case .connectionClose: return Self.breach(close: frame.unmaskedData)
    case .text, .binary, .continuation:
      guard isInMessage == (frame.opcode == .continuation) else { return .protocolError }
      isInMessage = !frame.fin
      return nil
    default: return .protocolError
    }
  }

  private static func breach(close payload: ByteBuffer) -> WebSocketErrorCode? {
    var payload = payload
    guard payload.readableBytes > 0 else { return nil }
    switch payload.readInteger(as: UInt16.self) ?? 0 {
    case 1000...1003, 1007...1014, 3000...4999: break
    default: return .protocolError
    }
    let isText = String(validating: payload.readableBytesView, as: UTF8.self) != nil
    return isText ? nil : .dataInconsistentWithMessage
  }

  private func refuse(_ code: WebSocketErrorCode, _ context: ChannelHandlerContext) {
    guard !isRefused else { return }
    isRefused = true
    var data = ByteBuffer()
    data.write(webSocketErrorCode: code)
    let frame = WebSocketFrame(fin: true, opcode: .connectionClose, data: data)
    write(context: context, data: wrapOutboundOut(frame), promise: nil)
    context.flush()
    let channel = context.channel
    context.eventLoop.scheduleTask(in: linger) { channel.close(promise: nil) }
    context.read()
  }
}
